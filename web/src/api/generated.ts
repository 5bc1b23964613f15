// Generated from openapi.json by scripts/generate-api.mjs; not edited by hand.
import { type Parse, anything, either, flag, later, list, mapOf, nothing, nullable, numeral, oneOf, stream, structure, text, tuple, withDefault } from "./parse";

export interface AccountCreated {
  readonly account: AccountRow;
  readonly password: string | null;
}
export const parseAccountCreated: Parse<AccountCreated> = structure<AccountCreated>({
  account: later(() => parseAccountRow),
  password: nullable(text),
});

export interface AccountList {
  readonly items: readonly AccountRow[];
}
export const parseAccountList: Parse<AccountList> = structure<AccountList>({
  items: list(later(() => parseAccountRow)),
});

export interface AccountRow {
  readonly created_at: string;
  readonly display_name: string;
  readonly last_sign_in_at: string | null;
  readonly name: string;
  readonly open: boolean;
  readonly roles: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
  readonly token_count: number;
}
export const parseAccountRow: Parse<AccountRow> = structure<AccountRow>({
  created_at: text,
  display_name: text,
  last_sign_in_at: nullable(text),
  name: text,
  open: flag,
  roles: list(oneOf("admin", "auditor", "chief", "reader", "referrer", "service", "technologist")),
  token_count: numeral,
});

export type Act = "admit-sender" | "associate" | "call" | "change-account" | "change-peer" | "claim" | "create-account" | "create-peer" | "create-token" | "dismiss-sender" | "end-session" | "export-audit" | "find" | "import" | "mark" | "move" | "promote" | "read" | "read-audit" | "rebuild" | "remove-peer" | "retrieve" | "retry-work" | "revoke-token" | "set-password" | "set-preferences" | "settle" | "sign-in" | "sign-out" | "start" | "store" | "take-over";
export const parseAct: Parse<Act> = oneOf("admit-sender", "associate", "call", "change-account", "change-peer", "claim", "create-account", "create-peer", "create-token", "dismiss-sender", "end-session", "export-audit", "find", "import", "mark", "move", "promote", "read", "read-audit", "rebuild", "remove-peer", "retrieve", "retry-work", "revoke-token", "set-password", "set-preferences", "settle", "sign-in", "sign-out", "start", "store", "take-over");

export interface AdmitSender {
  readonly may?: readonly ("commit" | "find" | "get" | "move" | "store")[];
  readonly name?: string;
  readonly port?: number | null;
}

export interface AuditPage {
  readonly items: readonly AuditRow[];
  readonly next: number | null;
  readonly previous: number | null;
}
export const parseAuditPage: Parse<AuditPage> = structure<AuditPage>({
  items: list(later(() => parseAuditRow)),
  next: nullable(numeral),
  previous: nullable(numeral),
});

export interface AuditRow {
  readonly act: Act;
  readonly actor: string;
  readonly actor_kind: string;
  readonly at: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly outcome: Outcome;
  readonly seq: number;
  readonly subject: string;
}
export const parseAuditRow: Parse<AuditRow> = structure<AuditRow>({
  act: later(() => parseAct),
  actor: text,
  actor_kind: text,
  at: text,
  detail: mapOf(anything),
  outcome: later(() => parseOutcome),
  seq: numeral,
  subject: text,
});

export interface Bundle {
  readonly built_from: string;
  readonly instances: readonly BundleInstance[];
  readonly series_instance_uid: string;
  readonly study_instance_uid: string;
}
export const parseBundle: Parse<Bundle> = structure<Bundle>({
  built_from: text,
  instances: list(later(() => parseBundleInstance)),
  series_instance_uid: text,
  study_instance_uid: text,
});

export interface BundleFrames {
  readonly bytes: readonly number[];
  readonly count: number;
  readonly lossy: boolean;
}
export const parseBundleFrames: Parse<BundleFrames> = structure<BundleFrames>({
  bytes: list(numeral),
  count: numeral,
  lossy: flag,
});

export interface BundleInstance {
  readonly dataset: Readonly<Record<string, unknown>>;
  readonly digest: string;
  readonly frames: BundleFrames;
  readonly sop_class_uid: string;
  readonly sop_instance_uid: string;
  readonly transfer_syntax: string;
}
export const parseBundleInstance: Parse<BundleInstance> = structure<BundleInstance>({
  dataset: mapOf(anything),
  digest: text,
  frames: later(() => parseBundleFrames),
  sop_class_uid: text,
  sop_instance_uid: text,
  transfer_syntax: text,
});

export interface ChainView {
  readonly checked_at: string | null;
  readonly findings: readonly string[];
  readonly length: number;
  readonly whole: boolean | null;
}
export const parseChainView: Parse<ChainView> = structure<ChainView>({
  checked_at: nullable(text),
  findings: list(text),
  length: numeral,
  whole: nullable(flag),
});

export interface ChangeAccount {
  readonly display_name?: string;
  readonly open?: boolean;
  readonly roles?: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
}

