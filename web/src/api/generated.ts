// Generated from openapi.json by scripts/generate-api.mjs; not edited by hand.
import { type Parse, anything, either, flag, later, list, mapOf, nothing, nullable, numeral, oneOf, stream, structure, text, withDefault } from "./parse";

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
  readonly name: string;
  readonly display_name: string;
  readonly roles: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
  readonly open: boolean;
  readonly created_at: string;
  readonly last_sign_in_at: string | null;
  readonly token_count: number;
}
export const parseAccountRow: Parse<AccountRow> = structure<AccountRow>({
  name: text,
  display_name: text,
  roles: list(oneOf("admin", "auditor", "chief", "reader", "referrer", "service", "technologist")),
  open: flag,
  created_at: text,
  last_sign_in_at: nullable(text),
  token_count: numeral,
});

export interface AdmitSender {
  readonly name?: string;
  readonly may?: readonly ("commit" | "find" | "get" | "move" | "store")[];
  readonly port?: number | null;
}

export interface AuditPage {
  readonly items: readonly AuditRow[];
  readonly next: number | null;
}
export const parseAuditPage: Parse<AuditPage> = structure<AuditPage>({
  items: list(later(() => parseAuditRow)),
  next: nullable(numeral),
});

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly actor_kind: string;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly outcome: "failure" | "refused" | "success";
  readonly detail: Readonly<Record<string, unknown>>;
}
export const parseAuditRow: Parse<AuditRow> = structure<AuditRow>({
  seq: numeral,
  at: text,
  actor_kind: text,
  actor: text,
  act: text,
  subject: text,
  outcome: oneOf("failure", "refused", "success"),
  detail: mapOf(anything),
});

export interface Bundle {
  readonly study_instance_uid: string;
  readonly series_instance_uid: string;
  readonly built_from: string;
  readonly instances: readonly BundleInstance[];
}
export const parseBundle: Parse<Bundle> = structure<Bundle>({
  study_instance_uid: text,
  series_instance_uid: text,
  built_from: text,
  instances: list(later(() => parseBundleInstance)),
});

export interface BundleFrames {
  readonly count: number;
  readonly lossy: boolean;
  readonly bytes: readonly number[];
}
export const parseBundleFrames: Parse<BundleFrames> = structure<BundleFrames>({
  count: numeral,
  lossy: flag,
  bytes: list(numeral),
});

export interface BundleInstance {
  readonly sop_instance_uid: string;
  readonly sop_class_uid: string;
  readonly transfer_syntax: string;
  readonly digest: string;
  readonly dataset: Readonly<Record<string, unknown>>;
  readonly frames: BundleFrames;
}
export const parseBundleInstance: Parse<BundleInstance> = structure<BundleInstance>({
  sop_instance_uid: text,
  sop_class_uid: text,
  transfer_syntax: text,
  digest: text,
  dataset: mapOf(anything),
  frames: later(() => parseBundleFrames),
});

export interface ChangeAccount {
  readonly display_name?: string;
  readonly roles?: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
  readonly open?: boolean;
}

export interface ChangePeer {
  readonly ae_title?: string;
  readonly name?: string;
  readonly called_ae_title?: string;
  readonly host?: string;
  readonly port?: number | null;
  readonly may?: readonly ("commit" | "find" | "get" | "move" | "store")[];
  readonly open?: boolean;
}

export interface ChangePreferences {
  readonly language?: "de" | "en" | null;
  readonly density?: "comfortable" | "compact" | null;
}

export interface CreateAccount {
  readonly name: string;
  readonly roles: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
  readonly display_name?: string;
  readonly password?: string | null;
}

export interface CreatePeer {
  readonly ae_title: string;
  readonly name?: string;
  readonly called_ae_title?: string;
  readonly host?: string;
  readonly port?: number | null;
  readonly may?: readonly ("commit" | "find" | "get" | "move" | "store")[];
}

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

export interface OriginView {
  readonly door: string;
  readonly actor: string;
  readonly address: string;
  readonly calling_ae: string;
}
export const parseOriginView: Parse<OriginView> = structure<OriginView>({
  door: text,
  actor: text,
  address: withDefault(text, ""),
  calling_ae: withDefault(text, ""),
});

export interface PasswordSet {
  readonly password: string | null;
}
export const parsePasswordSet: Parse<PasswordSet> = structure<PasswordSet>({
  password: nullable(text),
});

