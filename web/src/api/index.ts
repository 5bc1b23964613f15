// The face of the api room: one client for arriving and signing in and one of each session, built by the application with its transport.
import { AccountClient, SessionClient } from "./accounts";
import { Caller, type Holder, type Send } from "./caller";
import { ClaimClient } from "./claims";
import { EventClient } from "./events";
import { ImageClient } from "./images";
import { ImportClient } from "./imports";
import { MarkClient } from "./marks";
import { PeerClient } from "./peers";
import { Problem } from "./problem";
import { StudyClient } from "./studies";
import { SystemClient } from "./system";
import { ViewClient } from "./views";

export class KontorClient {
  readonly session: SessionClient;
  readonly studies: StudyClient;
  readonly images: ImageClient;
  readonly marks: MarkClient;
  readonly claims: ClaimClient;
  readonly views: ViewClient;
  readonly accounts: AccountClient;
  readonly peers: PeerClient;
  readonly system: SystemClient;
  readonly imports: ImportClient;
  readonly events: EventClient;

  private readonly caller: Caller;

  constructor(
    private readonly root: string,
    private readonly send: Send,
  ) {
    const caller = new Caller(root, send);
    this.caller = caller;
    this.session = new SessionClient(caller);
    this.studies = new StudyClient(caller);
    this.images = new ImageClient(caller);
    this.marks = new MarkClient(caller);
    this.claims = new ClaimClient(caller);
    this.views = new ViewClient(caller);
    this.accounts = new AccountClient(caller);
    this.peers = new PeerClient(caller);
    this.system = new SystemClient(caller);
    this.imports = new ImportClient(caller);
    this.events = new EventClient(caller);
  }

  /** Tells of every refusal that says that nobody is signed in, or no more. */
  onSessionEnd(listener: () => void): () => void {
    return this.caller.onSessionEnd(listener);
  }

  /** Tells of every request before it is sent, but not of those in the background. */
  onCall(listener: () => void): () => void {
    return this.caller.onCall(listener);
  }

  /**
   * A client of this session only: once `ended` aborts, nothing is sent that would pass for the doing of who comes next. The
   * windows of a browser share the cookie: until one has heard that somebody else signed in in another, it still looks as them.
   */
  inSession(holder: Holder, ended: AbortSignal): KontorClient {
    const client = new KontorClient(this.root, async (request, sending) => {
      if (ended.aborted) throw new Problem({ code: "session-expired", title: "the session of this client has ended" });
      return await this.send(request, sending);
    });
    client.caller.belongTo(holder);
    return client;
  }

  /** For what nobody waits for: its requests stand behind all others (Fetch, "priority"). */
  inBackground(): KontorClient {
    return new KontorClient(this.root, (request) => this.send(new Request(request, { priority: "low" })));
  }

  /** The language in which the server phrases its refusals. */
  speak(language: string): void {
    this.caller.speak(language);
  }
}

export type { Send } from "./caller";
export { holderOf } from "./claims";
export type { ArchiveEvent } from "./events";
export type * from "./generated";
export type { EncodedFrame } from "./images";
export { type MarkDraft, markThatStands } from "./marks";
export { newId } from "./new-id";
export { Unexpected } from "./parse";
export { overTheLine, Problem, Unreachable } from "./problem";
export type { StudyMatch, StudyQuery } from "./studies";
export type { AuditCriteria, AuditQuery } from "./system";
export { overTheNet } from "./transport";
export {
  InvalidUid,
  rowName,
  type SeriesUid,
  type SopUid,
  type StudyName,
  type StudyUid,
  sameStudy,
  seriesUid,
  sopUid,
  studyName,
  studyUid,
} from "./uids";
