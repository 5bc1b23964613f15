// Marks of one study on the reading page: the book that keeps them, the slate they are drawn on, the tools and the layers of each pane.
import { type KontorClient, newId, type SessionView, type StudyName } from "../../api";
import type { Words } from "../../locale";
import {
  DrawingTool,
  grabbing,
  isTooShort,
  KeyboardPointer,
  type Mark,
  MarkBook,
  type MarkKind,
  mountMarks,
  mountRuler,
  Readings,
  Slate,
  waitingMarks,
} from "../../tools";
import type { PaneGeometry, PointerSample, PointerTool } from "../../viewport";
import type { MountLayer } from "../pane-layer";
import { type ReadingTool, VIEW_TOOLS } from "../tool-registry";
import { apiKeeper } from "./api-keeper";
import { labelLines, rulerText } from "./figure-text";
import { type MarkingView, renewed } from "./marking-view";
import { tellOtherWindows } from "./other-windows";

export interface MarkingDeps {
  readonly client: KontorClient;
  readonly study: StudyName;
  readonly session: Pick<SessionView, "organisation" | "name" | "display_name">;
  readonly store: Storage;
}

/** A calibration line whose true length is not known yet. */
export interface OpenCalibration {
  readonly mark: Mark;
  readonly geometry: PaneGeometry;
}

const TOOLS: readonly (Pick<ReadingTool, "key" | "icon"> & { readonly kind: MarkKind })[] = [
  { kind: "length", key: "m", icon: "length" },
  { kind: "angle", key: "j", icon: "angle" },
  { kind: "ellipse", key: "o", icon: "ellipse" },
  { kind: "probe", key: "h", icon: "probe" },
  { kind: "arrow", key: "t", icon: "arrow" },
  { kind: "calibration", key: "Shift+k", icon: "calibration" },
];

export class Marking {
  readonly book: MarkBook;
  readonly slate: Slate;
  readonly readings: Readings;
  readonly keyboard: KeyboardPointer;
  readonly tools: readonly ReadingTool[];
  readonly layers: readonly MountLayer[];
  /** A calibration line that waits for its length, or what was wrong with the last one. */
  calibrating: OpenCalibration | "tooShort" | null = null;
  /** Which pane the keyboard measures in; the page knows it. */
  activePlace: () => { readonly host: HTMLElement; readonly geometry: () => PaneGeometry | null } | null = () => null;
  private seen: MarkingView | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly drawing = new Map<string, DrawingTool>();
  private readonly ending: readonly (() => void)[];

  constructor({ client, study, session, store }: MarkingDeps) {
    const { organisation, name: account } = session;
    const waiting = waitingMarks(store, { organisation, account, study: study.uid, studyKey: study.key });
    this.book = new MarkBook({ keeper: apiKeeper(client, study), waiting, later });
    const stamp = { id: newId, now: () => new Date().toISOString() };
    this.slate = new Slate(this.book, stamp, session.display_name || account);
    this.readings = new Readings(this.slate);
    this.keyboard = new KeyboardPointer(this.slate);
    this.tools = [...VIEW_TOOLS.map((tool) => this.alsoGrabbing(tool)), ...TOOLS.map((tool) => this.markTool(tool))];
    this.layers = [this.mountMarks, this.mountRuler];
    this.ending = [tellOtherWindows(this.book, `${organisation}/${account}/${study.uid}`), onlineAgain(this.book)];
  }

