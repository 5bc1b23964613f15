// Grey pixels in JavaScript: stored values are sampled, then shaded, then rounded once. Never the other way round (clinical rule 3).
import { isPadding, roundGrey, type Shading } from "../../display";
import type { GreySource } from "./grey-source";
import type { Sampling } from "./sampling";
import { type Box, smoothListed } from "./smooth-listed";

/** Opaque grey as a canvas word; every platform that runs a browser is little-endian. */
const word = (level: number): number => (0xff000000 | (level << 16) | (level << 8) | level) >>> 0;
const OPAQUE_BLACK = word(0);
const WORDS = Uint32Array.from({ length: 256 }, (_, level) => word(level));

/** Each canvas pixel takes the stored value under its centre. */
export function nearestGrey(out: Uint32Array, source: GreySource, { x, y }: Sampling): void {
  const { values } = source;
  const level = levelOf(source);
  const width = x.nearest.length;
  for (let row = 0; row < y.nearest.length; row++) {
    const offset = y.nearest[row] ?? -1;
    for (let column = 0; column < width; column++) {
      const along = x.nearest[column] ?? -1;
      const outside = offset < 0 || along < 0;
      out[row * width + column] = outside ? OPAQUE_BLACK : (WORDS[level(values[offset + along] ?? 0)] ?? OPAQUE_BLACK);
    }
  }
}

/** Bilinear between stored values; padded neighbours have no weight (clinical rule 17). */
export function smoothGrey(out: Uint32Array, source: GreySource, sampling: Sampling): void {
  out.fill(OPAQUE_BLACK);
  const box = insideOf(sampling);
  const sample = sampler(source);
  if (source.shading.kind === "function") {
    smoothGeneral(out, sample, sampling, box);
    return;
  }
  const { x, y } = sampling;
  smoothListed(out, source, source.shading, sampling, box, WORDS, (row, column) =>
    sample(
      y.first[row] ?? 0,
      y.second[row] ?? 0,
      y.fraction[row] ?? 0,
      x.first[column] ?? 0,
      x.second[column] ?? 0,
      x.fraction[column] ?? 0,
    ),
  );
}

function insideOf({ x, y }: Sampling): Box {
  const first = (nearest: Int32Array): number =>
    Math.max(
      nearest.findIndex((offset) => offset >= 0),
      0,
    );
  const end = (nearest: Int32Array): number => nearest.findLastIndex((offset) => offset >= 0) + 1;
  return { left: first(x.nearest), right: end(x.nearest), top: first(y.nearest), bottom: end(y.nearest) };
}

function smoothGeneral(out: Uint32Array, sample: Sampler, { x, y }: Sampling, box: Box): void {
  const width = x.nearest.length;
  for (let row = box.top; row < box.bottom; row++) {
    const [top, bottom, down] = [y.first[row] ?? 0, y.second[row] ?? 0, y.fraction[row] ?? 0];
    for (let column = box.left; column < box.right; column++) {
      const level = sample(top, bottom, down, x.first[column] ?? 0, x.second[column] ?? 0, x.fraction[column] ?? 0);
      out[row * width + column] = WORDS[level] ?? OPAQUE_BLACK;
    }
  }
}

type Sampler = (top: number, bottom: number, down: number, left: number, right: number, across: number) => number;

function sampler(source: GreySource): Sampler {
  const { values, shading } = source;
  const nearest = levelOf(source);
  const between = greyBetween(shading);
  const padded = paddingOf(source);
  return (top, bottom, down, left, right, across) => {
    const a = values[top + left] ?? 0;
    const b = values[top + right] ?? 0;
    const c = values[bottom + left] ?? 0;
    const d = values[bottom + right] ?? 0;
    if (a === b && a === c && a === d) return nearest(a);
    const weightA = padded(a) ? 0 : (1 - across) * (1 - down);
    const weightB = padded(b) ? 0 : across * (1 - down);
    const weightC = padded(c) ? 0 : (1 - across) * down;
    const weightD = padded(d) ? 0 : across * down;
    const weight = weightA + weightB + weightC + weightD;
    if (weight < 1e-9) return 0;
    // NaN and infinity times 0 are NaN: a padded float is left out, not weighted.
    const sum =
      (weightA > 0 ? a * weightA : 0) +
      (weightB > 0 ? b * weightB : 0) +
      (weightC > 0 ? c * weightC : 0) +
      (weightD > 0 ? d * weightD : 0);
    return roundGrey(between(sum / weight));
  };
}

function paddingOf({ shading, averaged }: GreySource): (stored: number) => boolean {
  const { padding } = shading;
  return (stored) => isPadding(averaged ? null : padding, stored);
}

function levelOf(source: GreySource): (stored: number) => number {
  const { shading, averaged } = source;
  if (shading.kind === "table" && !averaged) return (stored) => shading.rounded[stored - shading.low] ?? 0;
  const padded = paddingOf(source);
  const between = greyBetween(shading);
  return (stored) => (padded(stored) ? 0 : roundGrey(between(stored)));
}

/** Unrounded grey of a value between two listed ones. */
function greyBetween(shading: Shading): (stored: number) => number {
  if (shading.kind === "function") return shading.grey;
  const { exact, low } = shading;
  return (stored) => {
    const below = Math.floor(stored);
    const grey = exact[below - low] ?? 0;
    const fraction = stored - below;
    return fraction === 0 ? grey : grey + ((exact[below + 1 - low] ?? grey) - grey) * fraction;
  };
}
