// @vitest-environment happy-dom
// Where stream and header differ about the sign, the pane draws by the one that decision 0009 follows, and says so.
import { expect, test, vi } from "vitest";
import { type Dataset, type DisplaySet, displaySets, type PixelLayout, Tags } from "../../src/display";
import { FrameCache, Pane, type PaneReport, type Picture } from "../../src/viewport";
import { element, instance } from "../display/fixtures";
import { FRAME_BYTES } from "./pictures";

const SIGNED_HEADER: Dataset = { [Tags.PixelRepresentation]: element("US", 1) };
const SIGNED_12 = { bitsAllocated: 16, bitsStored: 12, highBit: 11, signed: true };
const SIGNED_16 = { bitsAllocated: 16, bitsStored: 16, highBit: 15, signed: true };

type Followed = Pick<Extract<Picture, { kind: "grey" }>, "headerConflict" | "byHeader">;

/** What a pane says once it has drawn the only image of a set. */
async function drawn(header: Dataset, followed: Followed): Promise<PaneReport> {
  const context = { putImageData: vi.fn(), fillRect: vi.fn() } as unknown as RenderingContext;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(context);
  sized(20, 16);
  const values = Int16Array.from({ length: 80 }, (_, at) => at - 1000);
  const picture: Picture = { kind: "grey", rows: 8, columns: 10, values, ...followed };
  const said = vi.fn<(report: PaneReport) => void>();
  const cache = new FrameCache(9 * FRAME_BYTES);
  const pane = new Pane(document.createElement("figure"), { cache, wish: "2d", onDrawn: said });
  pane.show(setOf(header), async () => picture);
  const report = await vi.waitFor(() => {
    const last = said.mock.lastCall?.[0];
    if (last?.content.kind !== "picture") throw new Error("nothing is drawn");
    return last;
  });
  pane.dispose();
  return report;
}

/** A document without layout: every element covers as many device pixels as this. */
function sized(inlineSize: number, blockSize: number): void {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private readonly tell: (entries: readonly unknown[]) => void) {}
      observe(): void {
        queueMicrotask(() => this.tell([{ devicePixelContentBoxSize: [{ inlineSize, blockSize }] }]));
      }
      disconnect(): void {}
    },
  );
}

function setOf(header: Dataset): DisplaySet {
  const [set] = displaySets([instance(header)]).sets;
  if (set === undefined) throw new Error("no set");
  return set;
}

test.each<[string, Dataset, Followed, Partial<PixelLayout>, boolean]>([
  ["agree: by both", SIGNED_HEADER, { headerConflict: false }, SIGNED_12, false],
  [
    "an unsigned stream, a signed header: by the header",
    SIGNED_HEADER,
    { headerConflict: true, byHeader: true },
    SIGNED_12,
    true,
  ],
  ["a signed stream, an unsigned header: by the stream", {}, { headerConflict: true }, SIGNED_16, true],
])("%s", async (_, header, followed, layout, conflict) => {
  const { frame, geometry } = await drawn(header, followed);
  expect(frame?.layout).toMatchObject(layout);
  expect(frame?.conflict).toBe(conflict);
  expect(geometry?.frame).toBe(frame);
});
