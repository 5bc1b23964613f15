// Colour pixels in JavaScript: interpolated after their conversion to RGB, no window.
import type { Sampling } from "./sampling";

const OPAQUE_BLACK = 0xff000000;

export function nearestColour(out: Uint32Array, rgba: Uint8Array, { x, y }: Sampling): void {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength >> 2);
  const width = x.nearest.length;
  for (let row = 0; row < y.nearest.length; row++) {
    const offset = y.nearest[row] ?? -1;
    for (let column = 0; column < width; column++) {
      const along = x.nearest[column] ?? -1;
      out[row * width + column] = offset < 0 || along < 0 ? OPAQUE_BLACK : (pixels[offset + along] ?? OPAQUE_BLACK);
    }
  }
}

export function smoothColour(out: Uint32Array, rgba: Uint8Array, { x, y }: Sampling): void {
  const width = x.nearest.length;
  const at = (offset: number, channel: number): number => rgba[4 * offset + channel] ?? 0;
  for (let row = 0; row < y.nearest.length; row++) {
    const [top, bottom, down] = [y.first[row] ?? 0, y.second[row] ?? 0, y.fraction[row] ?? 0];
    for (let column = 0; column < width; column++) {
      if ((y.nearest[row] ?? -1) < 0 || (x.nearest[column] ?? -1) < 0) {
        out[row * width + column] = OPAQUE_BLACK;
        continue;
      }
      const [left, right, across] = [x.first[column] ?? 0, x.second[column] ?? 0, x.fraction[column] ?? 0];
      let pixel = OPAQUE_BLACK;
      for (let channel = 0; channel < 3; channel++) {
        const upper = at(top + left, channel) * (1 - across) + at(top + right, channel) * across;
        const lower = at(bottom + left, channel) * (1 - across) + at(bottom + right, channel) * across;
        pixel |= Math.floor(upper * (1 - down) + lower * down + 0.5) << (8 * channel);
      }
      out[row * width + column] = pixel;
    }
  }
}
