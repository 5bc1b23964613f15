// What the signed-in account may do, for showing only what can be used. The server decides; this only hides.
import type { SessionView } from "../api";
import type { AdminPart } from "./places";

const may = (session: SessionView, ...rights: readonly SessionView["rights"][number][]): boolean =>
  rights.some((right) => session.rights.includes(right));

export const mayRead = (session: SessionView): boolean => may(session, "find", "read");
export const mayImport = (session: SessionView): boolean => may(session, "import");
export const mayManageAccounts = (session: SessionView): boolean => may(session, "manage-accounts");
export const mayManagePeers = (session: SessionView): boolean => may(session, "manage-peers");
export const mayOperate = (session: SessionView): boolean => may(session, "operate");
export const mayAudit = (session: SessionView): boolean => may(session, "audit");

/** Parts of the administration that this account can use. */
export function adminParts(session: SessionView): readonly AdminPart[] {
  return [
    ...(mayManageAccounts(session) ? (["accounts"] as const) : []),
    ...(mayManagePeers(session) ? (["peers"] as const) : []),
    ...(mayOperate(session) ? (["storage", "jobs"] as const) : []),
    ...(mayAudit(session) ? (["audit"] as const) : []),
    ...(mayOperate(session) ? (["system"] as const) : []),
  ];
}
