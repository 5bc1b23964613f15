// Generated from openapi.json by scripts/generate-api.mjs; not edited by hand.
import { type Parse, anything, either, flag, later, list, mapOf, nothing, nullable, numeral, oneOf, stream, structure, text } from "./parse";

export interface Account {
  readonly name: string;
  readonly display_name: string;
  readonly roles: readonly (string)[];
  readonly disabled: boolean;
  readonly created_at: string;
  readonly last_seen_at: string | null;
}
export const parseAccount: Parse<Account> = structure<Account>({
  name: text,
  display_name: text,
  roles: list(text),
  disabled: flag,
  created_at: text,
  last_seen_at: nullable(text),
});

export interface AccountChange {
  readonly roles?: readonly (string)[];
  readonly disabled?: boolean;
  readonly display_name?: string;
}

export interface AccountCreated {
  readonly account: Account;
  readonly password: string;
}
export const parseAccountCreated: Parse<AccountCreated> = structure<AccountCreated>({
  account: later(() => parseAccount),
  password: text,
});

export interface AccountList {
  readonly items: readonly (Account)[];
}
export const parseAccountList: Parse<AccountList> = structure<AccountList>({
  items: list(later(() => parseAccount)),
});

export interface Admit {
  readonly name?: string;
  readonly may?: readonly (string)[];
}

export interface AuditPage {
  readonly items: readonly (AuditRow)[];
  readonly next: string | null;
  readonly previous: string | null;
  readonly filtered_out: number;
}
export const parseAuditPage: Parse<AuditPage> = structure<AuditPage>({
  items: list(later(() => parseAuditRow)),
  next: nullable(text),
  previous: nullable(text),
  filtered_out: numeral,
});

export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly outcome: string;
  readonly address: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
export const parseAuditRow: Parse<AuditRow> = structure<AuditRow>({
  id: text,
  at: text,
  actor: text,
  act: text,
  subject: text,
  outcome: text,
  address: text,
  detail: mapOf(anything),
});

export interface Bundle {
  readonly study_instance_uid: string;
  readonly series_instance_uid: string;
  readonly built_from: unknown;
  readonly instances: readonly (BundleInstance)[];
}
export const parseBundle: Parse<Bundle> = structure<Bundle>({
  study_instance_uid: text,
  series_instance_uid: text,
  built_from: anything,
  instances: list(later(() => parseBundleInstance)),
});

export interface BundleFrames {
  readonly count: number;
  readonly lossy: boolean;
  readonly bytes: readonly (number)[];
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

export interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly text: string;
}
export const parseFinding: Parse<Finding> = structure<Finding>({
  code: text,
  severity: text,
  text: text,
});

export interface NewAccount {
  readonly name: string;
  readonly display_name?: string;
  readonly roles: readonly (string)[];
}

export interface NewPeer {
  readonly ae_title: string;
  readonly name?: string;
  readonly host?: string;
  readonly port?: number | null;
  readonly may: readonly (string)[];
}

export interface PasswordReset {
  readonly password: string;
}
export const parsePasswordReset: Parse<PasswordReset> = structure<PasswordReset>({
  password: text,
});

export interface Patient {
  readonly name: string;
  readonly patient_id: string;
  readonly issuer: string;
  readonly birth_date: string;
  readonly sex: string;
  readonly identity: "confirmed" | "provisional" | "unresolved";
}
export const parsePatient: Parse<Patient> = structure<Patient>({
  name: text,
  patient_id: text,
  issuer: text,
  birth_date: text,
  sex: text,
  identity: oneOf("confirmed", "provisional", "unresolved"),
});

export interface Peer {
  readonly id: string;
  readonly ae_title: string;
  readonly name: string;
  readonly host: string;
  readonly port: number | null;
  readonly may: readonly (string)[];
  readonly last_seen_at: string | null;
  readonly disabled: boolean;
}
export const parsePeer: Parse<Peer> = structure<Peer>({
  id: text,
  ae_title: text,
  name: text,
  host: text,
  port: nullable(numeral),
  may: list(text),
  last_seen_at: nullable(text),
  disabled: flag,
});

