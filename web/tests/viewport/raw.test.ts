// Uncompressed and RLE frames of every size and byte order, each written here byte by byte.
import { describe, expect, test } from "vitest";
import type { PixelLayout } from "../../src/display";
import { decodeFrame } from "../../src/viewport/decode/decode";
import { readJpegHeader, withAdobeRgbMarker } from "../../src/viewport/decode/jpeg-header";
import type { Picture } from "../../src/viewport/decode/picture";

const LITTLE = "1.2.840.10008.1.2.1";
const BIG = "1.2.840.10008.1.2.2";
const RLE = "1.2.840.10008.1.2.5";
const grey: PixelLayout = {
  rows: 1,
  columns: 2,
  samples: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: false,
  planar: false,
  photometric: "MONOCHROME2",
  number: "integer",
};

interface Given {
  readonly syntax?: string;
  readonly layout?: Partial<PixelLayout>;
  readonly vr?: string;
  readonly frame?: number;
}

function decode(
  bytes: readonly number[],
  { syntax = LITTLE, layout = {}, vr = "OW", frame = 1 }: Given = {},
): Promise<Picture> {
  return decodeFrame({
    transferSyntax: syntax,
    bytes: Uint8Array.from(bytes).buffer,
    layout: { ...grey, ...layout },
    pixelVr: vr,
    frameNumber: frame,
    palette: null,
  });
}

async function values(bytes: readonly number[], given: Given = {}): Promise<number[]> {
  const picture = await decode(bytes, given);
  return picture.kind === "grey" ? [...picture.values] : [...picture.rgba];
}

describe("uncompressed", () => {
  test("clinical 1.7: 16 bit, both byte orders, dirty high bits masked", async () => {
    expect(await values([0x34, 0xf2, 0xff, 0x0f])).toEqual([0x234, 0xfff]);
    expect(await values([0xf2, 0x34, 0x0f, 0xff], { syntax: BIG })).toEqual([0x234, 0xfff]);
  });

  test("big-endian OW swaps 8-bit pixels, OB does not", async () => {
    const layout = { bitsAllocated: 8, bitsStored: 8, highBit: 7 };
    expect(await values([1, 2], { syntax: BIG, layout })).toEqual([2, 1]);
    expect(await values([1, 2], { syntax: BIG, layout, vr: "OB" })).toEqual([1, 2]);
  });

  test("32 bit, both byte orders", async () => {
    const layout = { bitsAllocated: 32, bitsStored: 32, highBit: 31, signed: true };
    expect(await values([0xfe, 0xff, 0xff, 0xff, 1, 0, 0, 0], { layout })).toEqual([-2, 1]);
    expect(await values([0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 1], { layout, syntax: BIG })).toEqual([-2, 1]);
  });

  test("float and double keep their values", async () => {
    const floats = [...new Uint8Array(Float32Array.of(0.5, -2).buffer)];
    expect(await values(floats, { layout: { number: "float32", bitsAllocated: 32 } })).toEqual([0.5, -2]);
    const doubles = [...new Uint8Array(Float64Array.of(0.1, -2).buffer)];
    expect(await values(doubles, { layout: { number: "float64", bitsAllocated: 64 } })).toEqual([0.1, -2]);
  });

  test("one-bit frames share bytes: the second frame of three pixels begins at bit 3", async () => {
    const layout = { columns: 3, bitsAllocated: 1, bitsStored: 1, highBit: 0 };
    expect(await values([0b0010_1001], { layout })).toEqual([1, 0, 0]);
    expect(await values([0b0010_1001], { layout, frame: 2 })).toEqual([1, 0, 1]);
  });

  test("a pad byte at the end is no pixel, a missing byte no picture", async () => {
    const layout = { columns: 3, bitsAllocated: 8, bitsStored: 8, highBit: 7 };
    expect(await values([1, 2, 3, 0], { layout })).toEqual([1, 2, 3]);
    await expect(values([1, 2], { layout })).rejects.toMatchObject({ reason: "truncated" });
  });

  test("the deflated frame syntax is inflated first", async () => {
    const raw = new Response(
      new Blob([Uint8Array.of(1, 0, 2, 0)]).stream().pipeThrough(new CompressionStream("deflate-raw")),
    );
    const bytes = [...new Uint8Array(await raw.arrayBuffer())];
    expect(await values(bytes, { syntax: "1.2.840.10008.1.2.8.1" })).toEqual([1, 2]);
    // a fragment of odd length has a pad byte, which is no part of the stream
    expect(await values([...bytes, 0], { syntax: "1.2.840.10008.1.2.8.1" })).toEqual([1, 2]);
    const cut = values(bytes.slice(0, 1), { syntax: "1.2.840.10008.1.2.8.1" });
    await expect(cut).rejects.toMatchObject({ reason: /corrupt|truncated/ });
  });

  test("a palette image without its palette is refused, not shown as grey", async () => {
    const layout = { photometric: "PALETTE COLOR", bitsAllocated: 8, bitsStored: 8, highBit: 7 };
    await expect(values([1, 2], { layout })).rejects.toMatchObject({ reason: "palette-missing" });
  });
});

