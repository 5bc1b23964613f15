// Whether a graphics card draws here. To find out may take most of a second where there is none: a worker asks.

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** A WebGL 2 context; `null` where there is none, or one that is computed in software and was not asked for: Canvas 2D is faster (measured). */
export function contextOf(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  acceptSoftware: boolean,
): WebGL2RenderingContext | null {
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: false,
    preserveDrawingBuffer: true,
    failIfMajorPerformanceCaveat: !acceptSoftware,
  }) as WebGL2RenderingContext | null; // of either kind of canvas, which TypeScript tells apart
  return gl === null || (!acceptSoftware && isSoftware(gl)) ? null : gl;
}

function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = info === null ? "" : gl.getParameter(info.UNMASKED_RENDERER_WEBGL);
  return typeof name === "string" && SOFTWARE.test(name);
}

let answer: Promise<boolean> | null = null;

/** Asked once for the page. Where a worker cannot find out, the answer is yes: the context itself tells. */
export function hasGraphicsCard(): Promise<boolean> {
  answer ??= new Promise((resolve) => {
    const worker = new Worker(new URL("./graphics-card.worker.ts", import.meta.url), { type: "module" });
    const settle = (found: boolean): void => {
      worker.terminate();
      resolve(found);
    };
    worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => settle(data !== false));
    worker.addEventListener("error", () => settle(true));
  });
  return answer;
}
