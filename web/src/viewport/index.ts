// The face of `viewport`: panes, loading and decoding.

export { type Decoder, startDecoder } from "./decode/decoder";
export { type Picture, pictureBytes, Undecodable, type UndecodableReason } from "./decode/picture";
export { preparedBytes } from "./decode/preparing";
export { type PaneGeometry, paneGeometry } from "./geometry";
export { type BundleInstance, instancesOf } from "./loading/bundle";
export { FrameCache } from "./loading/frame-cache";
export { type FrameOrigin, frameSource, type LoadFrame, type StoredFrame } from "./loading/frame-source";
export { joinedLoads } from "./loading/joined-loads";
export { LineSpeed } from "./loading/line-speed";
export type { LoadProgress } from "./loading/stack-loader";
export type { RendererWish } from "./planar/choose-renderer";
export type { RendererKind } from "./planar/drawing";
export { Pane } from "./planar/pane";
export type { PaneContent, PaneDeps, PaneLink, PaneReport, Presented } from "./planar/pane-report";
export { firstState, type SetState } from "./planar/pane-state";
export { attachPointer, type MouseButton, type PointerSample, type PointerTool } from "./planar/pointer";
export { lensTool, panTool, stackTool, windowTool, zoomTool } from "./planar/view-tools";
export { type Focus, focusOf, type PlaneArea, planeArea } from "./sync/focus";
export { alignedIndex, type Coupling, couplingOf, offsetFrom, type Refusal } from "./sync/linked-stacks";
export { type ReferenceLine, referenceLine } from "./sync/reference-line";
