// An archive without images leads by the hand: where devices send, who may, what can be uploaded, who may come in.
import { useQuery } from "@tanstack/react-query";
import { useWords } from "../locale";
import { LinkButton } from "../ui";
import { useCopying } from "./copying";
import type { Place } from "./places";
import { mayImport, mayManageAccounts, mayManagePeers, mayOperate } from "./rights";
import { useClient, useGo, useSession } from "./surroundings";

export function FirstSteps() {
  const { t } = useWords();
  const session = useSession();
  const go = useGo();
  const link = (label: string, place: Place) => <LinkButton onClick={() => go(place)}>{label}</LinkButton>;
  return (
    <ol className="first-steps">
      {mayManagePeers(session) ? (
        <li>
          <b className="strong">{t("start.peers")}</b> {t("start.peers.text")}{" "}
          {link(t("start.peers.act"), { page: "admin", part: "peers" })}
        </li>
      ) : null}
      {mayOperate(session) ? (
        <li>
          <b className="strong">{t("start.send")}</b> {t("start.send.text")}
          <OwnAddress />
        </li>
      ) : (
        <li>{t("start.send.ask")}</li>
      )}
      {mayImport(session) ? (
        <li>
          <b className="strong">{t("start.upload")}</b> {t("start.upload.text")}{" "}
          {link(t("start.upload.act"), { page: "upload" })}
        </li>
      ) : null}
      {mayManageAccounts(session) ? (
        <li>
          <b className="strong">{t("start.accounts")}</b> {t("start.accounts.text")}{" "}
          {link(t("start.accounts.act"), { page: "admin", part: "accounts" })}
        </li>
      ) : null}
    </ol>
  );
}

const EVERYWHERE: ReadonlySet<string> = new Set(["0.0.0.0", "::", ""]);
const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** The name by which others reach this house: what it listens on, or, where it listens everywhere, what the page was opened by. */
export const hostForOthers = (listens: string, opened: string): string => (EVERYWHERE.has(listens) ? opened : listens);

function OwnAddress() {
  const { t } = useWords();
  const client = useClient();
  const { data } = useQuery({ queryKey: ["system"], queryFn: ({ signal }) => client.system.state(signal) });
  if (data === undefined || data.dimse_port === 0) return null;
  const host = hostForOthers(data.dimse_host, window.location.hostname);
  const port = String(data.dimse_port); // as a number it would be written with its thousands set apart
  return (
    <>
      <dl className="facts">
        <Copied name={t("start.ae")} value={data.ae_title} />
        <Copied name={t("start.host")} value={host} />
        <Copied name={t("start.port")} value={port} />
      </dl>
      {LOOPBACK.test(data.dimse_host) ? <p className="warn">{t("start.loopback", { port })}</p> : null}
    </>
  );
}

function Copied({ name, value }: { readonly name: string; readonly value: string }) {
  const { t } = useWords();
  const { label, copy } = useCopying(value);
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span className="mono strong">{value}</span>{" "}
        <LinkButton aria-label={`${name}: ${t("act.copy")}`} onClick={copy}>
          {label}
        </LinkButton>
      </dd>
    </>
  );
}