export interface ChangePeer {
  readonly ae_title?: string;
  readonly called_ae_title?: string;
  readonly host?: string;
  readonly may?: readonly ("commit" | "find" | "get" | "move" | "store")[];
  readonly name?: string;
  readonly open?: boolean;
  readonly port?: number | null;
}

export interface ChangePreferences {
  readonly density?: "comfortable" | "compact" | null;
  readonly keys?: Readonly<Record<string, string>> | null;
  readonly language?: "de" | "en" | null;
  readonly layouts?: Readonly<Record<string, "1x1" | "1x2" | "2x1" | "2x2">> | null;
  readonly mouse?: Mouse | null;
}

export interface Claim {
  readonly account: string;
  readonly name: string;
  readonly own: boolean;
  readonly since: string;
  readonly taken_from: string | null;
  readonly until: string;
}
export const parseClaim: Parse<Claim> = structure<Claim>({
  account: text,
  name: text,
  own: flag,
  since: text,
  taken_from: nullable(text),
  until: text,
});

export interface ClaimState {
  readonly claim: Claim | null;
}
export const parseClaimState: Parse<ClaimState> = structure<ClaimState>({
  claim: nullable(later(() => parseClaim)),
});

export interface CreateAccount {
  readonly display_name?: string;
  readonly name: string;
  readonly password?: string | null;
  readonly roles: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
}

export interface CreatePeer {
  readonly ae_title: string;
  readonly called_ae_title?: string;
  readonly host?: string;
  readonly may?: readonly ("commit" | "find" | "get" | "move" | "store")[];
  readonly name?: string;
  readonly port?: number | null;
}

export interface CreateToken {
  readonly expires_in_days?: number | null;
  readonly label?: string;
}

export interface FiguresView {
  readonly counted_at: string;
  readonly instances: number;
  readonly newest_received_at: string | null;
  readonly oldest_received_at: string | null;
  readonly recent_bytes: number;
  readonly recent_days: number;
  readonly segment_bytes: number;
  readonly segments: number;
  readonly series: number;
  readonly size_bytes: number;
  readonly studies: number;
}
export const parseFiguresView: Parse<FiguresView> = structure<FiguresView>({
  counted_at: text,
  instances: numeral,
  newest_received_at: nullable(text),
  oldest_received_at: nullable(text),
  recent_bytes: numeral,
  recent_days: numeral,
  segment_bytes: numeral,
  segments: numeral,
  series: numeral,
  size_bytes: numeral,
  studies: numeral,
});

export interface Finding {
  readonly code: string;
  readonly subject: string;
  readonly text: string;
}
export const parseFinding: Parse<Finding> = structure<Finding>({
  code: text,
  subject: text,
  text: text,
});

export interface ImportAnswer {
  readonly files: readonly ImportedFile[];
}
export const parseImportAnswer: Parse<ImportAnswer> = structure<ImportAnswer>({
  files: list(later(() => parseImportedFile)),
});

export interface ImportedFile {
  readonly code: string;
  readonly outcome: "new" | "refused" | "repeated" | "variant";
  readonly study_instance_uid: string;
}
export const parseImportedFile: Parse<ImportedFile> = structure<ImportedFile>({
  code: withDefault(text, ""),
  outcome: oneOf("new", "refused", "repeated", "variant"),
  study_instance_uid: withDefault(text, ""),
});

export interface JobCountView {
  readonly at_least: boolean;
  readonly count: number;
  readonly kind: string;
  readonly state: "dead" | "running" | "waiting";
}
export const parseJobCountView: Parse<JobCountView> = structure<JobCountView>({
  at_least: flag,
  count: numeral,
  kind: text,
  state: oneOf("dead", "running", "waiting"),
});

export interface JobOverview {
  readonly counts: readonly JobCountView[];
  readonly dead: readonly JobView[];
  readonly parked: readonly ParkedView[];
  readonly running: readonly JobView[];
  readonly waiting: readonly JobView[];
}
export const parseJobOverview: Parse<JobOverview> = structure<JobOverview>({
  counts: list(later(() => parseJobCountView)),
  dead: list(later(() => parseJobView)),
  parked: list(later(() => parseParkedView)),
  running: list(later(() => parseJobView)),
  waiting: list(later(() => parseJobView)),
});

export interface JobView {
  readonly attempts: number;
  readonly enqueued_at: string;
  readonly error: string;
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly run_after: string;
  readonly state: "dead" | "running" | "waiting";
}
export const parseJobView: Parse<JobView> = structure<JobView>({
  attempts: numeral,
  enqueued_at: text,
  error: text,
  id: text,
  key: text,
  kind: text,
  run_after: text,
  state: oneOf("dead", "running", "waiting"),
});

export interface Mark {
  readonly changed_at: string;
  readonly created_at: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly frame: number;
  readonly id: string;
  readonly kind: "angle" | "arrow" | "calibration" | "ellipse" | "length" | "probe";
  readonly points: readonly (readonly [number, number])[];
  readonly removed: boolean;
  readonly sop_instance_uid: string;
  readonly study: string;
  readonly text: string;
  readonly version: number;
}
export const parseMark: Parse<Mark> = structure<Mark>({
  changed_at: text,
  created_at: text,
  detail: mapOf(anything),
  frame: numeral,
  id: text,
  kind: oneOf("angle", "arrow", "calibration", "ellipse", "length", "probe"),
  points: list(tuple(numeral, numeral)),
  removed: withDefault(flag, false),
  sop_instance_uid: text,
  study: text,
  text: text,
  version: numeral,
});

