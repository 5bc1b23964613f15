// Where the frames of one series come from: stored bytes, a picture that the server draws, or a long value of the header.
import { type KontorClient, type SeriesUid, type SopUid, type StudyUid, sopUid } from "../api";
import type { Frame } from "../display";
import type { FrameOrigin } from "../viewport";

const sopOf = (frame: Frame): SopUid => sopUid(frame.instance.sopInstanceUid);

export function frameOrigin(client: KontorClient, study: StudyUid, series: SeriesUid): FrameOrigin {
  return {
    stored: (frame, light, signal) =>
      client.images.frame(
        study,
        series,
        { sop: sopOf(frame), digest: frame.instance.digest, number: frame.number, light },
        signal,
      ),
    rendered: (frame, signal) => client.images.rendered(study, series, sopOf(frame), frame.number, signal),
    bulk: (frame, tag, signal) => client.images.value(study, series, sopOf(frame), tag, signal),
  };
}
