// Statistics of an ellipse: the same pixels and figures as by asking each pixel, thin and tilted ones too; millions of them at once.
import { expect, test } from "vitest";
import { isInside } from "../../src/tools/ellipse";
import { statisticsOf } from "../../src/tools/statistics";

const SIZE = 64;
let seed = 7;
const random = (): number => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};

test.each([
  ["16-bit", Int16Array],
  ["float", Float32Array],
] as const)("%s: the pixels whose centre is inside, each once", (_, Values) => {
  const values = new Values(SIZE * SIZE);
  for (const at of values.keys()) values[at] = Math.round(random() * 4000 - 2000);
  const raster = {
    values,
    columns: SIZE,
    rows: SIZE,
    padding: { low: -2000, high: -1900 },
    toValue: (at: number) => -2 * at,
  };
  for (let round = 0; round < 300; round++) {
    const turn = random() * Math.PI;
    const [a, b] = [1 + random() * 28, 0.1 + random() * 3];
    const centre = [32 + random(), 32 + random()] as const;
    const ellipse = {
      centre,
      u: [a * Math.cos(turn), a * Math.sin(turn)],
      v: [-b * Math.sin(turn), b * Math.cos(turn)],
    } as unknown as Parameters<typeof statisticsOf>[0];
    const inside = [...values.keys()].filter((at) => isInside(ellipse, (at % SIZE) + 0.5, Math.floor(at / SIZE) + 0.5));
    const kept = inside.map((at) => values[at] ?? 0).filter((stored) => stored < -2000 || stored > -1900);
    const found = statisticsOf(ellipse, raster);
    if (kept.length === 0) expect(found).toBe("noPixels");
    else {
      const sorted = kept.map((stored) => -2 * stored).sort((one, other) => one - other);
      const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
      expect(found).toMatchObject({
        count: kept.length,
        excluded: inside.length - kept.length,
        min: sorted[0],
        max: sorted.at(-1),
      });
      if (typeof found !== "string") expect(found.mean).toBeCloseTo(mean, 9);
    }
  }
});

test("nine million pixels are counted, not sorted", () => {
  const [columns, rows] = [3000, 4000];
  const values = new Uint16Array(columns * rows).map((_, at) => at % 4096);
  const ellipse = { centre: [1500, 2000], u: [1499, 0], v: [0, 1999] } as unknown as Parameters<typeof statisticsOf>[0];
  const begun = performance.now();
  const found = statisticsOf(ellipse, { values, columns, rows, padding: null, toValue: (stored) => stored });
  const took = performance.now() - begun;
  expect(found).toMatchObject({ min: 0, max: 4095 });
  expect(took).toBeLessThan(1000); // sorting them takes several seconds
});