export interface MarkList {
  readonly marks: readonly Mark[];
}
export const parseMarkList: Parse<MarkList> = structure<MarkList>({
  marks: list(later(() => parseMark)),
});

export interface MissingPart {
  readonly objects: number;
  readonly reason: "objects-cut-short" | "pixels-cut-short";
}
export const parseMissingPart: Parse<MissingPart> = structure<MissingPart>({
  objects: numeral,
  reason: oneOf("objects-cut-short", "pixels-cut-short"),
});

export interface Mouse {
  readonly left: string | null;
  readonly middle: string | null;
  readonly right: string | null;
  readonly wheel: "images" | "zoom" | null;
}
export const parseMouse: Parse<Mouse> = structure<Mouse>({
  left: withDefault(nullable(text), null),
  middle: withDefault(nullable(text), null),
  right: withDefault(nullable(text), null),
  wheel: withDefault(nullable(oneOf("images", "zoom")), null),
});

export interface OriginView {
  readonly actor: string;
  readonly address: string;
  readonly calling_ae: string;
  readonly door: string;
}
export const parseOriginView: Parse<OriginView> = structure<OriginView>({
  actor: text,
  address: withDefault(text, ""),
  calling_ae: withDefault(text, ""),
  door: text,
});

export type Outcome = "failure" | "refused" | "success";
export const parseOutcome: Parse<Outcome> = oneOf("failure", "refused", "success");

export interface ParkedView {
  readonly attempts: number;
  readonly dead: boolean;
  readonly error: string;
  readonly follower: string;
  readonly kind: string;
  readonly parked_at: string;
  readonly retry_at: string;
  readonly seq: number;
  readonly subject: string;
}
export const parseParkedView: Parse<ParkedView> = structure<ParkedView>({
  attempts: numeral,
  dead: flag,
  error: text,
  follower: text,
  kind: text,
  parked_at: text,
  retry_at: text,
  seq: numeral,
  subject: text,
});

export interface PasswordSet {
  readonly password: string | null;
}
export const parsePasswordSet: Parse<PasswordSet> = structure<PasswordSet>({
  password: nullable(text),
});

export interface PatientView {
  readonly birth_date: string;
  readonly identity: "provisional" | "resolved" | "unresolved";
  readonly issuer: string;
  readonly name: string;
  readonly patient_id: string;
  readonly sex: string;
}
export const parsePatientView: Parse<PatientView> = structure<PatientView>({
  birth_date: text,
  identity: oneOf("provisional", "resolved", "unresolved"),
  issuer: text,
  name: text,
  patient_id: text,
  sex: text,
});

export interface PeerList {
  readonly items: readonly PeerRow[];
}
export const parsePeerList: Parse<PeerList> = structure<PeerList>({
  items: list(later(() => parsePeerRow)),
});

export interface PeerRow {
  readonly ae_title: string;
  readonly called_ae_title: string;
  readonly created_at: string;
  readonly host: string;
  readonly id: string;
  readonly last_seen_at: string | null;
  readonly may: readonly ("commit" | "find" | "get" | "move" | "store")[];
  readonly name: string;
  readonly open: boolean;
  readonly port: number | null;
}
export const parsePeerRow: Parse<PeerRow> = structure<PeerRow>({
  ae_title: text,
  called_ae_title: text,
  created_at: text,
  host: text,
  id: text,
  last_seen_at: nullable(text),
  may: list(oneOf("commit", "find", "get", "move", "store")),
  name: text,
  open: flag,
  port: nullable(numeral),
});

export interface Preferences {
  readonly density: "comfortable" | "compact" | null;
  readonly keys: Readonly<Record<string, string>> | null;
  readonly language: "de" | "en" | null;
  readonly layouts: Readonly<Record<string, "1x1" | "1x2" | "2x1" | "2x2">> | null;
  readonly mouse: Mouse | null;
}
export const parsePreferences: Parse<Preferences> = structure<Preferences>({
  density: withDefault(nullable(oneOf("comfortable", "compact")), null),
  keys: withDefault(nullable(mapOf(text)), null),
  language: withDefault(nullable(oneOf("de", "en")), null),
  layouts: withDefault(nullable(mapOf(oneOf("1x1", "1x2", "2x1", "2x2"))), null),
  mouse: withDefault(nullable(later(() => parseMouse)), null),
});

export interface PrimaryView {
  readonly digest: string;
  readonly length: number;
  readonly origin: OriginView;
  readonly received_at: string;
  readonly sop_instance_uid: string;
  readonly transfer_syntax: string;
}
export const parsePrimaryView: Parse<PrimaryView> = structure<PrimaryView>({
  digest: text,
  length: numeral,
  origin: later(() => parseOriginView),
  received_at: text,
  sop_instance_uid: text,
  transfer_syntax: text,
});

