// @vitest-environment node
// Each compressed sample decodes to the picture it was made from: samples/make_samples.py has the same formulas.
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { PixelLayout } from "../../src/display";
import { decodeFrame } from "../../src/viewport/decode/decode";
import { type Picture, Undecodable } from "../../src/viewport/decode/picture";

const ROWS = 48;
const COLUMNS = 64;
const ramp = (index: number): number => ((index % COLUMNS) * 37 + Math.floor(index / COLUMNS) * 53) % 4096;
const indices = [...Array(ROWS * COLUMNS).keys()];

const grey: PixelLayout = {
  rows: ROWS,
  columns: COLUMNS,
  samples: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: false,
  planar: false,
  photometric: "MONOCHROME2",
  number: "integer",
};
const bytes8: PixelLayout = { ...grey, bitsAllocated: 8, bitsStored: 8, highBit: 7 };
const signed: PixelLayout = { ...grey, bitsStored: 16, highBit: 15, signed: true };
const colour: PixelLayout = { ...bytes8, samples: 3, photometric: "RGB" };

const J2K = "1.2.840.10008.1.2.4.90";
const HTJ2K = "1.2.840.10008.1.2.4.201";
const JPEG_LS = "1.2.840.10008.1.2.4.80";
const JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70";
const JPEG = "1.2.840.10008.1.2.4.50";
const JPEG_XL = "1.2.840.10008.1.2.4.110";
const J2K_LOSSY = "1.2.840.10008.1.2.4.91";

// Node's fetch knows no files: the codecs' modules are read from where the build takes them.
beforeAll(() => {
  vi.stubGlobal("fetch", async (address: string) => {
    const path = address.replace(/^\/@fs/, "");
    const url = path.startsWith("/node_modules") ? new URL(`../..${path}`, import.meta.url) : path;
    return new Response(await readFile(url));
  });
  return () => vi.unstubAllGlobals();
});

async function decodeSample(name: string, transferSyntax: string, layout: PixelLayout): Promise<Picture> {
  const file = await readFile(new URL(`samples/${name}`, import.meta.url));
  const bytes = new Uint8Array(file).buffer;
  return decodeFrame({ transferSyntax, bytes, layout, pixelVr: null, frameNumber: 1, palette: null });
}

test.each([
  ["u16.j2k", J2K, grey, ramp],
  ["s16.j2k", J2K, signed, (i: number) => ramp(i) - 1024],
  ["u16.htj2k", HTJ2K, grey, ramp],
  ["s16.htj2k", HTJ2K, signed, (i: number) => ramp(i) - 1024],
  ["u16.jls", JPEG_LS, grey, ramp],
  ["u8.jls", JPEG_LS, bytes8, (i: number) => ramp(i) % 256],
  ["u16.ljpeg", JPEG_LOSSLESS, grey, ramp],
  ["u8.ljpeg", JPEG_LOSSLESS, bytes8, (i: number) => ramp(i) % 256],
  ["u16.jxl", JPEG_XL, grey, ramp],
  ["u8.jxl", JPEG_XL, bytes8, (i: number) => ramp(i) % 256],
] as const)("%s decodes to exactly the values it was made from", async (name, syntax, layout, expected) => {
  const picture = await decodeSample(name, syntax, layout);
  if (picture.kind !== "grey") throw new Error("not grey");
  expect([...picture.values]).toEqual(indices.map((index) => expected(index)));
});

describe("a code stream that is not what the header says", () => {
  test.each([
    ["s16.j2k", J2K],
    ["s16.htj2k", HTJ2K],
  ])("%s keeps its sign under an unsigned header, and the contradiction is said", async (name, syntax) => {
    const header = { ...signed, signed: false };
    const expected = indices.map((index) => ramp(index) - 1024);
    const picture = await decodeSample(name, syntax, header);
    expect(picture).toMatchObject({ kind: "grey", headerConflict: true });
    expect(picture.kind === "grey" && [...picture.values]).toEqual(expected);
    const agreeing = await decodeSample(name, syntax, signed);
    expect(agreeing).toMatchObject({ kind: "grey", headerConflict: false });
    const narrow = await decodeSample(name, syntax, { ...signed, bitsStored: 8, highBit: 7 });
    expect(narrow).toMatchObject({ kind: "grey", headerConflict: true });
    expect(narrow.kind === "grey" && [...narrow.values]).toEqual(expected);
  });

  test.each([
    ["u16.j2k", J2K, true],
    ["u16.htj2k", HTJ2K, true],
    ["u16.jls", JPEG_LS, false],
    ["u16.ljpeg", JPEG_LOSSLESS, false],
    ["u16.jxl", JPEG_XL, false],
  ])(
    "%s without a sign is read by a signed header; said where the stream knows of signs",
    async (name, syntax, said) => {
      const picture = await decodeSample(name, syntax, { ...grey, signed: true });
      expect(picture.kind === "grey" && [...picture.values]).toEqual(
        indices.map((index) => (ramp(index) < 2048 ? ramp(index) : ramp(index) - 4096)),
      );
      expect(picture).toMatchObject({ kind: "grey", headerConflict: said, byHeader: said });
      const wide = await decodeSample(name, syntax, signed);
      expect(wide).toMatchObject({ kind: "grey", headerConflict: false });
    },
  );

  test("a JPEG knows no sign: under a signed header nothing contradicts", async () => {
    const picture = await decodeSample("u8.jpg", JPEG, { ...bytes8, signed: true });
    expect(picture).toMatchObject({ kind: "grey", headerConflict: false });
  });

  test("lossy overshoot ends at the largest stored value instead of beginning again at 0", async () => {
    const picture = await decodeSample("edges.j2k", J2K_LOSSY, grey);
    if (picture.kind !== "grey") throw new Error("not grey");
    const edge = (index: number): boolean =>
      (Math.floor(Math.floor(index / COLUMNS) / 5) + Math.floor((index % COLUMNS) / 7)) % 2 === 1;
    const far = indices.filter((index) => Math.abs((picture.values[index] ?? 0) - (edge(index) ? 4095 : 0)) > 1000);
    expect(far).toEqual([]);
    expect(Math.max(...picture.values)).toBe(4095);
    expect(picture.headerConflict).toBe(false);
  });
});

