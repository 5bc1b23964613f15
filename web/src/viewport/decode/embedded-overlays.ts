// Overlay planes in unused bits of the pixel cells (retired in PS3.3-2004, clinical rule 47): cut out, packed like Overlay Data.
import type { EmbeddedPlane, OverlayBytes } from "../../display";

export function cutPlanes(
  words: Uint8Array | Uint16Array | Uint32Array,
  planes: readonly EmbeddedPlane[],
): OverlayBytes {
  return Object.fromEntries(planes.map(({ group, bit }) => [group, packed(words, bit)]));
}

function packed(words: Uint8Array | Uint16Array | Uint32Array, bit: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(words.length / 8));
  for (let i = 0; i < words.length; i++)
    bytes[i >> 3] = (bytes[i >> 3] ?? 0) | ((((words[i] ?? 0) >>> bit) & 1) << (i & 7));
  return bytes;
}
