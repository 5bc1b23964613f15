// The reading page with a study of one image, in a document that has neither workers nor canvases.
import { withoutDrawing } from "../app/no-drawing";
import { study, TestServer } from "../app/server";
import { HEADER } from "../display/fixtures";

export const ADDRESS = "/studies/1.2.1/images?renderer=2d";
const SERIES = "1.2.1.1";
const PATH = `GET /studies/1.2.1/series/${SERIES}`;
export const BUNDLE = `${PATH}/bundle`;
export const FRAME = `${PATH}/instances/1.1/frames/1`;

/** `digest` names the object that is shown under the image's UID. Frames are for the test to answer. */
export function serverWithOneImage(digest: () => string): TestServer {
  withoutDrawing();
  const server = new TestServer();
  const row = { series_instance_uid: SERIES, modality: "CT", number: 1, description: "Thorax", instance_count: 1 };
  const texts = ["body_part", "laterality", "protocol", "station", "manufacturer", "performed_date", "performed_time"];
  const more = Object.fromEntries([...texts, "frame_of_reference_uid"].map((name) => [name, ""]));
  const times = { size_bytes: 1, first_received_at: "x", last_received_at: "x", state: "ready" };
  server.overrides.set("GET /studies/1.2.1", () =>
    Response.json({ study: study(1), series: [{ ...row, ...more, ...times }] }),
  );
  server.overrides.set(BUNDLE, () =>
    Response.json({
      study_instance_uid: "1.2.1",
      series_instance_uid: SERIES,
      built_from: digest(),
      instances: [
        {
          sop_instance_uid: "1.1",
          sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
          transfer_syntax: "1.2.840.10008.1.2.1",
          digest: digest(),
          dataset: HEADER,
          frames: { count: 1, lossy: false, bytes: [160] },
        },
      ],
    }),
  );
  return server;
}
