// From the bytes of one frame to a picture: codec, stored bits, colour. Runs in the worker; each codec is loaded on first use.
import {
  extractStoredValues,
  isColour,
  type PixelLayout,
  paletteToRgba,
  type StoredValues,
  samplesToRgba,
  storedColourSpace,
  ybr422ToRgba,
} from "../../display";
import { withProfile } from "./colour-profile";
import { cutPlanes } from "./embedded-overlays";
import { loading } from "./emscripten";
import { inflate } from "./inflate";
import { type DecodedSamples, type DecodeRequest, type Picture, Undecodable } from "./picture";
import { readBits, readFloats, readWords } from "./raw";
import { decodeRle } from "./rle";
import { type StreamValues, streamValues, withoutOvershoot } from "./stream-values";
import { type CodecName, codecOf, isLossy } from "./transfer-syntax";

type Words = Uint8Array | Uint16Array | Uint32Array;
type StreamCodec = { decode(bytes: ArrayBuffer, layout: PixelLayout): Promise<DecodedSamples> };

const STREAM_CODECS: Partial<Record<CodecName, () => Promise<StreamCodec>>> = {
  jpeg: () => import("./jpeg"),
  "jpeg-lossless": () => import("./jpeg-lossless"),
  "jpeg-ls": () => import("./jpeg-ls"),
  jpeg2000: () => import("./jpeg2000"),
  htj2k: () => import("./htj2k"),
  "jpeg-xl": () => import("./jpeg-xl"),
};

/** Throws `Undecodable` when the browser can make no picture of these bytes. */
export async function decodeFrame(request: DecodeRequest): Promise<Picture> {
  return withProfile(await decodeSamples(request), request.profile ?? null);
}

async function decodeSamples(request: DecodeRequest): Promise<Picture> {
  const codec = codecOf(request.transferSyntax);
  if (codec === null) throw new Undecodable("not-in-browser", request.transferSyntax);
  const load = STREAM_CODECS[codec];
  if (load !== undefined)
    return streamPicture(await (await loading(load())).decode(request.bytes, request.layout), request);
  if (codec === "rle") return rlePicture(request);
  const bytes = codec === "deflated-frame" ? await inflate(request.bytes, request.layout) : request.bytes;
  return rawPicture({ ...request, bytes }, codec === "raw-big-endian");
}

function rawPicture(request: DecodeRequest, bigEndian: boolean): Picture {
  const { bytes, layout } = request;
  if (layout.number !== "integer") return grey(readFloats(bytes, layout, bigEndian), layout);
  if (layout.bitsAllocated === 1) return pictureOf(readBits(bytes, layout, request.frameNumber), request);
  const words = readWords(bytes, layout, bigEndian, request.pixelVr);
  if (!isColour(layout)) return withPlanes(pictureOf(extractStoredValues(words, layout), request), words, request);
  const space = storedColourSpace(layout.photometric, false);
  const rgba = space === "ybr-422" ? ybr422ToRgba(words, layout) : samplesToRgba(words, layout, layout.planar, space);
  return colour(rgba, layout);
}

/** RLE packs the cells as they are: the header says where the stored bits lie (PS3.5 annex G). */
function rlePicture(request: DecodeRequest): Picture {
  const { bytes, layout } = request;
  const words = decodeRle(bytes, layout);
  if (!isColour(layout)) return withPlanes(pictureOf(extractStoredValues(words, layout), request), words, request);
  return colour(samplesToRgba(words, layout, true, storedColourSpace(layout.photometric, true)), layout);
}

/** Code streams hold samples in the low bits, whatever the header's high bit says. */
function streamPicture(decoded: DecodedSamples, request: DecodeRequest): Picture {
  const layout = { ...request.layout, highBit: request.layout.bitsStored - 1 };
  const lossy = isLossy(request.transferSyntax);
  if (isColour(layout)) {
    const space = decoded.isRgb ? "rgb" : storedColourSpace(layout.photometric, true);
    const words = lossy ? withoutOvershoot(decoded.words, layout) : decoded.words;
    return colour(samplesToRgba(words, layout, decoded.planar, space), layout);
  }
  const { values, ...sign } = streamValues(decoded, layout, lossy);
  return pictureOf(values, request, sign);
}

/** These two keep whole cells, and with them what lies beside the stored bits; code streams hold samples only. */
function withPlanes(picture: Picture, words: Words, { embedded = [] }: DecodeRequest): Picture {
  return embedded.length === 0 ? picture : { ...picture, overlayBytes: cutPlanes(words, embedded) };
}

type Sign = Omit<StreamValues, "values">;
const AGREED: Sign = { headerConflict: false, byHeader: false };

function pictureOf(values: StoredValues, { layout, palette }: DecodeRequest, sign: Sign = AGREED): Picture {
  if (layout.photometric !== "PALETTE COLOR") return grey(values, layout, sign);
  if (palette === null) throw new Undecodable("palette-missing", "the header holds no palette that is understood");
  return colour(paletteToRgba(values, palette), layout);
}

function grey(values: StoredValues, { rows, columns }: PixelLayout, sign: Sign = AGREED): Picture {
  return { kind: "grey", rows, columns, values, ...sign };
}

function colour(rgba: Uint8Array<ArrayBuffer>, { rows, columns }: PixelLayout): Picture {
  return { kind: "colour", rows, columns, rgba, fromServer: null };
}
