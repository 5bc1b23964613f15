// Where the frames of one series come from: stored bytes, or a picture that the server draws.
import { type KontorClient, type SeriesUid, type StudyUid, sopUid } from "../api";
import type { FrameOrigin } from "../viewport";

export function frameOrigin(client: KontorClient, study: StudyUid, series: SeriesUid): FrameOrigin {
  return {
    stored: (frame, signal) =>
      client.images.frame(study, series, sopUid(frame.instance.sopInstanceUid), frame.number, signal),
    rendered: (frame, signal) =>
      client.images.rendered(study, series, sopUid(frame.instance.sopInstanceUid), frame.number, signal),
  };
}
