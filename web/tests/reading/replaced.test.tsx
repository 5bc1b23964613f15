// Somebody promotes another object under the UID of an image that is being read.
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { button, click, leave, see, show } from "../app/screen";
import { refusal, study, TestServer } from "../app/server";
import { HEADER } from "../display/fixtures";

const SERIES = "1.2.1.1";
const PATH = `GET /studies/1.2.1/series/${SERIES}`;
let server: TestServer;
let digest: string;

beforeEach(() => {
  vi.stubGlobal(
    "Worker",
    class extends EventTarget {
      terminate(): void {}
    },
  ); // the reading page starts its decoder; nothing is decoded here
  // happy-dom draws nothing, and here nothing comes to be drawn.
  const context = { clearRect: vi.fn(), fillRect: vi.fn() } as unknown as RenderingContext;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(context);
  digest = "first";
  server = new TestServer();
  const row = { series_instance_uid: SERIES, modality: "CT", number: 1, description: "Thorax", instance_count: 1 };
  const texts = ["body_part", "laterality", "protocol", "station", "manufacturer", "performed_date", "performed_time"];
  const more = Object.fromEntries([...texts, "frame_of_reference_uid"].map((name) => [name, ""]));
  const times = { size_bytes: 1, first_received_at: "x", last_received_at: "x", state: "ready" };
  server.overrides.set("GET /studies/1.2.1", () =>
    Response.json({ study: study(1), series: [{ ...row, ...more, ...times }] }),
  );
  server.overrides.set(`${PATH}/bundle`, () =>
    Response.json({
      study_instance_uid: "1.2.1",
      series_instance_uid: SERIES,
      built_from: digest,
      instances: [
        {
          sop_instance_uid: "1.1",
          sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
          transfer_syntax: "1.2.840.10008.1.2.1",
          digest,
          dataset: HEADER,
          frames: { count: 1, lossy: false, bytes: [160] },
        },
      ],
    }),
  );
  server.overrides.set(`${PATH}/instances/1.1/frames/1`, () => refusal(409, "images-changed", "Ersetzt"));
});
afterEach(leave);

const asked = (): readonly string[] => server.askedFor(`${PATH}/instances`).map(({ line }) => line.split("?")[1] ?? "");

test("the reader is offered the series anew; only then its frames are asked for as those of the new object", async () => {
  await show(server, "/studies/1.2.1/images?renderer=2d");
  await see(() => asked().length > 0 || null);
  expect(button("Bilder geändert")).toBeUndefined();
  digest = "second";
  await act(async () => server.emit("variants_changed", "1.2.1"));
  const offer = await see(() => button("Bilder geändert"));
  expect(asked()).toEqual(["digest=first"]);
  await click(offer);
  await see(() => asked().length > 1 || null);
  expect(asked()).toEqual(["digest=first", "digest=second"]);
  expect(button("Bilder geändert")).toBeUndefined();
});
