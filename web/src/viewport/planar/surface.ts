// Where a pane's pixels go: one canvas per renderer in the host, as many device pixels as the host covers (clinical rule 40).
import type { CanvasSize } from "../../display";
import { canvas2dRenderer } from "./canvas2d";
import { chooseRenderer, type RendererWish } from "./choose-renderer";
import type { Drawing, PlanarRenderer, RendererKind } from "./drawing";

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
  const newCanvas = (): HTMLCanvasElement =>
    host.appendChild(Object.assign(document.createElement("canvas"), { className: "picture" }));
  let size: CanvasSize = { width: 0, height: 0 };
  let preferred = chooseRenderer(newCanvas, wish, onChange);
  const renderers = new Set([preferred]);
  /** Draws what the preferred one cannot, and everything once its graphics context is lost. */
  const plain = (): PlanarRenderer => {
    const known = [...renderers].find(({ kind }) => kind === "2d") ?? canvas2dRenderer(newCanvas());
    renderers.add(known);
    return known;
  };

  const graphics = preferred;
  const lost = (event: Event): void => {
    event.preventDefault(); // asks for the context back
    preferred = plain();
    onChange();
  };
  const restored = (): void => {
    graphics.restore();
    preferred = graphics;
    onChange();
  };
  graphics.canvas.addEventListener("webglcontextlost", lost);
  graphics.canvas.addEventListener("webglcontextrestored", restored);
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
      const renderer = drawing === null || !preferred.ready(drawing) ? plain() : preferred;
      for (const each of renderers) each.canvas.hidden = each !== renderer;
      if (renderer.canvas.width !== size.width) renderer.canvas.width = size.width;
      if (renderer.canvas.height !== size.height) renderer.canvas.height = size.height;
      if (drawing === null) clear(renderer.canvas);
      else renderer.draw(drawing);
      return renderer.kind;
    },
    dispose() {
      observer.disconnect();
      graphics.canvas.removeEventListener("webglcontextlost", lost);
      graphics.canvas.removeEventListener("webglcontextrestored", restored);
      for (const each of renderers) {
        each.dispose();
        each.canvas.remove();
      }
    },
  };
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
