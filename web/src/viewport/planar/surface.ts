// Where a pane's pixels go: one canvas per renderer in the host, as many device pixels as the host covers (clinical rule 40).
import type { CanvasSize } from "../../display";
import { canvas2dRenderer } from "./canvas2d";
import { graphicsRenderer, pictureCanvas, type RendererWish, restGraphics } from "./choose-renderer";
import type { Drawing, GraphicsRenderer, PlanarRenderer, RendererKind } from "./drawing";
import { hasGraphicsCard } from "./graphics-card";

export interface Surface {
  readonly size: CanvasSize;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** `null` clears to black. Answers which renderer drew. */
  draw(drawing: Drawing | null): RendererKind;
  dispose(): void;
}

/** `onChange`: the size, or what can draw, has changed; the picture has to be drawn again. */
export function mountSurface(host: HTMLElement, wish: RendererWish, onChange: () => void): Surface {
  let size: CanvasSize = { width: 0, height: 0 };
  const flat = canvas2dRenderer(host.appendChild(pictureCanvas()));
  const renderers = new Set<PlanarRenderer>([flat]);
  /** Draws where it can; until there is one, and while its graphics context is lost, Canvas 2D draws the same. */
  let graphics: GraphicsRenderer | null = null;
  let lost = false;
  const ended = new AbortController();
  const onLost = (event: Event): void => {
    event.preventDefault(); // asks for the context back
    lost = true;
    onChange();
  };
  const onRestored = (): void => {
    graphics?.restore();
    lost = false;
    onChange();
  };
  const makeGraphics = (): void => {
    graphics = graphicsRenderer(host, wish, onChange);
    if (graphics === null) return;
    renderers.add(graphics);
    graphics.canvas.hidden = true;
    const { canvas } = graphics;
    const { signal } = ended;
    canvas.addEventListener("webglcontextlost", onLost, { signal });
    canvas.addEventListener("webglcontextrestored", onRestored, { signal });
  };
  if (wish === "webgl") makeGraphics();
  let found = wish !== "auto";
  /** After the first picture, which does not wait for it. */
  const findGraphics = async (): Promise<void> => {
    found = true;
    await seen();
    if (!(await hasGraphicsCard()) || ended.signal.aborted) return;
    makeGraphics();
    onChange();
  };
  const rendererOf = (drawing: Drawing | null): PlanarRenderer => {
    if (drawing === null) return flat;
    if (!found) void findGraphics();
    return graphics !== null && !lost && graphics.ready(drawing) ? graphics : flat;
  };
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) size = devicePixels(entry);
    onChange();
  });
  observe(observer, host);

  return {
    get size() {
      return size;
    },
    get ratio() {
      return window.devicePixelRatio || 1;
    },
    draw(drawing) {
      const renderer = rendererOf(drawing);
      for (const each of renderers) each.canvas.hidden = each !== renderer;
      if (renderer.canvas.width !== size.width) renderer.canvas.width = size.width;
      if (renderer.canvas.height !== size.height) renderer.canvas.height = size.height;
      if (drawing === null) clear(renderer.canvas);
      else renderer.draw(drawing);
      return renderer.kind;
    },
    dispose() {
      observer.disconnect();
      ended.abort();
      flat.dispose();
      flat.canvas.remove();
      if (graphics !== null) restGraphics(graphics, wish);
    },
  };
}

/** What is drawn now has been on the screen, and nothing more urgent waits: neither does the first picture for a context. */
async function seen(): Promise<void> {
  for (let frames = 0; frames < 2; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  const idle = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run));
  await new Promise<void>((resolve) => idle(() => resolve(), { timeout: 2000 }));
}

function clear(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.fillStyle = "#000";
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** Whole device pixels where the browser tells them, else the rounded product. */
function devicePixels(entry: ResizeObserverEntry): CanvasSize {
  const exact = entry.devicePixelContentBoxSize?.[0];
  if (exact !== undefined) return { width: exact.inlineSize, height: exact.blockSize };
  const ratio = window.devicePixelRatio || 1;
  return { width: Math.round(entry.contentRect.width * ratio), height: Math.round(entry.contentRect.height * ratio) };
}

function observe(observer: ResizeObserver, host: HTMLElement): void {
  try {
    observer.observe(host, { box: "device-pixel-content-box" });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    observer.observe(host); // a browser that does not know this box
  }
}
