// @vitest-environment happy-dom
// A driver that refuses a shader: Canvas 2D goes on alone, and no black canvas is left over it.
import { expect, test, vi } from "vitest";
import { graphicsRenderer } from "../../src/viewport/planar/choose-renderer";

test("leaves no canvas behind, and says why", () => {
  const reported = vi.fn();
  vi.stubGlobal("reportError", reported);
  const gl = new Proxy(
    { getProgramParameter: () => false, getProgramInfoLog: () => "too many uniforms", getExtension: () => null },
    { get: (known, name) => known[name as keyof typeof known] ?? (() => ({})) },
  );
  const host = document.createElement("figure");
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(gl as unknown as RenderingContext);
  expect(graphicsRenderer(host, "webgl", () => undefined)).toBeNull();
  expect(host.children.length).toBe(0);
  expect(String(reported.mock.calls[0]?.[0])).toContain("too many uniforms");
});
