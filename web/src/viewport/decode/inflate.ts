// Deflated Image Frame Compression (PS3.5 A.4.13): one raw deflate stream for each frame.
import { frameBytes, type PixelLayout } from "../../display";
import { Undecodable } from "./picture";

/** Reads as much as the frame needs: a fragment may end with a pad byte, which is no part of the stream. */
export async function inflate(bytes: ArrayBuffer, layout: PixelLayout): Promise<ArrayBuffer> {
  const needed = frameBytes(layout);
  const frame = new Uint8Array(needed);
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let filled = 0;
  try {
    while (filled < needed) {
      const { done, value } = await reader.read();
      if (done) throw new Undecodable("truncated", `${filled} of ${needed} bytes inflated`);
      frame.set(value.subarray(0, needed - filled), filled);
      filled += value.length;
    }
  } catch (error) {
    if (error instanceof Undecodable) throw error;
    throw new Undecodable("corrupt", error instanceof Error ? error.message : "the stream is no deflate stream");
  }
  await reader.cancel().catch(() => undefined); // what follows the frame is not looked at
  return frame.buffer;
}