export interface QuarantinePage {
  readonly items: readonly QuarantineRow[];
  readonly next: string | null;
  readonly total: number | "more";
}
export const parseQuarantinePage: Parse<QuarantinePage> = structure<QuarantinePage>({
  items: list(later(() => parseQuarantineRow)),
  next: nullable(text),
  total: either(numeral, oneOf("more")),
});

export interface QuarantineRow {
  readonly identity: "provisional" | "resolved" | "unresolved";
  readonly study: StudyRow;
}
export const parseQuarantineRow: Parse<QuarantineRow> = structure<QuarantineRow>({
  identity: oneOf("provisional", "resolved", "unresolved"),
  study: later(() => parseStudyRow),
});

export interface RefusedSenderList {
  readonly items: readonly RefusedSenderRow[];
}
export const parseRefusedSenderList: Parse<RefusedSenderList> = structure<RefusedSenderList>({
  items: list(later(() => parseRefusedSenderRow)),
});

export interface RefusedSenderRow {
  readonly address: string;
  readonly called_ae_title: string;
  readonly calling_ae_title: string;
  readonly count: number;
  readonly first_seen_at: string;
  readonly id: string;
  readonly last_seen_at: string;
  readonly reason: "called-ae-not-recognised" | "foreign-address" | "peer-closed" | "unknown-calling-ae";
}
export const parseRefusedSenderRow: Parse<RefusedSenderRow> = structure<RefusedSenderRow>({
  address: text,
  called_ae_title: text,
  calling_ae_title: text,
  count: numeral,
  first_seen_at: text,
  id: text,
  last_seen_at: text,
  reason: oneOf("called-ae-not-recognised", "foreign-address", "peer-closed", "unknown-calling-ae"),
});

export interface Retried {
  readonly count: number;
}
export const parseRetried: Parse<Retried> = structure<Retried>({
  count: numeral,
});

export interface RetryJobs {
  readonly id?: string | null;
  readonly kind?: string | null;
}

export interface RetryParked {
  readonly follower: string;
  readonly seq?: number | null;
}

export interface SaveMark {
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly frame: number;
  readonly kind: "angle" | "arrow" | "calibration" | "ellipse" | "length" | "probe";
  readonly points: readonly (readonly [number, number])[];
  readonly sop_instance_uid: string;
  readonly study: string;
  readonly study_key?: string;
  readonly text?: string;
  readonly version: number;
}

export interface SaveView {
  readonly filter: string;
  readonly name: string;
  readonly position?: number;
}

export interface SeriesRow {
  readonly body_part: string;
  readonly description: string;
  readonly first_received_at: string;
  readonly frame_of_reference_uid: string;
  readonly instance_count: number;
  readonly last_received_at: string;
  readonly laterality: string;
  readonly manufacturer: string;
  readonly modality: string;
  readonly number: number | null;
  readonly performed_date: string;
  readonly performed_time: string;
  readonly protocol: string;
  readonly series_instance_uid: string;
  readonly size_bytes: number;
  readonly state: "arriving" | "ready";
  readonly station: string;
}
export const parseSeriesRow: Parse<SeriesRow> = structure<SeriesRow>({
  body_part: text,
  description: text,
  first_received_at: text,
  frame_of_reference_uid: text,
  instance_count: numeral,
  last_received_at: text,
  laterality: text,
  manufacturer: text,
  modality: text,
  number: nullable(numeral),
  performed_date: text,
  performed_time: text,
  protocol: text,
  series_instance_uid: text,
  size_bytes: numeral,
  state: oneOf("arriving", "ready"),
  station: text,
});

export interface SessionList {
  readonly items: readonly SessionRow[];
}
export const parseSessionList: Parse<SessionList> = structure<SessionList>({
  items: list(later(() => parseSessionRow)),
});

export interface SessionRow {
  readonly address: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly id: string;
  readonly present: boolean;
  readonly seen_at: string;
}
export const parseSessionRow: Parse<SessionRow> = structure<SessionRow>({
  address: text,
  created_at: text,
  expires_at: text,
  id: text,
  present: flag,
  seen_at: text,
});

export interface SessionView {
  readonly csrf: string;
  readonly display_name: string;
  readonly expires_at: string | null;
  readonly name: string;
  readonly organisation: string;
  readonly preferences: Preferences;
  readonly rights: readonly ("audit" | "commit" | "find" | "get" | "import" | "manage-accounts" | "manage-peers" | "move" | "operate" | "promote" | "read" | "settle" | "store")[];
  readonly roles: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
  readonly version: string;
}
export const parseSessionView: Parse<SessionView> = structure<SessionView>({
  csrf: text,
  display_name: text,
  expires_at: nullable(text),
  name: text,
  organisation: text,
  preferences: later(() => parsePreferences),
  rights: list(oneOf("audit", "commit", "find", "get", "import", "manage-accounts", "manage-peers", "move", "operate", "promote", "read", "settle", "store")),
  roles: list(oneOf("admin", "auditor", "chief", "reader", "referrer", "service", "technologist")),
  version: text,
});

