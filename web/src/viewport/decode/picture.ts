// What a decoder is asked and what it answers. These values cross the border to the worker: plain data only.
import type { EmbeddedPlane, Lookup, OverlayBytes, Palette, PixelLayout, StoredValues, Window } from "../../display";
import type { ReducedGrey } from "../planar/reduced";
import type { Profile } from "./colour-profile";
import type { Reading } from "./preparing";

export interface DecodeRequest {
  readonly transferSyntax: string;
  readonly bytes: ArrayBuffer;
  readonly layout: PixelLayout;
  /** VR of Pixel Data; big-endian OW swaps the bytes of 8-bit pixels too. */
  readonly pixelVr: string | null;
  /** Frame number from 1: frames of one-bit pixels may begin inside a byte. */
  readonly frameNumber: number;
  readonly palette: Palette | null;
  /** Overlay planes in unused bits of the pixel cells. */
  readonly embedded?: readonly EmbeddedPlane[];
  /** Of colour images. */
  readonly profile?: Profile;
  /** Absent: nothing is prepared for drawing. */
  readonly reading?: Reading;
}

/** Bits of overlays that the header does not hold; absent: none. */
interface WithOverlays {
  readonly overlayBytes?: OverlayBytes;
}

export type Picture = WithOverlays & PicturePixels;

type PicturePixels =
  | {
      readonly kind: "grey";
      readonly rows: number;
      readonly columns: number;
      readonly values: StoredValues;
      /** The code stream contradicts the header (clinical rule 10). It was followed, and the values are signed, unless `byHeader`. */
      readonly headerConflict: boolean;
      /** Unsigned samples under a signed header: read as the header says. */
      readonly byHeader?: boolean;
      /** Of large pictures: halved once, twice, and so on. */
      readonly reduced?: readonly ReducedGrey[];
      /** The Modality LUT that they were mapped by before; `null`: they are of stored values. */
      readonly reducedBy?: Lookup | null;
      /** Of large pictures that declare none. */
      readonly window?: Window;
    }
  | {
      readonly kind: "colour";
      readonly rows: number;
      readonly columns: number;
      readonly rgba: Uint8Array<ArrayBuffer>;
      /** What became of an ICC profile; absent: there is none, or it says sRGB. */
      readonly profile?: "applied" | "not-applied";
      /** Set where the server drew the picture because the browser could not. */
      readonly fromServer: UndecodableReason | null;
    };

/** Why the browser cannot make a picture; the pane asks the server for one instead. */
export type UndecodableReason =
  | "not-in-browser"
  | "codec-not-loaded"
  | "twelve-bit-jpeg"
  | "corrupt"
  | "truncated"
  | "size-differs"
  | "unsupported-layout"
  | "palette-missing";

export class Undecodable extends Error {
  override readonly name = "Undecodable";
  constructor(
    readonly reason: UndecodableReason,
    detail: string,
  ) {
    super(detail);
  }
}

/** What a codec of code streams returns before stored bits are extracted and colour is converted. */
export interface DecodedSamples {
  readonly words: Uint8Array | Uint16Array;
  readonly samples: number;
  readonly planar: boolean;
  /** Whether the stream says that its samples are signed, `words` then as two's complement; `null`: it knows no sign. */
  readonly isSigned: boolean | null;
  /** The codec has turned YBR into RGB itself. */
  readonly isRgb: boolean;
}

export function pictureBytes(picture: Picture): number {
  return pictureBuffers(picture).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** All that a picture holds; handed over between threads without a copy. */
export function pictureBuffers(picture: Picture): readonly ArrayBufferLike[] {
  const overlays = Object.values(picture.overlayBytes ?? {}).map(({ buffer }) => buffer);
  if (picture.kind === "colour") return [picture.rgba.buffer, ...overlays];
  return [picture.values.buffer, ...(picture.reduced ?? []).map(({ values }) => values.buffer), ...overlays];
}
