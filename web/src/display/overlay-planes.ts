// Overlay planes of a frame (PS3.3 C.9.2, clinical rules 47 and 48): where their bits are and where they lie on the picture.
import { bytesOf, type Dataset, numberOf, numbersOf } from "./dataset";
import type { PixelLayout } from "./pixels";
import { Tags } from "./tags";

/** One plane of one frame; its first pixel lies at `top`, `left` of the picture, from 0, also outside of it. */
export interface OverlayPlane {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
  /** Packed from the lowest bit on. */
  readonly bytes: Uint8Array;
  readonly startBit: number;
}

/**
 * Bytes of planes that are not in the header, by group ("6000"): Overlay Data that was too long for it, or the plane of
 * this frame that was cut out of its pixel cells.
 */
export type OverlayBytes = Readonly<Record<string, Uint8Array>>;

/** A plane in an unused bit of Pixel Data (retired in PS3.3-2004, and found in old archives). */
export interface EmbeddedPlane {
  readonly group: string;
  readonly bit: number;
}

/** Even groups 6000 to 601E. */
const GROUPS: readonly string[] = Array.from({ length: 16 }, (_, index) =>
  (0x6000 + 2 * index).toString(16).toUpperCase(),
);
const PIXELS = [Tags.PixelData, Tags.FloatPixelData, Tags.DoubleFloatPixelData];
const ELEMENTS = {
  rows: "0010",
  columns: "0011",
  frames: "0015",
  origin: "0050",
  frameOrigin: "0051",
  bitsAllocated: "0100",
  bitPosition: "0102",
  data: "3000",
} as const;

type Element = keyof typeof ELEMENTS;

const tagOf = (group: string, element: Element): string => group + ELEMENTS[element];

/** Only the header's own tags are asked, so that an image without overlays costs nothing. */
export function overlayGroups(dataset: Dataset): readonly string[] {
  return GROUPS.filter((group) => size(dataset, group) !== null);
}

function size(dataset: Dataset, group: string): { readonly rows: number; readonly columns: number } | null {
  const rows = numberOf(dataset, tagOf(group, "rows")) ?? 0;
  const columns = numberOf(dataset, tagOf(group, "columns")) ?? 0;
  return rows > 0 && columns > 0 ? { rows, columns } : null;
}

export function hasOverlays(dataset: Dataset): boolean {
  return overlayGroups(dataset).length > 0;
}

/** Overlays and no pixels (clinical rule 48). */
export function isOverlayOnly(dataset: Dataset): boolean {
  return !PIXELS.some((tag) => tag in dataset) && hasOverlays(dataset);
}

/** Planes whose bits the decoder has to cut out: no Overlay Data, and Overlay Bits Allocated is the image's. */
export function embeddedPlanes(dataset: Dataset, layout: PixelLayout): readonly EmbeddedPlane[] {
  return overlayGroups(dataset).flatMap((group) => {
    const bit = numberOf(dataset, tagOf(group, "bitPosition")) ?? 0;
    const inPixels = numberOf(dataset, tagOf(group, "bitsAllocated")) === layout.bitsAllocated;
    const own = tagOf(group, "data") in dataset || !inPixels || bit < 0 || bit >= layout.bitsAllocated;
    return own ? [] : [{ group, bit }];
  });
}

/** Tags of Overlay Data that the header names but does not hold; by group. */
export function overlaysLeftOut(dataset: Dataset): readonly { readonly group: string; readonly tag: string }[] {
  return overlayGroups(dataset)
    .map((group) => ({ group, tag: tagOf(group, "data") }))
    .filter(({ tag }) => dataset[tag]?.BulkDataURI !== undefined);
}

/** The planes of a frame, counted from 0; a plane whose bytes are not there or too few is left out. */
export function overlayPlanes(
  dataset: Dataset,
  frame: number,
  layout: PixelLayout,
  brought: OverlayBytes = {},
): readonly OverlayPlane[] {
  return overlayGroups(dataset).flatMap((group) => {
    const plane = overlayPlane(dataset, group, frame, layout, brought);
    return plane === null ? [] : [plane];
  });
}

/** The plane of one group, `null` where its bytes are not there or too few. */
export function overlayPlane(
  dataset: Dataset,
  group: string,
  frame: number,
  layout: PixelLayout,
  brought: OverlayBytes = {},
): OverlayPlane | null {
  const plane = planeOf(dataset, group, frame, layout, brought);
  return plane !== null && 8 * plane.bytes.length >= plane.startBit + plane.rows * plane.columns ? plane : null;
}

function planeOf(
  dataset: Dataset,
  group: string,
  frame: number,
  layout: PixelLayout,
  brought: OverlayBytes,
): OverlayPlane | null {
  const own = size(dataset, group);
  if (own === null) return null;
  // Origin counts from 1 and may lie outside of the picture.
  const [row = 1, column = 1] = numbersOf(dataset, tagOf(group, "origin"));
  const place = { top: row - 1, left: column - 1 };
  if (tagOf(group, "data") in dataset) {
    const bytes = bytesOf(dataset, tagOf(group, "data")) ?? brought[group];
    const index = planeIndex(dataset, group, frame);
    return bytes === undefined || index === null
      ? null
      : { ...place, ...own, bytes, startBit: index * own.rows * own.columns };
  }
  const bytes = brought[group];
  return bytes === undefined ? null : { ...place, rows: layout.rows, columns: layout.columns, bytes, startBit: 0 };
}

/** Which plane lies on a frame; one plane lies on all of them unless it names its frame (PS3.3 C.9.2.1.2). */
function planeIndex(dataset: Dataset, group: string, frame: number): number | null {
  const first = numberOf(dataset, tagOf(group, "frameOrigin"));
  const count = numberOf(dataset, tagOf(group, "frames"));
  if (first === null && count === null) return 0;
  const index = frame + 1 - (first ?? 1);
  return index >= 0 && index < (count ?? 1) ? index : null;
}

/** Rows and columns of an object that holds overlays and no picture: what its planes reach (clinical rule 48). */
export function overlayExtent(dataset: Dataset): { readonly rows: number; readonly columns: number } | null {
  let [rows, columns] = [0, 0];
  for (const group of overlayGroups(dataset)) {
    const own = size(dataset, group);
    const [row = 1, column = 1] = numbersOf(dataset, tagOf(group, "origin"));
    rows = Math.max(rows, row - 1 + (own?.rows ?? 0));
    columns = Math.max(columns, column - 1 + (own?.columns ?? 0));
  }
  return rows > 0 && columns > 0 ? { rows, columns } : null;
}