export interface SetPassword {
  readonly current?: string | null;
  readonly password?: string | null;
}

export interface SignIn {
  readonly name: string;
  readonly organisation?: string;
  readonly password: string;
}

export interface StorageView {
  readonly examined_at: string | null;
  readonly figures: FiguresView | null;
  readonly findings: readonly Finding[];
  readonly free_bytes: number;
  readonly index_is_whole: boolean;
  readonly left_bytes: number;
  readonly receives: boolean;
  readonly reserve_bytes: number;
  readonly total_bytes: number;
}
export const parseStorageView: Parse<StorageView> = structure<StorageView>({
  examined_at: nullable(text),
  figures: nullable(later(() => parseFiguresView)),
  findings: list(later(() => parseFinding)),
  free_bytes: numeral,
  index_is_whole: flag,
  left_bytes: numeral,
  receives: flag,
  reserve_bytes: numeral,
  total_bytes: numeral,
});

export interface StudyClaim {
  readonly name: string;
  readonly own: boolean;
  readonly since: string;
}
export const parseStudyClaim: Parse<StudyClaim> = structure<StudyClaim>({
  name: text,
  own: flag,
  since: text,
});

export interface StudyCount {
  readonly total: number | "more";
}
export const parseStudyCount: Parse<StudyCount> = structure<StudyCount>({
  total: either(numeral, oneOf("more")),
});

export interface StudyDetail {
  readonly series: readonly SeriesRow[];
  readonly study: StudyRow;
}
export const parseStudyDetail: Parse<StudyDetail> = structure<StudyDetail>({
  series: list(later(() => parseSeriesRow)),
  study: later(() => parseStudyRow),
});

export interface StudyPage {
  readonly filtered_out: number | "more";
  readonly items: readonly StudyRow[];
  readonly next: string | null;
  readonly previous: string | null;
  readonly total: number | "more";
}
export const parseStudyPage: Parse<StudyPage> = structure<StudyPage>({
  filtered_out: either(numeral, oneOf("more")),
  items: list(later(() => parseStudyRow)),
  next: nullable(text),
  previous: nullable(text),
  total: either(numeral, oneOf("more")),
});

export interface StudyRow {
  readonly accession_number: string;
  readonly claim: StudyClaim | null;
  readonly description: string;
  readonly first_received_at: string;
  readonly identity: "provisional" | "resolved" | "unresolved";
  readonly instance_count: number;
  readonly institution: string;
  readonly last_received_at: string;
  readonly missing: readonly MissingPart[];
  readonly modalities: readonly string[];
  readonly open_variants: number;
  readonly patient: PatientView;
  readonly referring: string;
  readonly series_count: number;
  readonly size_bytes: number;
  readonly state: "arriving" | "ready";
  readonly study_date: string;
  readonly study_instance_uid: string;
  readonly study_key: string;
  readonly study_time: string;
}
export const parseStudyRow: Parse<StudyRow> = structure<StudyRow>({
  accession_number: text,
  claim: nullable(later(() => parseStudyClaim)),
  description: text,
  first_received_at: text,
  identity: oneOf("provisional", "resolved", "unresolved"),
  instance_count: numeral,
  institution: text,
  last_received_at: text,
  missing: list(later(() => parseMissingPart)),
  modalities: list(text),
  open_variants: numeral,
  patient: later(() => parsePatientView),
  referring: text,
  series_count: numeral,
  size_bytes: numeral,
  state: oneOf("arriving", "ready"),
  study_date: text,
  study_instance_uid: text,
  study_key: text,
  study_time: text,
});

export interface SystemView {
  readonly ae_title: string;
  readonly dimse_host: string;
  readonly dimse_port: number;
  readonly engine: string;
  readonly examined_at: string | null;
  readonly findings: readonly Finding[];
  readonly free_bytes: number | null;
  readonly organisation: string;
  readonly version: string;
}
export const parseSystemView: Parse<SystemView> = structure<SystemView>({
  ae_title: text,
  dimse_host: text,
  dimse_port: numeral,
  engine: text,
  examined_at: nullable(text),
  findings: list(later(() => parseFinding)),
  free_bytes: nullable(numeral),
  organisation: text,
  version: text,
});

export interface TakeClaim {
  readonly take_over?: boolean;
}

export interface TakenClaim {
  readonly account: string;
  readonly name: string;
  readonly own: boolean;
  readonly renewed: boolean;
  readonly since: string;
  readonly taken_from: string | null;
  readonly until: string;
}
export const parseTakenClaim: Parse<TakenClaim> = structure<TakenClaim>({
  account: text,
  name: text,
  own: flag,
  renewed: flag,
  since: text,
  taken_from: nullable(text),
  until: text,
});

export interface Timeline {
  readonly items: readonly TimelineRow[];
  readonly next: string | null;
  readonly total: number | "more";
}
export const parseTimeline: Parse<Timeline> = structure<Timeline>({
  items: list(later(() => parseTimelineRow)),
  next: nullable(text),
  total: either(numeral, oneOf("more")),
});

