// Overlay planes and shutters for tests: a few pixels that show when they are flipped, turned or shifted.
import type { Dataset, JsonElement } from "../../src/display";
import { element } from "./fixtures";

export function binary(bytes: Uint8Array, vr = "OW"): JsonElement {
  return { vr, InlineBinary: Buffer.from(bytes).toString("base64") };
}

/** Bits as text, one character a pixel, packed from the lowest bit on. */
export function packed(...rows: readonly string[]): Uint8Array {
  const bits = rows.join("");
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  [...bits].forEach((bit, index) => {
    if (bit === "#") bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return bytes;
}

/** A plane of group 6000, or of another one. */
export function overlay(rows: readonly string[], origin: readonly number[] = [1, 1], group = "6000"): Dataset {
  return {
    [`${group}0010`]: element("US", rows.length),
    [`${group}0011`]: element("US", rows[0]?.length ?? 0),
    [`${group}0050`]: element("SS", ...origin),
    [`${group}3000`]: binary(packed(...rows)),
  };
}

/** The cells of a cover as text: `.` picture, `s` shutter, `#` overlay. */
export function drawnCover(cells: Uint8Array, columns: number): readonly string[] {
  const text = [...cells].map((cell) => ".s#"[cell]).join("");
  return Array.from({ length: cells.length / columns }, (_, row) => text.slice(row * columns, (row + 1) * columns));
}
