// The reading page in a document that has neither workers nor canvases: nothing comes to be drawn.
import { vi } from "vitest";

export function withoutDrawing(): void {
  vi.stubGlobal(
    "Worker",
    class extends EventTarget {
      terminate(): void {}
    },
  );
  const context = { clearRect: vi.fn(), fillRect: vi.fn() } as unknown as RenderingContext;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(((kind: string) =>
    kind === "2d" ? context : null) as typeof HTMLCanvasElement.prototype.getContext);
}
