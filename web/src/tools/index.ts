// The face of `tools`: measuring and marks, drawn above any pane and kept as they are made.
import "./marks.css";

export { DrawingTool } from "./drawing-tool";
export { isTooShort } from "./editing";
export { grabbing } from "./grabbing";
export { type KeyboardPlace, KeyboardPointer } from "./keyboard-pointer";
export { isOn, MARK_KINDS, type Mark, type MarkKind, type MarkStamp, newMark } from "./mark";
export { type BookDeps, type BookState, MarkBook, type MarkConflict } from "./mark-book";
export { KeeperAway, type KeptMark, MarkChanged, type MarkKeeper, MarkRefused } from "./mark-keeper";
export { type Describe, type LabelLine, mountMarks } from "./mark-layer";
export { type Figure, type FigureName, type Ground, type Measurement, measure, type Refusal } from "./measuring";
export { Readings } from "./readings";
export { rounded } from "./rounding";
export type { Ruler, RulerArm } from "./ruler";
export { type DescribeRuler, mountRuler } from "./ruler-layer";
export { Slate } from "./slate";
export { pathOf, svg } from "./svg";
export { type WaitingMarks, waitingMarks } from "./waiting-marks";