export interface TimelineRow {
  readonly picture: string | null;
  readonly study: StudyRow;
}
export const parseTimelineRow: Parse<TimelineRow> = structure<TimelineRow>({
  picture: nullable(text),
  study: later(() => parseStudyRow),
});

export interface TokenCreated {
  readonly secret: string;
  readonly token: TokenRow;
}
export const parseTokenCreated: Parse<TokenCreated> = structure<TokenCreated>({
  secret: text,
  token: later(() => parseTokenRow),
});

export interface TokenList {
  readonly items: readonly TokenRow[];
}
export const parseTokenList: Parse<TokenList> = structure<TokenList>({
  items: list(later(() => parseTokenRow)),
});

export interface TokenRow {
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly id: string;
  readonly label: string;
  readonly last_used_at: string | null;
}
export const parseTokenRow: Parse<TokenRow> = structure<TokenRow>({
  created_at: text,
  expires_at: nullable(text),
  id: text,
  label: text,
  last_used_at: nullable(text),
});

export interface VariantList {
  readonly primary: PrimaryView;
  readonly variants: readonly VariantRow[];
}
export const parseVariantList: Parse<VariantList> = structure<VariantList>({
  primary: later(() => parsePrimaryView),
  variants: list(later(() => parseVariantRow)),
});

export interface VariantRow {
  readonly closed_at: string | null;
  readonly digest: string;
  readonly id: string;
  readonly length: number;
  readonly origin: OriginView;
  readonly reason: string;
  readonly received_at: string;
  readonly series_instance_uid: string;
  readonly sop_instance_uid: string;
  readonly state: "closed" | "open" | "promoted" | "replaced";
  readonly study_instance_uid: string;
  readonly transfer_syntax: string;
}
export const parseVariantRow: Parse<VariantRow> = structure<VariantRow>({
  closed_at: nullable(text),
  digest: text,
  id: text,
  length: numeral,
  origin: later(() => parseOriginView),
  reason: text,
  received_at: text,
  series_instance_uid: text,
  sop_instance_uid: text,
  state: oneOf("closed", "open", "promoted", "replaced"),
  study_instance_uid: text,
  transfer_syntax: text,
});

export interface View {
  readonly filter: string;
  readonly id: string;
  readonly name: string;
  readonly position: number;
}
export const parseView: Parse<View> = structure<View>({
  filter: text,
  id: text,
  name: text,
  position: numeral,
});

export interface ViewList {
  readonly views: readonly View[];
}
export const parseViewList: Parse<ViewList> = structure<ViewList>({
  views: list(later(() => parseView)),
});

export interface WaitingForSomebody {
  readonly count: number;
}
export const parseWaitingForSomebody: Parse<WaitingForSomebody> = structure<WaitingForSomebody>({
  count: numeral,
});

