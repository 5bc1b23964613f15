// Which renderer a pane uses: WebGL where a graphics card draws exactly what Canvas 2D draws, else Canvas 2D.
import { type GreyPipeline, type PixelLayout, resolveView, shadingOf, UPRIGHT } from "../../display";
import { Copies, paint } from "./canvas2d";
import type { Drawing, GraphicsRenderer, PlanarRenderer, RendererKind } from "./drawing";
import { webglRenderer } from "./webgl";

/** `auto` decides by itself; the others are for tests and for support on the telephone. */
export type RendererWish = "auto" | RendererKind;

export const pictureCanvas = (): HTMLCanvasElement =>
  Object.assign(document.createElement("canvas"), { className: "picture" });

/** Those whose pane is gone, by wish. To make a context, its programs and their proof takes longer than many drawings. */
const resting = new Map<RendererWish, GraphicsRenderer[]>();
/** As many as panes hang at once. */
const MOST_RESTING = 4;

/**
 * One that draws on a canvas of its own in `host`, which carries one context for its whole life; `null` where there is
 * none, or none that draws exactly. It is given back by `restGraphics`.
 */
export function graphicsRenderer(host: HTMLElement, wish: RendererWish, onReady: () => void): GraphicsRenderer | null {
  const renderer = rested(wish) ?? newRenderer(wish);
  if (renderer === null) return null;
  renderer.wake(onReady);
  host.append(renderer.canvas);
  return renderer;
}

/** The pane is gone: its pictures are forgotten, the context waits for the next pane. */
export function restGraphics(renderer: GraphicsRenderer, wish: RendererWish): void {
  const others = resting.get(wish) ?? [];
  renderer.canvas.remove();
  if (renderer.lost || others.length >= MOST_RESTING) {
    renderer.dispose();
    return;
  }
  renderer.rest();
  resting.set(wish, [...others, renderer]);
}

function rested(wish: RendererWish): GraphicsRenderer | null {
  const kept = resting.get(wish) ?? [];
  resting.delete(wish);
  const [first, ...others] = kept.filter((renderer) => {
    if (renderer.lost) renderer.dispose();
    return !renderer.lost;
  });
  resting.set(wish, others);
  return first ?? null;
}

function newRenderer(wish: RendererWish): GraphicsRenderer | null {
  const renderer = webglRenderer(pictureCanvas(), wish === "webgl");
  if (renderer === null || isUsable(renderer)) return renderer;
  renderer.dispose();
  return null;
}

/** A driver may refuse a shader, or draw something else than Canvas 2D. */
function isUsable(renderer: GraphicsRenderer): boolean {
  try {
    renderer.compile();
    return drawsExactly(renderer);
  } catch (error) {
    reportError(error);
    return false;
  }
}

const PROBE = 64;

/** Draws a ramp at 1:1 and enlarged and compares it with Canvas 2D's pixels; drivers that differ are not used. */
function drawsExactly(renderer: PlanarRenderer): boolean {
  const { canvas } = renderer;
  const { width, height } = canvas;
  canvas.width = PROBE;
  canvas.height = PROBE;
  const same = [probeDrawing(1), probeDrawing(2.5)].every((drawing) => largestDifference(renderer, drawing) <= 1);
  canvas.width = width;
  canvas.height = height;
  return same;
}

function probeDrawing(zoom: number): Drawing {
  const values = Int16Array.from({ length: PROBE * PROBE }, (_, index) => index - 2048);
  const layout: PixelLayout = {
    rows: PROBE,
    columns: PROBE,
    samples: 1,
    bitsAllocated: 16,
    bitsStored: 12,
    highBit: 11,
    signed: true,
    planar: false,
    photometric: "MONOCHROME2",
    number: "integer",
  };
  const pipeline: GreyPipeline = {
    transform: { kind: "rescale", slope: 1, intercept: 0 },
    padding: { low: -2048, high: -2000 },
    voi: { kind: "window", window: { centre: 40, width: 3000, shape: "LINEAR" } },
    inverted: false,
  };
  const size = { columns: PROBE, rows: PROBE, aspect: 1 };
  const view = resolveView({ zoom, pan: [0, 0], flips: UPRIGHT }, size, { width: PROBE, height: PROBE });
  return {
    picture: { kind: "grey", rows: PROBE, columns: PROBE, values, headerConflict: false },
    shading: shadingOf(pipeline, layout),
    cover: null,
    view,
    smooth: true,
  };
}

function largestDifference(renderer: PlanarRenderer, drawing: Drawing): number {
  const expected = new Uint32Array(PROBE * PROBE);
  paint(expected, drawing, { width: PROBE, height: PROBE }, new Copies());
  renderer.draw(drawing);
  const gl = renderer.canvas.getContext("webgl2");
  if (gl === null) return Number.POSITIVE_INFINITY;
  const drawn = new Uint8Array(4 * PROBE * PROBE);
  gl.readPixels(0, 0, PROBE, PROBE, gl.RGBA, gl.UNSIGNED_BYTE, drawn);
  const level = (word: number): number => word & 255;
  return expected.reduce((most, word, index) => {
    const row = PROBE - 1 - Math.floor(index / PROBE); // readPixels begins at the bottom
    return Math.max(most, Math.abs(level(word) - (drawn[4 * (row * PROBE + (index % PROBE))] ?? 0)));
  }, 0);
}