export interface PatientView {
  readonly name: string;
  readonly patient_id: string;
  readonly issuer: string;
  readonly birth_date: string;
  readonly sex: string;
  readonly identity: "provisional" | "resolved" | "unresolved";
}
export const parsePatientView: Parse<PatientView> = structure<PatientView>({
  name: text,
  patient_id: text,
  issuer: text,
  birth_date: text,
  sex: text,
  identity: oneOf("provisional", "resolved", "unresolved"),
});

export interface PeerList {
  readonly items: readonly PeerRow[];
}
export const parsePeerList: Parse<PeerList> = structure<PeerList>({
  items: list(later(() => parsePeerRow)),
});

export interface PeerRow {
  readonly id: string;
  readonly name: string;
  readonly ae_title: string;
  readonly called_ae_title: string;
  readonly host: string;
  readonly port: number | null;
  readonly may: readonly ("commit" | "find" | "get" | "move" | "store")[];
  readonly open: boolean;
  readonly created_at: string;
  readonly last_seen_at: string | null;
}
export const parsePeerRow: Parse<PeerRow> = structure<PeerRow>({
  id: text,
  name: text,
  ae_title: text,
  called_ae_title: text,
  host: text,
  port: nullable(numeral),
  may: list(oneOf("commit", "find", "get", "move", "store")),
  open: flag,
  created_at: text,
  last_seen_at: nullable(text),
});

export interface Preferences {
  readonly language: "de" | "en" | null;
  readonly density: "comfortable" | "compact" | null;
}
export const parsePreferences: Parse<Preferences> = structure<Preferences>({
  language: withDefault(nullable(oneOf("de", "en")), null),
  density: withDefault(nullable(oneOf("comfortable", "compact")), null),
});