describe("RLE", () => {
  const header = (...offsets: number[]): number[] => {
    const bytes = new Uint8Array(64);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, offsets.length, true);
    offsets.forEach((offset, index) => void view.setUint32(4 + 4 * index, offset, true));
    return [...bytes];
  };

  test("the first segment holds the high bytes; copies and repeats are told apart, −128 is nothing", async () => {
    const high = [0x80, 1, 0x0a, 0x0b]; // nothing, then two bytes as they are
    const low = [0xff, 0x11]; // one byte twice
    expect(await values([...header(64, 68), ...high, ...low], { syntax: RLE })).toEqual([0xa11, 0xb11]);
  });

  test("cells stay as in the data set: the high bit of the header says where the stored bits lie", async () => {
    const cells = [1, 0x80, 0x12, 0, 1, 0x00, 0x30, 0]; // 0x8000 and 0x1230
    expect(await values([...header(64, 68), ...cells], { syntax: RLE, layout: { highBit: 15 } })).toEqual([2048, 291]);
  });

  test("colour lies plane by plane, whatever the planar configuration says", async () => {
    const layout = { samples: 3, bitsAllocated: 8, bitsStored: 8, highBit: 7, photometric: "RGB" } as const;
    const planes = [1, 10, 20, 0, 1, 30, 40, 0, 1, 50, 60, 0];
    expect(await values([...header(64, 68, 72), ...planes], { syntax: RLE, layout })).toEqual([
      10, 30, 50, 255, 20, 40, 60, 255,
    ]);
  });

  test.each([
    ["a wrong number of segments", [...header(64), 1, 1, 2], "corrupt"],
    ["offsets beyond the frame", [...header(64, 900), 1, 1, 2], "corrupt"],
    ["a segment that ends early", [...header(64, 66), 1, 1, 0, 1], "truncated"],
  ])("%s is refused", async (_, bytes, reason) => {
    await expect(values(bytes, { syntax: RLE })).rejects.toMatchObject({ reason });
  });
});

describe("JPEG header", () => {
  const frameHeader = [0xff, 0xc1, 0, 11, 12, 0, 1, 0, 1, 1, 1, 0x11, 0];

  test("the precision is read behind fill bytes and other segments", () => {
    expect(readJpegHeader(Uint8Array.of(0xff, 0xd8, 0xff, 0xdb, 0, 3, 7, 0xff, ...frameHeader))).toEqual({
      precision: 12,
      marksColour: false,
    });
  });

  test("an added Adobe segment is seen as one that says what the components are", () => {
    const marked = withAdobeRgbMarker(Uint8Array.of(0xff, 0xd8, ...frameHeader));
    expect(readJpegHeader(marked)).toEqual({ precision: 12, marksColour: true });
  });

  test("no frame header before the first scan is none", () => {
    expect(readJpegHeader(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 3, 7, 0, 0))).toBeNull();
  });
});
