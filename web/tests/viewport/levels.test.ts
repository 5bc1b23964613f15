// The levels of levels.json, which the server's tests read too: both twins draw them, level for level.
import { describe, expect, test } from "vitest";
import cases from "../../../tests/dicom/objects/levels.json";
import {
  activeVoi,
  asDataset,
  type Frame,
  framesOf,
  readPalette,
  resolveView,
  shadingOf,
  UPRIGHT,
} from "../../src/display";
import { decodeFrame } from "../../src/viewport/decode/decode";
import type { Picture } from "../../src/viewport/decode/picture";
import { Copies, paint } from "../../src/viewport/planar/canvas2d";

const TRANSFER_SYNTAX = "1.2.840.10008.1.2.1";
const CELLS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array };

function frameOf(header: unknown): Frame {
  const dataset = asDataset(header);
  const instance = { sopInstanceUid: "1.2", digest: "", sopClassUid: "1.2", transferSyntax: TRANSFER_SYNTAX, dataset };
  const [frame] = framesOf({ ...instance, frameCount: 1, lossyRatio: null });
  if (frame === undefined) throw new Error("no picture in the header");
  return frame;
}

function shadingFor({ transform, padding, inverted, layout, ...frame }: Frame, picture: Picture) {
  if (picture.kind === "colour") return null;
  const { voi } = activeVoi({ transform, padding, inverted, layout, ...frame }, picture.values, null);
  return shadingOf({ transform, padding, voi, inverted }, layout);
}

/** What stands on a canvas that is exactly as large as the picture. */
async function drawn(frame: Frame, bytes: ArrayBuffer): Promise<number[][]> {
  const { layout, instance } = frame;
  const palette = readPalette(instance.dataset);
  const request = { transferSyntax: TRANSFER_SYNTAX, bytes, layout, pixelVr: null, frameNumber: 1, palette };
  const picture = await decodeFrame(request);
  const { rows, columns } = picture;
  const view = resolveView(
    { zoom: 1, pan: [0, 0], flips: UPRIGHT },
    { rows, columns, aspect: 1 },
    {
      width: columns,
      height: rows,
    },
  );
  const out = new Uint32Array(rows * columns);
  paint(
    out,
    { picture, shading: shadingFor(frame, picture), cover: null, view, smooth: true },
    { width: columns, height: rows },
    new Copies(),
  );
  return [...out].map((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255]);
}

describe("the client draws the shared levels", () => {
  test.each(cases.map(({ name, ...given }) => [name, given] as const))(
    "%s",
    async (_, { header, kind, cells, levels }) => {
      const bytes = CELLS[kind as keyof typeof CELLS].from(cells.map(Number)).slice().buffer;
      const pixels = await drawn(frameOf(header), bytes);
      const grey = levels.length === pixels.length;
      expect(pixels).toEqual(
        grey ? levels.map((level) => [level, level, level]) : pixels.map((_, i) => levels.slice(3 * i, 3 * i + 3)),
      );
    },
  );
});
