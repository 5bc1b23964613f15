// The colour profile of an image, applied to its finished colours before anything is interpolated (clinical rule 1.46).
import { type ColourConversion, colourConversion } from "../../display";
import type { Picture } from "./picture";

/** Bytes of the profile; `"left-out"`: there is one, but the header does not hold it. */
export type Profile = Uint8Array | "left-out" | null;

/** Without a profile, colours are sRGB. What is no matrix profile is not applied, and the picture says so. */
export function withProfile(picture: Picture, profile: Profile): Picture {
  if (picture.kind !== "colour" || profile === null) return picture;
  const convert = conversionOf(profile);
  if (convert === undefined) return { ...picture, profile: "not-applied" };
  if (convert === null) return picture;
  convert(picture.rgba);
  return { ...picture, profile: "applied" };
}

function conversionOf(profile: Uint8Array | "left-out"): ColourConversion | undefined {
  if (profile === "left-out") return undefined;
  try {
    return colourConversion(profile);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // also what a reader of bytes throws at their end
    throw error;
  }
}