export interface PeerChange {
  readonly name?: string;
  readonly host?: string;
  readonly port?: number | null;
  readonly may?: readonly (string)[];
  readonly disabled?: boolean;
}

export interface PeerList {
  readonly items: readonly (Peer)[];
}
export const parsePeerList: Parse<PeerList> = structure<PeerList>({
  items: list(later(() => parsePeer)),
});

export interface Preferences {
  readonly language: "de" | "en" | null;
  readonly density: "compact" | "normal" | "comfortable" | null;
}
export const parsePreferences: Parse<Preferences> = structure<Preferences>({
  language: nullable(oneOf("de", "en")),
  density: nullable(oneOf("compact", "normal", "comfortable")),
});

export interface RefusedList {
  readonly items: readonly (RefusedSender)[];
}
export const parseRefusedList: Parse<RefusedList> = structure<RefusedList>({
  items: list(later(() => parseRefusedSender)),
});

export interface RefusedSender {
  readonly id: string;
  readonly calling_ae: string;
  readonly called_ae: string;
  readonly address: string;
  readonly reason: string;
  readonly count: number;
  readonly first_at: string;
  readonly last_at: string;
}
export const parseRefusedSender: Parse<RefusedSender> = structure<RefusedSender>({
  id: text,
  calling_ae: text,
  called_ae: text,
  address: text,
  reason: text,
  count: numeral,
  first_at: text,
  last_at: text,
});

export interface SeriesRow {
  readonly series_instance_uid: string;
  readonly number: number | null;
  readonly modality: string;
  readonly description: string;
  readonly body_part: string;
  readonly instance_count: number;
  readonly frame_count: number;
  readonly lossy: boolean;
  readonly settled: boolean;
}
export const parseSeriesRow: Parse<SeriesRow> = structure<SeriesRow>({
  series_instance_uid: text,
  number: nullable(numeral),
  modality: text,
  description: text,
  body_part: text,
  instance_count: numeral,
  frame_count: numeral,
  lossy: flag,
  settled: flag,
});

export interface Session {
  readonly account: string;
  readonly display_name: string;
  readonly roles: readonly (string)[];
  readonly rights: readonly (string)[];
  readonly csrf: string;
  readonly preferences: Preferences;
  readonly organisation: string;
}
export const parseSession: Parse<Session> = structure<Session>({
  account: text,
  display_name: text,
  roles: list(text),
  rights: list(text),
  csrf: text,
  preferences: later(() => parsePreferences),
  organisation: text,
});

export interface SignIn {
  readonly name: string;
  readonly password: string;
}

export interface StudyDetail {
  readonly study: StudyRow;
  readonly series: readonly (SeriesRow)[];
}
export const parseStudyDetail: Parse<StudyDetail> = structure<StudyDetail>({
  study: later(() => parseStudyRow),
  series: list(later(() => parseSeriesRow)),
});

export interface StudyPage {
  readonly items: readonly (StudyRow)[];
  readonly next: string | null;
  readonly previous: string | null;
  readonly filtered_out: number;
  readonly total: number | "more";
}
export const parseStudyPage: Parse<StudyPage> = structure<StudyPage>({
  items: list(later(() => parseStudyRow)),
  next: nullable(text),
  previous: nullable(text),
  filtered_out: numeral,
  total: either(numeral, oneOf("more")),
});

export interface StudyRow {
  readonly study_instance_uid: string;
  readonly patient: Patient;
  readonly study_date: string;
  readonly study_time: string;
  readonly accession_number: string;
  readonly description: string;
  readonly modalities: readonly (string)[];
  readonly referring: string;
  readonly institution: string;
  readonly series_count: number;
  readonly instance_count: number;
  readonly size_bytes: number;
  readonly first_received_at: string;
  readonly last_received_at: string;
  readonly state: "arriving" | "ready";
  readonly open_variants: number;
  readonly identity: "confirmed" | "provisional" | "unresolved";
}
export const parseStudyRow: Parse<StudyRow> = structure<StudyRow>({
  study_instance_uid: text,
  patient: later(() => parsePatient),
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
  identity: oneOf("confirmed", "provisional", "unresolved"),
});

