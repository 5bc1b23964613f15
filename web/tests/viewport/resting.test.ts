// @vitest-environment happy-dom
// Graphics contexts of panes that are gone: handed on while they live, with nothing of a picture in them.
import { afterEach, expect, test, vi } from "vitest";
import { resolveView, shadingOf, UPRIGHT } from "../../src/display";
import { graphicsRenderer, restGraphics } from "../../src/viewport/planar/choose-renderer";
import type { Drawing, GraphicsRenderer } from "../../src/viewport/planar/drawing";
import { webglRenderer } from "../../src/viewport/planar/webgl";

const NOTHING = (): void => undefined;
const host = (): HTMLElement => document.createElement("figure");

/** A renderer as far as handing it on goes. */
function renderer() {
  const canvas = document.createElement("canvas");
  const made = { kind: "webgl", canvas, lost: false, rest: vi.fn(), wake: vi.fn(), dispose: vi.fn() };
  return made as typeof made & GraphicsRenderer;
}

/** Takes whatever rests; without one there is no context here, and nothing is made. */
function all(wish: "auto" | "webgl"): readonly unknown[] {
  const taken: unknown[] = [];
  for (;;) {
    const one = graphicsRenderer(host(), wish, NOTHING);
    if (one === null) return taken;
    taken.push(one);
  }
}

afterEach(() => {
  all("auto");
  all("webgl");
  vi.restoreAllMocks();
});

test("one goes on to the next pane: its canvas stands there, and that pane is told when a picture arrives", () => {
  const [one, pane, told] = [renderer(), host(), vi.fn()];
  pane.append(one.canvas);
  restGraphics(one, "webgl");
  expect([one.rest.mock.calls.length, pane.children.length]).toEqual([1, 0]);
  expect(graphicsRenderer(pane, "webgl", told)).toBe(one);
  expect(pane.contains(one.canvas)).toBe(true);
  expect(one.wake).toHaveBeenLastCalledWith(told);
  expect(all("webgl")).toEqual([]);
});

test("one that was made in software on demand is none for who did not demand it", () => {
  const one = renderer();
  restGraphics(one, "webgl");
  expect(all("auto")).toEqual([]);
  expect(all("webgl")).toEqual([one]);
});

test("one whose context is lost, before or while it rests, goes on to nobody", () => {
  const [before, meanwhile] = [renderer(), renderer()];
  Object.assign(before, { lost: true });
  restGraphics(before, "webgl");
  restGraphics(meanwhile, "webgl");
  Object.assign(meanwhile, { lost: true });
  expect(all("webgl")).toEqual([]);
  expect([before, meanwhile].map(({ dispose }) => dispose.mock.calls.length)).toEqual([1, 1]);
});

test("as many rest as panes hang, and not more", () => {
  const five = Array.from({ length: 5 }, renderer);
  for (const one of five) restGraphics(one, "auto");
  expect(five.map(({ dispose }) => dispose.mock.calls.length)).toEqual([0, 0, 0, 0, 1]);
  expect(all("auto")).toHaveLength(4);
});

/** A context that draws nothing and counts textures. */
function context() {
  const textures = new Set<object>();
  const known: Readonly<Record<string, unknown>> = {
    createTexture: () => {
      const made = {};
      textures.add(made);
      return made;
    },
    deleteTexture: (gone: object) => textures.delete(gone),
    getParameter: () => 4096,
    getProgramParameter: () => true,
    getShaderParameter: () => true,
    isContextLost: () => false,
    getExtension: () => null,
  };
  const gl = new Proxy(known, { get: (of, name) => of[String(name)] ?? (() => ({})) });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(gl as unknown as RenderingContext);
  return textures;
}

function drawing(edge: number): Drawing {
  const layout = {
    rows: edge,
    columns: edge,
    samples: 1,
    bitsAllocated: 16,
    bitsStored: 12,
    highBit: 11,
    signed: false,
    planar: false,
    photometric: "MONOCHROME2",
    number: "integer",
  } as const;
  const voi = { kind: "window", window: { centre: 40, width: 400, shape: "LINEAR" } } as const;
  const transform = { kind: "rescale", slope: 1, intercept: 0 } as const;
  const size = { columns: edge, rows: edge, aspect: 1 };
  return {
    picture: { kind: "grey", rows: edge, columns: edge, values: new Uint16Array(edge * edge), headerConflict: false },
    shading: shadingOf({ transform, padding: null, voi, inverted: false }, layout),
    cover: null,
    view: resolveView({ zoom: 1, pan: [0, 0], flips: UPRIGHT }, size, { width: 64, height: 64 }),
    smooth: true,
  };
}

test("nothing of a picture stays on the card or on the canvas", () => {
  const textures = context();
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
  const made = webglRenderer(canvas, true);
  made?.draw(drawing(64));
  expect(textures.size).toBeGreaterThan(2);
  made?.rest();
  expect([textures.size, canvas.width, canvas.height]).toEqual([0, 1, 1]);
});

test.each([true, false])(
  "a picture on its way to the card is told when it is there, unless its pane is gone: %s",
  async (gone) => {
    context();
    const [mine, control] = [vi.fn(), vi.fn()];
    for (const [told, rests] of [
      [mine, gone],
      [control, false],
    ] as const) {
      const made = webglRenderer(document.createElement("canvas"), true);
      made?.wake(told);
      expect(made?.ready(drawing(2048))).toBe(false);
      if (rests) made?.rest();
    }
    await vi.waitFor(() => expect(control).toHaveBeenCalled(), 5000);
    expect(mine.mock.calls.length).toBe(gone ? 0 : 1);
  },
);
