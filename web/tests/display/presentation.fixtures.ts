// An image of three frames and presentation states that name it.
import {
  type AppliedState,
  applied,
  type Dataset,
  framesOf,
  ObjectTags,
  readPresentationState,
} from "../../src/display";
import { element, instance } from "./fixtures";

export const IMAGE = instance({}, 3);

export const image = (sop: string, ...frames: readonly number[]): Dataset => ({
  [ObjectTags.ReferencedSopInstanceUid]: element("UI", sop),
  ...(frames.length === 0 ? {} : { [ObjectTags.ReferencedFrameNumber]: element("IS", ...frames) }),
});
export const images = (...items: readonly Dataset[]): Dataset => ({
  [ObjectTags.ReferencedImageSequence]: element("SQ", ...items),
});

export function state(changes: Dataset = {}, ...frames: readonly number[]) {
  const dataset = {
    [ObjectTags.ReferencedSeriesSequence]: element("SQ", {
      [ObjectTags.SeriesInstanceUid]: element("UI", "1.9"),
      ...images(image(IMAGE.sopInstanceUid, ...frames)),
    }),
    ...changes,
  };
  return readPresentationState({ ...instance({}, 0, "1.2.840.10008.5.1.4.1.1.11.1"), dataset });
}

export function apply(changes: Dataset = {}): AppliedState {
  const [first] = framesOf(IMAGE);
  const found = first === undefined ? null : applied(state(changes), first);
  if (found === null) throw new Error("the state does not act");
  return found;
}
