// @vitest-environment node
// Colour profiles: a matrix profile is applied exactly, sRGB by any name is left alone, the rest is said not to be applied.
import { describe, expect, test } from "vitest";
import { type Profile, withProfile } from "../../src/viewport/decode/colour-profile";
import type { Picture } from "../../src/viewport/decode/picture";

const SRGB = { r: [0.43607, 0.22249, 0.01392], g: [0.38515, 0.71687, 0.09708], b: [0.14307, 0.06061, 0.7141] };
/** Adobe RGB (1998), adapted to D50. */
const ADOBE = { r: [0.60974, 0.31111, 0.01947], g: [0.20528, 0.62567, 0.06087], b: [0.14919, 0.06322, 0.74457] };

function profile(colorants: typeof SRGB, curve: Uint8Array, space = "RGB ", more: readonly string[] = []): Uint8Array {
  const names = ["rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", ...more];
  const start = 132 + 12 * names.length;
  const bytes = new Uint8Array(start + 3 * 20 + curve.length);
  const view = new DataView(bytes.buffer);
  const write = (at: number, text: string): void =>
    [...text].forEach((c, i) => void view.setUint8(at + i, c.charCodeAt(0)));
  write(16, space);
  write(20, "XYZ ");
  view.setUint32(128, names.length);
  names.forEach((name, index) => {
    write(132 + 12 * index, name);
    view.setUint32(136 + 12 * index, start + 20 * Math.min(index, 3));
  });
  [colorants.r, colorants.g, colorants.b].forEach((xyz, index) => {
    write(start + 20 * index, "XYZ ");
    xyz.forEach((value, i) => void view.setInt32(start + 20 * index + 8 + 4 * i, Math.round(value * 65536)));
  });
  bytes.set(curve, start + 60);
  return bytes;
}

function curve(kind: "curv" | "para", ...numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  [...kind].forEach((c, i) => void view.setUint8(i, c.charCodeAt(0)));
  if (kind === "curv") {
    view.setUint32(8, numbers.length);
    numbers.forEach((value, i) => void view.setUint16(12 + 2 * i, value));
  } else {
    view.setUint16(8, numbers[0] ?? 0);
    numbers.slice(1).forEach((value, i) => void view.setInt32(12 + 4 * i, Math.round(value * 65536)));
  }
  return bytes;
}

const gamma = curve("curv", Math.round(2.19921875 * 256));
const srgbFormula = curve("para", 3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

function drawn(of: Profile, ...rgb: readonly number[]): { levels: readonly number[]; said: string | undefined } {
  const rgba = Uint8Array.from(rgb.flatMap((level, i) => (i % 3 === 2 ? [level, 255] : [level])));
  const picture: Picture = { kind: "colour", rows: 1, columns: rgb.length / 3, rgba, fromServer: null };
  const found = withProfile(picture, of);
  if (found.kind !== "colour") throw new Error("no colour");
  return { levels: [...found.rgba].filter((_, i) => i % 4 !== 3), said: found.profile };
}

/** Adobe RGB to sRGB in floating point, by the two standards' own numbers. */
function byHand(r: number, g: number, b: number): readonly number[] {
  const [x, y, z] = [r, g, b].map((v) => (v / 255) ** 2.19921875) as [number, number, number];
  const linear = [1.3982832 * x - 0.3982831 * y, y, -0.0429383 * y + 1.0429383 * z];
  return linear.map((v) => {
    const inside = Math.min(Math.max(v, 0), 1);
    return Math.round(255 * (inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055));
  });
}

describe("clinical 1.46: colour profiles", () => {
  test("a matrix profile is applied", () => {
    for (const colour of [
      [200, 100, 50],
      [30, 220, 90],
      [128, 128, 128],
      [255, 255, 255],
      [10, 20, 240],
    ] as const) {
      const { levels, said } = drawn(profile(ADOBE, gamma), ...colour);
      const most = Math.max(
        ...levels.map((level, i) => Math.abs(level - (byHand(...([...colour] as [number, number, number]))[i] ?? 0))),
      );
      expect([said, most <= 1]).toEqual(["applied", true]);
    }
  });

  test("sRGB, as formula or as table, changes nothing and says nothing", () => {
    const table = Array.from({ length: 20 }, (_, i) => Math.round(65535 * (i / 19)));
    expect(drawn(profile(SRGB, srgbFormula), 200, 100, 50)).toEqual({ levels: [200, 100, 50], said: undefined });
    expect(drawn(profile(SRGB, curve("curv", ...table)), 200, 100, 50).said).toBe("applied"); // a line is no sRGB
  });

  test.each<[string, Profile]>([
    ["of another space", profile(SRGB, gamma, "CMYK")],
    ["with tables", profile(SRGB, gamma, "RGB ", ["A2B0"])],
    ["that is cut", profile(ADOBE, gamma).subarray(0, 150)],
    ["that was left out of the header", "left-out"],
  ])("a profile %s is not applied, and that is said", (_, of) => {
    expect(drawn(of, 200, 100, 50)).toEqual({ levels: [200, 100, 50], said: "not-applied" });
  });

  test("without a profile colours are sRGB", () => {
    expect(drawn(null, 200, 100, 50)).toEqual({ levels: [200, 100, 50], said: undefined });
  });
});
