// Asks for a graphics context beside the page, which goes on meanwhile.
import { contextOf } from "./graphics-card";

const found = (): boolean => {
  if (typeof OffscreenCanvas === "undefined") return true;
  const gl = contextOf(new OffscreenCanvas(1, 1), false);
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null;
};

self.postMessage(found());
