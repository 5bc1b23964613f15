// Other windows of this browser that show images: who they are, which patient they show, and what goes along between them.
import type { Focus } from "../viewport";

export interface OpenStudy {
  readonly study: string;
  readonly studyKey: string;
  /** Who is shown, as `patientKey` tells persons apart. Compared, never shown. */
  readonly patient: string;
  readonly name: string;
}

type Opened = Pick<OpenStudy, "study" | "studyKey">;

/** Two patients may have images under one Study Instance UID: the key tells them apart. */
export const isSameStudy = (one: Opened, other: Opened): boolean =>
  one.study === other.study && one.studyKey === other.studyKey;

/** What windows with one study have in common. */
export interface Together {
  readonly linked: boolean;
  readonly localiser: boolean;
  /** Series that hang there. */
  readonly hung: readonly string[];
}

export interface Companion extends OpenStudy {
  readonly id: string;
  readonly second: boolean;
  readonly hung: readonly string[];
}

/** Who else shows images as far as is known, also to whoever asks on leaving. */
export interface OtherWindows {
  current: readonly Companion[];
}

type Message = { readonly from: string } & (
  | { readonly kind: "who" }
  | { readonly kind: "here"; readonly open: OpenStudy; readonly second: boolean }
  /** `closed`: the window is gone; else it only shows no images now. */
  | { readonly kind: "gone"; readonly closed: boolean }
  | { readonly kind: "together"; readonly of: OpenStudy; readonly together: Together }
  | { readonly kind: "focus"; readonly of: OpenStudy; readonly focus: Focus }
);
type Content = Message extends infer M ? (M extends Message ? Omit<M, "from"> : never) : never;

/** The browser's BroadcastChannel, as far as it is used. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

export interface CompanionDeps {
  readonly channel: Channel;
  readonly id: string;
  readonly second: boolean;
  /** Calls back when the window with this id is gone, also after a crash; the signal ends the waiting. */
  readonly untilGone: (id: string, signal: AbortSignal) => Promise<void>;
  readonly onChange: (companions: readonly Companion[]) => void;
  readonly onClosed: (companion: Companion) => void;
  readonly onTogether: (together: Together) => void;
  readonly onFocus: (focus: Focus) => void;
}

export class Companions {
  private readonly known = new Map<string, Companion>();
  private readonly ending = new AbortController();

  constructor(
    private readonly open: OpenStudy,
    private readonly deps: CompanionDeps,
  ) {
    // Only our own windows can speak here: a channel is of one origin.
    deps.channel.onmessage = (event: MessageEvent<Message>) => this.hear(event.data);
    this.say({ kind: "who" });
    this.sayHere();
  }

  tellTogether(together: Together): void {
    this.say({ kind: "together", of: this.open, together });
  }

  tellFocus(focus: Focus): void {
    this.say({ kind: "focus", of: this.open, focus });
  }

  /** This window shows the study no more; `closed`: nothing any more. */
  leave(closed: boolean): void {
    if (this.ending.signal.aborted) return;
    this.say({ kind: "gone", closed });
    this.ending.abort();
    this.deps.channel.onmessage = null;
    this.deps.channel.close();
  }

  private hear(message: Message): void {
    if (message.from === this.deps.id) return;
    switch (message.kind) {
      case "who":
        this.sayHere();
        break;
      case "here":
        this.meet(message.from, message.open, message.second);
        break;
      case "gone":
        this.forget(message.from, message.closed);
        break;
      case "together":
        if (isSameStudy(message.of, this.open)) this.join(message.from, message.together);
        break;
      case "focus":
        if (isSameStudy(message.of, this.open)) this.deps.onFocus(message.focus);
        break;
    }
  }

  private meet(id: string, open: OpenStudy, second: boolean): void {
    const before = this.known.get(id);
    this.known.set(id, { id, second, hung: before?.hung ?? [], ...open });
    if (before === undefined)
      this.deps.untilGone(id, this.ending.signal).then(
        () => {
          this.forget(id, true);
          // One that had only not taken its lock yet answers, and is known again: the warning of another patient must stand.
          if (!this.ending.signal.aborted) this.say({ kind: "who" });
        },
        () => undefined, // this window went first
      );
    this.changed();
  }

  private join(id: string, together: Together): void {
    const companion = this.known.get(id);
    if (companion !== undefined) this.known.set(id, { ...companion, hung: together.hung });
    this.changed();
    this.deps.onTogether(together);
  }

  private forget(id: string, closed: boolean): void {
    const companion = this.known.get(id);
    if (companion === undefined || this.ending.signal.aborted) return;
    this.known.delete(id);
    this.changed();
    if (closed) this.deps.onClosed(companion);
  }

  private changed(): void {
    this.deps.onChange([...this.known.values()]);
  }

  private sayHere(): void {
    this.say({ kind: "here", open: this.open, second: this.deps.second });
  }

  private say(content: Content): void {
    this.deps.channel.postMessage({ ...content, from: this.deps.id });
  }
}
