// How large the picture shown is: the header says it, and what was drawn may say otherwise.
import type { Frame, PictureSize } from "../../display";
import type { Picture } from "../decode/picture";

/** A server picture may have another size than the header says. */
export function pictureSize(frame: Frame, picture: Picture | null): PictureSize {
  const { rows, columns } = picture ?? frame.layout;
  return { rows, columns, aspect: frame.aspect };
}