const channels = (index: number): readonly [number, number, number] => {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
  return [(column * 4) % 256, (row * 5) % 256, ((column + row) * 2) % 256];
};

test.each([
  ["rgb.j2k", J2K, "YBR_RCT", 0],
  ["rgb.htj2k", HTJ2K, "YBR_RCT", 0],
  ["rgb.jls", JPEG_LS, "RGB", 0],
  ["rgb.jxl", JPEG_XL, "RGB", 0],
  ["rgbraw.jpg", JPEG, "RGB", 4],
  ["rgb.jpg", JPEG, "YBR_FULL_422", 60],
] as const)("%s shows the colours it was made from", async (name, syntax, photometric, tolerance) => {
  const picture = await decodeSample(name, syntax, { ...colour, photometric });
  if (picture.kind !== "colour") throw new Error("not colour");
  const errors = indices.flatMap((index) =>
    channels(index).map((value, c) => Math.abs(value - (picture.rgba[4 * index + c] ?? 0))),
  );
  expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
  expect(errors.reduce((sum, error) => sum + error) / errors.length).toBeLessThanOrEqual(tolerance / 4);
});

/** The same picture as a sender writes it that trusts the header: no Adobe segment, components numbered 1, 2, 3. */
function withoutColourMarks(stream: Uint8Array): Uint8Array {
  const kept = [...stream.subarray(0, 2)];
  for (let at = 2; at < stream.length; ) {
    const [marker, length] = [stream[at + 1] ?? 0, ((stream[at + 2] ?? 0) << 8) | (stream[at + 3] ?? 0)];
    const isScan = marker === 0xda;
    const segment = stream.slice(at, isScan ? stream.length : at + 2 + length);
    if (marker === 0xc0) for (const component of [0, 1, 2]) segment[10 + 3 * component] = component + 1;
    if (isScan) for (const component of [0, 1, 2]) segment[5 + 2 * component] = component + 1;
    if (marker !== 0xee && marker !== 0xe0) kept.push(...segment);
    at += segment.length;
  }
  return Uint8Array.from(kept);
}

test("JPEG labelled RGB that says nothing of its own colours is not taken for YBR", async () => {
  const file = withoutColourMarks(await readFile(new URL("samples/rgbraw.jpg", import.meta.url)));
  const bytes = file.slice().buffer;
  const request = { transferSyntax: JPEG, bytes, layout: colour, pixelVr: null, frameNumber: 1, palette: null };
  const picture = await decodeFrame(request);
  if (picture.kind !== "colour") throw new Error("not colour");
  expect(
    [...picture.rgba.slice(4 * 70, 4 * 70 + 3)].map((level, c) => Math.abs(level - (channels(70)[c] ?? 0)) <= 4),
  ).toEqual([true, true, true]);
});

test("grey JPEG baseline stays within what JPEG loses at best quality", async () => {
  const picture = await decodeSample("u8.jpg", JPEG, bytes8);
  if (picture.kind !== "grey") throw new Error("not grey");
  const errors = indices.map((index) => Math.abs((picture.values[index] ?? 0) - (ramp(index) % 256)));
  expect(Math.max(...errors)).toBeLessThanOrEqual(3);
});

test.each([
  ["u16.j2k", J2K],
  ["u16.jls", JPEG_LS],
  ["u16.ljpeg", JPEG_LOSSLESS],
])("%s is refused when the header claims another size", async (name, syntax) => {
  await expect(decodeSample(name, syntax, { ...grey, rows: 47 })).rejects.toMatchObject({ reason: "size-differs" });
});

test.each([
  [J2K, "corrupt"],
  [HTJ2K, "corrupt"],
  [JPEG_LS, "corrupt"],
  [JPEG_LOSSLESS, "corrupt"],
  [JPEG, "corrupt"],
  ["1.2.840.10008.1.2.5", "truncated"],
  ["1.2.840.10008.1.2.1", "truncated"],
  ["1.2.840.10008.1.2.4.102", "not-in-browser"],
])("rubbish in %s is a refusal with a reason, not a picture", async (transferSyntax, reason) => {
  const bytes = Uint8Array.from({ length: 40 }, (_, index) => index * 7).buffer;
  const decoding = decodeFrame({ transferSyntax, bytes, layout: grey, pixelVr: null, frameNumber: 1, palette: null });
  await expect(decoding).rejects.toBeInstanceOf(Undecodable);
  await expect(decoding).rejects.toMatchObject({ reason });
});