export interface PrimaryView {
  readonly sop_instance_uid: string;
  readonly digest: string;
  readonly length: number;
  readonly transfer_syntax: string;
  readonly received_at: string;
  readonly origin: OriginView;
}
export const parsePrimaryView: Parse<PrimaryView> = structure<PrimaryView>({
  sop_instance_uid: text,
  digest: text,
  length: numeral,
  transfer_syntax: text,
  received_at: text,
  origin: later(() => parseOriginView),
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
  readonly study: StudyRow;
  readonly identity: "provisional" | "resolved" | "unresolved";
}
export const parseQuarantineRow: Parse<QuarantineRow> = structure<QuarantineRow>({
  study: later(() => parseStudyRow),
  identity: oneOf("provisional", "resolved", "unresolved"),
});

export interface RefusedSenderList {
  readonly items: readonly RefusedSenderRow[];
}
export const parseRefusedSenderList: Parse<RefusedSenderList> = structure<RefusedSenderList>({
  items: list(later(() => parseRefusedSenderRow)),
});

export interface RefusedSenderRow {
  readonly id: string;
  readonly calling_ae_title: string;
  readonly called_ae_title: string;
  readonly address: string;
  readonly reason: "called-ae-not-recognised" | "foreign-address" | "peer-closed" | "unknown-calling-ae";
  readonly count: number;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}
export const parseRefusedSenderRow: Parse<RefusedSenderRow> = structure<RefusedSenderRow>({
  id: text,
  calling_ae_title: text,
  called_ae_title: text,
  address: text,
  reason: oneOf("called-ae-not-recognised", "foreign-address", "peer-closed", "unknown-calling-ae"),
  count: numeral,
  first_seen_at: text,
  last_seen_at: text,
});

export interface SeriesRow {
  readonly series_instance_uid: string;
  readonly modality: string;
  readonly number: number | null;
  readonly description: string;
  readonly body_part: string;
  readonly laterality: string;
  readonly protocol: string;
  readonly station: string;
  readonly manufacturer: string;
  readonly performed_date: string;
  readonly performed_time: string;
  readonly frame_of_reference_uid: string;
  readonly instance_count: number;
  readonly size_bytes: number;
  readonly first_received_at: string;
  readonly last_received_at: string;
  readonly state: "arriving" | "ready";
}
export const parseSeriesRow: Parse<SeriesRow> = structure<SeriesRow>({
  series_instance_uid: text,
  modality: text,
  number: nullable(numeral),
  description: text,
  body_part: text,
  laterality: text,
  protocol: text,
  station: text,
  manufacturer: text,
  performed_date: text,
  performed_time: text,
  frame_of_reference_uid: text,
  instance_count: numeral,
  size_bytes: numeral,
  first_received_at: text,
  last_received_at: text,
  state: oneOf("arriving", "ready"),
});

export interface SessionView {
  readonly name: string;
  readonly display_name: string;
  readonly organisation: string;
  readonly roles: readonly ("admin" | "auditor" | "chief" | "reader" | "referrer" | "service" | "technologist")[];
  readonly rights: readonly ("audit" | "commit" | "find" | "get" | "import" | "manage-accounts" | "manage-peers" | "move" | "operate" | "promote" | "read" | "settle" | "store")[];
  readonly csrf: string;
  readonly expires_at: string | null;
  readonly preferences: Preferences;
  readonly version: string;
}
export const parseSessionView: Parse<SessionView> = structure<SessionView>({
  name: text,
  display_name: text,
  organisation: text,
  roles: list(oneOf("admin", "auditor", "chief", "reader", "referrer", "service", "technologist")),
  rights: list(oneOf("audit", "commit", "find", "get", "import", "manage-accounts", "manage-peers", "move", "operate", "promote", "read", "settle", "store")),
  csrf: text,
  expires_at: nullable(text),
  preferences: later(() => parsePreferences),
  version: text,
});

export interface SetPassword {
  readonly password?: string | null;
  readonly current?: string | null;
}

export interface SignIn {
  readonly name: string;
  readonly password: string;
  readonly organisation?: string;
}

export interface StudyDetail {
  readonly study: StudyRow;
  readonly series: readonly SeriesRow[];
}
export const parseStudyDetail: Parse<StudyDetail> = structure<StudyDetail>({
  study: later(() => parseStudyRow),
  series: list(later(() => parseSeriesRow)),
});

export interface StudyPage {
  readonly items: readonly StudyRow[];
  readonly next: string | null;
  readonly previous: string | null;
  readonly total: number | "more";
  readonly filtered_out: number | "more";
}
export const parseStudyPage: Parse<StudyPage> = structure<StudyPage>({
  items: list(later(() => parseStudyRow)),
  next: nullable(text),
  previous: nullable(text),
  total: either(numeral, oneOf("more")),
  filtered_out: either(numeral, oneOf("more")),
});

export interface StudyRow {
  readonly study_instance_uid: string;
  readonly patient: PatientView;
  readonly study_date: string;
  readonly study_time: string;
  readonly accession_number: string;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly referring: string;
  readonly institution: string;
  readonly series_count: number;
  readonly instance_count: number;
  readonly size_bytes: number;
  readonly first_received_at: string;
  readonly last_received_at: string;
  readonly state: "arriving" | "ready";
  readonly open_variants: number;
  readonly identity: "provisional" | "resolved" | "unresolved";
}
export const parseStudyRow: Parse<StudyRow> = structure<StudyRow>({
  study_instance_uid: text,
  patient: later(() => parsePatientView),
  study_date: text,
  study_time: text,
  accession_number: text,
  description: text,
  modalities: list(text),
  referring: text,
  institution: text,
  series_count: numeral,
  instance_count: numeral,
  size_bytes: numeral,
  first_received_at: text,
  last_received_at: text,
  state: oneOf("arriving", "ready"),
  open_variants: numeral,
  identity: oneOf("provisional", "resolved", "unresolved"),
});

export interface SystemView {
  readonly version: string;
  readonly engine: string;
  readonly organisation: string;
  readonly ae_title: string;
  readonly free_bytes: number | null;
  readonly findings: readonly Finding[];
}
export const parseSystemView: Parse<SystemView> = structure<SystemView>({
  version: text,
  engine: text,
  organisation: text,
  ae_title: text,
  free_bytes: nullable(numeral),
  findings: list(later(() => parseFinding)),
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
  readonly id: string;
  readonly sop_instance_uid: string;
  readonly study_instance_uid: string;
  readonly series_instance_uid: string;
  readonly digest: string;
  readonly length: number;
  readonly transfer_syntax: string;
  readonly state: "closed" | "open" | "promoted";
  readonly reason: string;
  readonly received_at: string;
  readonly closed_at: string | null;
  readonly origin: OriginView;
}
export const parseVariantRow: Parse<VariantRow> = structure<VariantRow>({
  id: text,
  sop_instance_uid: text,
  study_instance_uid: text,
  series_instance_uid: text,
  digest: text,
  length: numeral,
  transfer_syntax: text,
  state: oneOf("closed", "open", "promoted"),
  reason: text,
  received_at: text,
  closed_at: nullable(text),
  origin: later(() => parseOriginView),
});

export interface Operations {
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
  readonly "GET /api/v1/accounts": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: AccountList;
  };
  readonly "GET /api/v1/audit": {
    readonly path: undefined;
    readonly query: { readonly limit?: number | undefined; readonly before?: number | null | undefined; readonly actor?: string | undefined; readonly act?: string | undefined; readonly subject?: string | undefined; readonly outcome?: "failure" | "refused" | "success" | "" | undefined; readonly since?: string | undefined; readonly until?: string | undefined };
    readonly body: undefined;
    readonly answer: AuditPage;
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
  readonly "GET /api/v1/studies": {
    readonly path: undefined;
    readonly query: { readonly limit?: number | undefined; readonly after?: string | undefined; readonly sort?: "patient_id" | "patient_name" | "received" | "study_date" | undefined; readonly order?: "asc" | "desc" | undefined; readonly patient_name?: string | undefined; readonly patient_id?: string | undefined; readonly accession?: string | undefined; readonly modality?: readonly string[] | undefined; readonly date_from?: string | "" | undefined; readonly date_to?: string | "" | undefined; readonly description?: string | undefined; readonly identity?: "provisional" | "resolved" | "unresolved" | "" | undefined; readonly state?: "arriving" | "ready" | "" | undefined };
    readonly body: undefined;
    readonly answer: StudyPage;
  };
  readonly "GET /api/v1/studies/{study}": {
    readonly path: { readonly study: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: StudyDetail;
  };
  readonly "GET /api/v1/studies/{study}/series/{series}/bundle": {
    readonly path: { readonly study: string; readonly series: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Bundle;
  };
  readonly "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/frames/{n}": {
    readonly path: { readonly study: string; readonly series: string; readonly sop: string; readonly n: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/studies/{study}/series/{series}/thumbnail": {
    readonly path: { readonly study: string; readonly series: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/system": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: SystemView;
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
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
  readonly "POST /api/v1/variants/{id}/promote": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: undefined;
  };
}

export const answers: { readonly [K in keyof Operations]: Parse<Operations[K]["answer"]> } = {
  "DELETE /api/v1/peers/{id}": nothing,
  "DELETE /api/v1/refused-senders/{id}": nothing,
  "DELETE /api/v1/session": nothing,
  "GET /api/v1/accounts": later(() => parseAccountList),
  "GET /api/v1/audit": later(() => parseAuditPage),
  "GET /api/v1/events": stream,
  "GET /api/v1/instances/{sop}/variants": later(() => parseVariantList),
  "GET /api/v1/peers": later(() => parsePeerList),
  "GET /api/v1/quarantine": later(() => parseQuarantinePage),
  "GET /api/v1/refused-senders": later(() => parseRefusedSenderList),
  "GET /api/v1/session": later(() => parseSessionView),
  "GET /api/v1/studies": later(() => parseStudyPage),
  "GET /api/v1/studies/{study}": later(() => parseStudyDetail),
  "GET /api/v1/studies/{study}/series/{series}/bundle": later(() => parseBundle),
  "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/frames/{n}": stream,
  "GET /api/v1/studies/{study}/series/{series}/thumbnail": stream,
  "GET /api/v1/system": later(() => parseSystemView),
  "PATCH /api/v1/accounts/{name}": later(() => parseAccountRow),
  "PATCH /api/v1/peers/{id}": later(() => parsePeerRow),
  "PATCH /api/v1/session/preferences": later(() => parseSessionView),
  "POST /api/v1/accounts": later(() => parseAccountCreated),
  "POST /api/v1/accounts/{name}/password": later(() => parsePasswordSet),
  "POST /api/v1/peers": later(() => parsePeerRow),
  "POST /api/v1/refused-senders/{id}/admit": later(() => parsePeerRow),
  "POST /api/v1/session": later(() => parseSessionView),
  "POST /api/v1/studies/{study}/settle": nothing,
  "POST /api/v1/variants/{id}/promote": nothing,
};
