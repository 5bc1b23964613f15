// What a decoder is asked and what it answers. These values cross the border to the worker: plain data only.
import type { EmbeddedPlane, OverlayBytes, Palette, PixelLayout, StoredValues } from "../../display";

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
      /** The code stream contradicts the header and was followed: the values are signed (clinical rule 10). */
      readonly headerConflict: boolean;
    }
  | {
      readonly kind: "colour";
      readonly rows: number;
      readonly columns: number;
      readonly rgba: Uint8Array<ArrayBuffer>;
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
  /** The stream says that its samples are signed; `words` holds them as two's complement. */
  readonly isSigned: boolean;
  /** The codec has turned YBR into RGB itself. */
  readonly isRgb: boolean;
}

export function pictureBytes(picture: Picture): number {
  const pixels = picture.kind === "grey" ? picture.values.byteLength : picture.rgba.byteLength;
  const overlays = Object.values(picture.overlayBytes ?? {});
  return overlays.reduce((sum, { byteLength }) => sum + byteLength, pixels);
}
