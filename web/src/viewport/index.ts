// The face of `viewport`: panes, loading and decoding.

export { type Decoder, startDecoder } from "./decode/decoder";
export { type Picture, Undecodable, type UndecodableReason } from "./decode/picture";
export { type PaneGeometry, paneGeometry } from "./geometry";
export { type BundleInstance, instancesOf } from "./loading/bundle";
export { FrameCache } from "./loading/frame-cache";
export { type FrameOrigin, frameSource, type LoadFrame, type StoredFrame } from "./loading/frame-source";
export type { LoadProgress } from "./loading/stack-loader";
export type { RendererWish } from "./planar/choose-renderer";
export type { RendererKind } from "./planar/drawing";
export { Pane, type PaneContent, type PaneDeps, type PaneReport } from "./planar/pane";
export { attachPointer, type ToolId } from "./planar/pointer";
