// The face of `display`: what the rest of the client may use of it.
export { autoWindow } from "./auto-window";
export * from "./calibration";
export * from "./coded";
export * from "./colour";
export { type Cover, coverOf, OVERLAID, SHUTTERED, UNCOVERED } from "./cover";
export * from "./dataset";
export { type DisplaySet, displaySets, isLocalizer, type SeriesContents } from "./display-sets";
export * from "./element-tree";
export {
  asSigned,
  bValueOf,
  type Frame,
  frameNumber,
  framesOf,
  gradientOf,
  type Instance,
  lossyRatioOf,
  pixelSpacingOf,
  withConflict,
} from "./frame";
export { planesOn, shutterOn } from "./frame-cover";
export * from "./grey";
export { type ColourConversion, colourConversion } from "./icc-profile";
export { lateralityOf, type Side, sideOfText, sidesClash } from "./laterality";
export { type Lookup, lookUp } from "./lookup";
export { type ModalityTransform, toModality } from "./modality";
export * from "./object-kinds";
export { ObjectTags } from "./object-tags";
export * from "./orientation";
export { orientationConflicts } from "./orientation-conflict";
export {
  type EmbeddedPlane,
  embeddedPlanes,
  hasOverlays,
  isOverlayOnly,
  type OverlayBytes,
  type OverlayPlane,
  overlayPlanes,
  overlaysLeftOut,
} from "./overlay-planes";
export { isPadding, type PaddingRange } from "./padding";
export * from "./picture-window";
export * from "./pixels";
export * from "./plane";
export { areaToPicture, areaView, type DisplayedArea } from "./presentation-area";
export * from "./presentation-graphics";
export * from "./presentation-state";
export { StateTags } from "./presentation-tags";
export * from "./presets";
export type { Spacing, SpacingConflict } from "./projection-spacing";
export * from "./report-value";
export { roundGrey } from "./rounding";
export { readShutter, type Shutter } from "./shutters";
export { gantryTilt, type StackGap, type StackSpacing, sameFrameOfReference, stackSpacing } from "./stack-geometry";
export { type StackOrder, scrollDepth } from "./stack-order";
export * from "./structured-report";
export { supplementalPalette, supplementedRgba } from "./supplemental-palette";
export type { NoUptake } from "./suv";
export { Tags } from "./tags";
export { readRegions, regionAt, type UltrasoundRegion } from "./ultrasound-regions";
export { isHounsfield, type ReadOut, readOutOf } from "./units";
export * from "./view";
export { type Voi, type VoiFunction, voiGrey, type Window } from "./voi";
export * from "./waveform";
export * from "./waveform-scale";