  subscribe = (listener: () => void): (() => void) => {
    const ends = [this.slate.subscribe(listener), this.book.subscribe(listener)];
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      for (const end of ends) end();
    };
  };

  view = (): MarkingView => {
    const { slate, book, keyboard, calibrating } = this;
    const { selected } = slate;
    this.seen = renewed(this.seen, {
      marks: book.marks(),
      selected,
      drafting: slate.draft !== null,
      aiming: keyboard.isActive,
      calibrating,
      book: book.state(),
    });
    return this.seen;
  };

  /** Puts the crosshair into the active pane; in hand is a tool that marks. */
  aim(kind: string): void {
    const place = this.activePlace();
    if (place === null) return;
    const tool = this.drawing.get(kind) ?? this.toolOf(kind as MarkKind);
    this.keyboard.start({ ...place, tool });
    this.tell();
  }

  endAim(): void {
    this.keyboard.end();
    this.tell();
  }

  /** Takes back what is begun: the mark in hand, else the crosshair, else the choice. */
  giveUp(): void {
    if (this.slate.draft !== null) {
      for (const tool of this.drawing.values()) tool.cancel();
      this.slate.hold(null);
    } else if (this.keyboard.isActive) this.endAim();
    else this.slate.select(null);
  }

  /** The true length of the open calibration line. */
  calibrate(millimetres: number): void {
    if (this.calibrating === null || this.calibrating === "tooShort") return;
    this.slate.keep({ ...this.calibrating.mark, millimetres });
    this.closeCalibration();
  }

  closeCalibration(): void {
    this.calibrating = null;
    this.slate.hold(null);
    this.tell();
  }

  dispose(): void {
    for (const end of this.ending) end();
    this.book.dispose();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private alsoGrabbing(tool: ReadingTool): ReadingTool {
    return { ...tool, create: (context) => grabbing(tool.create(context), this.slate) };
  }

  private markTool({ kind, key, icon }: (typeof TOOLS)[number]): ReadingTool {
    return {
      id: kind,
      label: `marks.tool.${kind}`,
      key,
      icon,
      cursor: "crosshair",
      group: "mark",
      create: () => this.withMouse(this.toolOf(kind)),
      held: (again) => {
        if (again || document.querySelector(".viewport:hover") === null) this.aim(kind);
        else this.endAim();
      },
    };
  }

  /** One tool of a kind for all panes: a mark belongs to its frame, wherever that hangs. */
  private toolOf(kind: MarkKind): DrawingTool {
    const known = this.drawing.get(kind);
    if (known !== undefined) return known;
    const finish = (mark: Mark, at: PointerSample): void => this.askLength(mark, at);
    const made = new DrawingTool(kind, { slate: this.slate, ...(kind === "calibration" ? { finish } : {}) });
    this.drawing.set(kind, made);
    return made;
  }

  private askLength(mark: Mark, at: PointerSample): void {
    if (at.geometry === null) return;
    const short = isTooShort(mark, at);
    this.calibrating = short ? "tooShort" : { mark, geometry: at.geometry };
    this.slate.hold(short ? null : mark);
    this.tell();
  }

  /** A press of the mouse ends the crosshair; until then the mouse passing by does not move what the keyboard draws. */
  private withMouse(tool: DrawingTool): PointerTool {
    return {
      down: (at) => {
        if (this.keyboard.isActive) this.endAim();
        return tool.down(at);
      },
      move: (at) => tool.move(at),
      up: (at) => tool.up(at),
      hover: (at) => {
        if (!this.keyboard.isActive) tool.hover(at);
      },
      cancel: () => {
        if (this.keyboard.isActive) this.endAim();
        else tool.cancel();
      },
    };
  }

  private readonly mountMarks: MountLayer = (host, { words }) =>
    mountMarks(host, this.slate, this.readings, (mark, measured) => labelLines(mark, measured, words));

  private readonly mountRuler: MountLayer = (host, { words }: { readonly words: Words }) =>
    mountRuler(host, this.slate, (arm, ruler) => rulerText(arm, ruler, words));
}

function later(act: () => void, milliseconds: number): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}

/** What waits is sent as soon as the browser says that there is a line again. */
function onlineAgain(book: MarkBook): () => void {
  const hurry = (): void => book.hurry();
  window.addEventListener("online", hurry);
  return () => window.removeEventListener("online", hurry);
}
