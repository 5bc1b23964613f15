// The face of the shell: what a page stands in.
export {
  CASE_PAGE_ROWS,
  type CaseList,
  caseBeside,
  caseListOf,
  forgetCaseList,
  keepCaseList,
  keptCaseList,
  type NextCase,
  SKIP_REASONS,
  type SkippedCase,
  type SkipReason,
} from "./case-list";
export { type ChangedKeys, type Command, CommandRegistry } from "./commands";
export { useCopying } from "./copying";
export { carriesFiles, type Dropped, droppedOn, forgetDropped, handOver, takeOver } from "./dropped";
export { EventFeed, type Mark, useConnected } from "./event-feed";
export { describe, Failure, wrongField } from "./failure";
export { FirstSteps, hostForOthers } from "./first-steps";
export { Keys } from "./key-caps";
export { isTextPlace, type KeyPress, keyName } from "./keys";
export { ADMIN_PARTS, type AdminPart, addressOf, isReading, Navigator, type Place, placeOf } from "./places";
export { adminParts, mayAudit, mayImport, mayManageAccounts, mayManagePeers, mayOperate, mayRead } from "./rights";
export { studyQuery } from "./study-query";
export {
  type Surroundings,
  SurroundingsContext,
  type Toast,
  useClient,
  useCommandList,
  useCommands,
  useGo,
  useKeyOf,
  usePlace,
  useReasonOf,
  useSession,
  useSurroundings,
} from "./surroundings";