export interface Operations {
  readonly "DELETE /api/v1/accounts/{name}/sessions/{id}": {
    readonly path: { readonly name: string; readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "DELETE /api/v1/accounts/{name}/tokens/{id}": {
    readonly path: { readonly name: string; readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "DELETE /api/v1/marks/{id}": {
    readonly path: { readonly id: string };
    readonly query: { readonly version: number | undefined };
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "DELETE /api/v1/peers/{id}": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "DELETE /api/v1/refused-senders/{id}": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "DELETE /api/v1/session": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "DELETE /api/v1/studies/{study}/claim": {
    readonly path: { readonly study: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "DELETE /api/v1/views/{id}": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "GET /api/v1/accounts": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: AccountList;
  };
  readonly "GET /api/v1/accounts/{name}/sessions": {
    readonly path: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: SessionList;
  };
  readonly "GET /api/v1/accounts/{name}/tokens": {
    readonly path: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: TokenList;
  };
  readonly "GET /api/v1/audit": {
    readonly path: undefined;
    readonly query: { readonly actor?: string | undefined; readonly act?: string | undefined; readonly subject?: string | undefined; readonly outcome?: "" | "failure" | "refused" | "success" | undefined; readonly patient_id?: string | undefined; readonly accession?: string | undefined; readonly since?: string | undefined; readonly until?: string | undefined; readonly limit?: number | undefined; readonly before?: number | null | undefined; readonly after?: number | null | undefined };
    readonly body: undefined;
    readonly answer: AuditPage;
  };
  readonly "GET /api/v1/audit/chain": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: ChainView;
  };
  readonly "GET /api/v1/audit/rows.csv": {
    readonly path: undefined;
    readonly query: { readonly actor?: string | undefined; readonly act?: string | undefined; readonly subject?: string | undefined; readonly outcome?: "" | "failure" | "refused" | "success" | undefined; readonly patient_id?: string | undefined; readonly accession?: string | undefined; readonly since?: string | undefined; readonly until?: string | undefined };
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/events": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/instances/{sop}/variants": {
    readonly path: { readonly sop: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: VariantList;
  };
  readonly "GET /api/v1/jobs": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: JobOverview;
  };
  readonly "GET /api/v1/jobs/waiting-for-somebody": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: WaitingForSomebody;
  };
  readonly "GET /api/v1/openapi.json": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: string;
  };
  readonly "GET /api/v1/peers": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: PeerList;
  };
  readonly "GET /api/v1/quarantine": {
    readonly path: undefined;
    readonly query: { readonly limit?: number | undefined; readonly after?: string | undefined };
    readonly body: undefined;
    readonly answer: QuarantinePage;
  };
  readonly "GET /api/v1/refused-senders": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: RefusedSenderList;
  };
  readonly "GET /api/v1/session": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: SessionView;
  };
  readonly "GET /api/v1/storage": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: StorageView;
  };
  readonly "GET /api/v1/studies": {
    readonly path: undefined;
    readonly query: { readonly patient_name?: string | undefined; readonly patient_id?: string | undefined; readonly accession?: string | undefined; readonly modality?: readonly string[] | undefined; readonly date_from?: string | "" | undefined; readonly date_to?: string | "" | undefined; readonly description?: string | undefined; readonly identity?: "provisional" | "resolved" | "unresolved" | "" | undefined; readonly state?: "arriving" | "ready" | "" | "reading" | undefined; readonly referring?: string | undefined; readonly birth_date?: string | "" | undefined; readonly study?: readonly string[] | undefined; readonly accession_is?: string | undefined; readonly patient_id_is?: string | undefined; readonly received_from?: string | undefined; readonly received_until?: string | undefined; readonly limit?: number | undefined; readonly after?: string | undefined; readonly sort?: "accession" | "birth_date" | "description" | "patient_id" | "patient_name" | "received" | "referring" | "study_date" | undefined; readonly order?: "asc" | "desc" | undefined };
    readonly body: undefined;
    readonly answer: StudyPage;
  };
  readonly "GET /api/v1/studies/{study}": {
    readonly path: { readonly study: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: undefined;
    readonly answer: StudyDetail;
  };
  readonly "GET /api/v1/studies/{study}/claim": {
    readonly path: { readonly study: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: undefined;
    readonly answer: ClaimState;
  };
  readonly "GET /api/v1/studies/{study}/marks": {
    readonly path: { readonly study: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: undefined;
    readonly answer: MarkList;
  };
  readonly "GET /api/v1/studies/{study}/series/{series}/bundle": {
    readonly path: { readonly study: string; readonly series: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: undefined;
    readonly answer: Bundle;
  };
  readonly "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/enclosed": {
    readonly path: { readonly study: string; readonly series: string; readonly sop: string };
    readonly query: { readonly digest?: string | undefined; readonly light?: "" | "yes" | undefined };
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/frames/{n}": {
    readonly path: { readonly study: string; readonly series: string; readonly sop: string; readonly n: string };
    readonly query: { readonly digest?: string | undefined; readonly light?: "" | "yes" | undefined };
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/studies/{study}/series/{series}/thumbnail": {
    readonly path: { readonly study: string; readonly series: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/studies/{study}/timeline": {
    readonly path: { readonly study: string };
    readonly query: { readonly study_key?: string | undefined; readonly limit?: number | undefined; readonly after?: string | undefined };
    readonly body: undefined;
    readonly answer: Timeline;
  };
  readonly "GET /api/v1/study-count": {
    readonly path: undefined;
    readonly query: { readonly patient_name?: string | undefined; readonly patient_id?: string | undefined; readonly accession?: string | undefined; readonly modality?: readonly string[] | undefined; readonly date_from?: string | "" | undefined; readonly date_to?: string | "" | undefined; readonly description?: string | undefined; readonly identity?: "provisional" | "resolved" | "unresolved" | "" | undefined; readonly state?: "arriving" | "ready" | "" | "reading" | undefined; readonly referring?: string | undefined; readonly birth_date?: string | "" | undefined; readonly study?: readonly string[] | undefined; readonly accession_is?: string | undefined; readonly patient_id_is?: string | undefined; readonly received_from?: string | undefined; readonly received_until?: string | undefined };
    readonly body: undefined;
    readonly answer: StudyCount;
  };
  readonly "GET /api/v1/system": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: SystemView;
  };
  readonly "GET /api/v1/views": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: ViewList;
  };
  readonly "PATCH /api/v1/accounts/{name}": {
    readonly path: { readonly name: string };
    readonly query: undefined;
    readonly body: ChangeAccount;
    readonly answer: AccountRow;
  };
  readonly "PATCH /api/v1/peers/{id}": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: ChangePeer;
    readonly answer: PeerRow;
  };
  readonly "PATCH /api/v1/session/preferences": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: ChangePreferences;
    readonly answer: SessionView;
  };
  readonly "POST /api/v1/accounts": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: CreateAccount;
    readonly answer: AccountCreated;
  };
  readonly "POST /api/v1/accounts/{name}/password": {
    readonly path: { readonly name: string };
    readonly query: undefined;
    readonly body: SetPassword;
    readonly answer: PasswordSet;
  };
  readonly "POST /api/v1/accounts/{name}/tokens": {
    readonly path: { readonly name: string };
    readonly query: undefined;
    readonly body: CreateToken;
    readonly answer: TokenCreated;
  };
  readonly "POST /api/v1/imports": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: ImportAnswer;
  };
  readonly "POST /api/v1/jobs/parked/retry": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: RetryParked;
    readonly answer: Retried;
  };
  readonly "POST /api/v1/jobs/retry": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: RetryJobs;
    readonly answer: Retried;
  };
  readonly "POST /api/v1/peers": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: CreatePeer;
    readonly answer: PeerRow;
  };
  readonly "POST /api/v1/refused-senders/{id}/admit": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: AdmitSender;
    readonly answer: PeerRow;
  };
  readonly "POST /api/v1/session": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: SignIn;
    readonly answer: SessionView;
  };
  readonly "POST /api/v1/studies/{study}/settle": {
    readonly path: { readonly study: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "POST /api/v1/variants/{id}/promote": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "PUT /api/v1/marks/{id}": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: SaveMark;
    readonly answer: Mark;
  };
  readonly "PUT /api/v1/studies/{study}/claim": {
    readonly path: { readonly study: string };
    readonly query: { readonly study_key?: string | undefined };
    readonly body: TakeClaim;
    readonly answer: TakenClaim;
  };
  readonly "PUT /api/v1/views/{id}": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: SaveView;
    readonly answer: View;
  };
}