export interface System {
  readonly version: string;
  readonly started_at: string;
  readonly findings: readonly (Finding)[];
  readonly free_bytes: number | null;
  readonly studies: number | null;
}
export const parseSystem: Parse<System> = structure<System>({
  version: text,
  started_at: text,
  findings: list(later(() => parseFinding)),
  free_bytes: nullable(numeral),
  studies: nullable(numeral),
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
    readonly query: { readonly limit?: number | undefined; readonly after?: string | undefined; readonly actor?: string | undefined; readonly act?: string | undefined };
    readonly body: undefined;
    readonly answer: AuditPage;
  };
  readonly "GET /api/v1/events": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Response;
  };
  readonly "GET /api/v1/peers": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: PeerList;
  };
  readonly "GET /api/v1/refused-senders": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: RefusedList;
  };
  readonly "GET /api/v1/session": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Session;
  };
  readonly "GET /api/v1/studies": {
    readonly path: undefined;
    readonly query: { readonly limit?: number | undefined; readonly after?: string | undefined; readonly sort?: string | undefined; readonly order?: string | undefined; readonly patient_name?: string | undefined; readonly patient_id?: string | undefined; readonly accession?: string | undefined; readonly modality?: string | undefined; readonly date_from?: string | undefined; readonly date_to?: string | undefined; readonly description?: string | undefined; readonly identity?: string | undefined; readonly state?: string | undefined };
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
    readonly answer: System;
  };
  readonly "PATCH /api/v1/accounts/{name}": {
    readonly path: { readonly name: string };
    readonly query: undefined;
    readonly body: AccountChange;
    readonly answer: Account;
  };
  readonly "PATCH /api/v1/peers/{id}": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: PeerChange;
    readonly answer: Peer;
  };
  readonly "PATCH /api/v1/session/preferences": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: Preferences;
    readonly answer: Preferences;
  };
  readonly "POST /api/v1/accounts": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: NewAccount;
    readonly answer: AccountCreated;
  };
  readonly "POST /api/v1/accounts/{name}/password": {
    readonly path: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: PasswordReset;
  };
  readonly "POST /api/v1/peers": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: NewPeer;
    readonly answer: Peer;
  };
  readonly "POST /api/v1/refused-senders/{id}/admit": {
    readonly path: { readonly id: string };
    readonly query: undefined;
    readonly body: Admit;
    readonly answer: Peer;
  };
  readonly "POST /api/v1/session": {
    readonly path: undefined;
    readonly query: undefined;
    readonly body: SignIn;
    readonly answer: Session;
  };
  readonly "POST /api/v1/studies/{study}/settle": {
    readonly path: { readonly study: string };
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
  "GET /api/v1/peers": later(() => parsePeerList),
  "GET /api/v1/refused-senders": later(() => parseRefusedList),
  "GET /api/v1/session": later(() => parseSession),
  "GET /api/v1/studies": later(() => parseStudyPage),
  "GET /api/v1/studies/{study}": later(() => parseStudyDetail),
  "GET /api/v1/studies/{study}/series/{series}/bundle": later(() => parseBundle),
  "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/frames/{n}": stream,
  "GET /api/v1/studies/{study}/series/{series}/thumbnail": stream,
  "GET /api/v1/system": later(() => parseSystem),
  "PATCH /api/v1/accounts/{name}": later(() => parseAccount),
  "PATCH /api/v1/peers/{id}": later(() => parsePeer),
  "PATCH /api/v1/session/preferences": later(() => parsePreferences),
  "POST /api/v1/accounts": later(() => parseAccountCreated),
  "POST /api/v1/accounts/{name}/password": later(() => parsePasswordReset),
  "POST /api/v1/peers": later(() => parsePeer),
  "POST /api/v1/refused-senders/{id}/admit": later(() => parsePeer),
  "POST /api/v1/session": later(() => parseSession),
  "POST /api/v1/studies/{study}/settle": nothing,
};