export const answers: { readonly [K in keyof Operations]: Parse<Operations[K]["answer"]> } = {
  "DELETE /api/v1/accounts/{name}/sessions/{id}": nothing,
  "DELETE /api/v1/accounts/{name}/tokens/{id}": nothing,
  "DELETE /api/v1/marks/{id}": nothing,
  "DELETE /api/v1/peers/{id}": nothing,
  "DELETE /api/v1/refused-senders/{id}": nothing,
  "DELETE /api/v1/session": nothing,
  "DELETE /api/v1/studies/{study}/claim": nothing,
  "DELETE /api/v1/views/{id}": nothing,
  "GET /api/v1/accounts": later(() => parseAccountList),
  "GET /api/v1/accounts/{name}/sessions": later(() => parseSessionList),
  "GET /api/v1/accounts/{name}/tokens": later(() => parseTokenList),
  "GET /api/v1/audit": later(() => parseAuditPage),
  "GET /api/v1/audit/chain": later(() => parseChainView),
  "GET /api/v1/audit/rows.csv": stream,
  "GET /api/v1/events": stream,
  "GET /api/v1/instances/{sop}/variants": later(() => parseVariantList),
  "GET /api/v1/jobs": later(() => parseJobOverview),
  "GET /api/v1/jobs/waiting-for-somebody": later(() => parseWaitingForSomebody),
  "GET /api/v1/openapi.json": text,
  "GET /api/v1/peers": later(() => parsePeerList),
  "GET /api/v1/quarantine": later(() => parseQuarantinePage),
  "GET /api/v1/refused-senders": later(() => parseRefusedSenderList),
  "GET /api/v1/session": later(() => parseSessionView),
  "GET /api/v1/storage": later(() => parseStorageView),
  "GET /api/v1/studies": later(() => parseStudyPage),
  "GET /api/v1/studies/{study}": later(() => parseStudyDetail),
  "GET /api/v1/studies/{study}/claim": later(() => parseClaimState),
  "GET /api/v1/studies/{study}/marks": later(() => parseMarkList),
  "GET /api/v1/studies/{study}/series/{series}/bundle": later(() => parseBundle),
  "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/enclosed": stream,
  "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/frames/{n}": stream,
  "GET /api/v1/studies/{study}/series/{series}/thumbnail": stream,
  "GET /api/v1/studies/{study}/timeline": later(() => parseTimeline),
  "GET /api/v1/study-count": later(() => parseStudyCount),
  "GET /api/v1/system": later(() => parseSystemView),
  "GET /api/v1/views": later(() => parseViewList),
  "PATCH /api/v1/accounts/{name}": later(() => parseAccountRow),
  "PATCH /api/v1/peers/{id}": later(() => parsePeerRow),
  "PATCH /api/v1/session/preferences": later(() => parseSessionView),
  "POST /api/v1/accounts": later(() => parseAccountCreated),
  "POST /api/v1/accounts/{name}/password": later(() => parsePasswordSet),
  "POST /api/v1/accounts/{name}/tokens": later(() => parseTokenCreated),
  "POST /api/v1/imports": later(() => parseImportAnswer),
  "POST /api/v1/jobs/parked/retry": later(() => parseRetried),
  "POST /api/v1/jobs/retry": later(() => parseRetried),
  "POST /api/v1/peers": later(() => parsePeerRow),
  "POST /api/v1/refused-senders/{id}/admit": later(() => parsePeerRow),
  "POST /api/v1/session": later(() => parseSessionView),
  "POST /api/v1/studies/{study}/settle": nothing,
  "POST /api/v1/variants/{id}/promote": nothing,
  "PUT /api/v1/marks/{id}": later(() => parseMark),
  "PUT /api/v1/studies/{study}/claim": later(() => parseTakenClaim),
  "PUT /api/v1/views/{id}": later(() => parseView),
};
