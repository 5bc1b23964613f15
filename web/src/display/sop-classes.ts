// Families of SOP classes as a reader sees them (PS3.6 annex A): pictures to stack, and everything else that is listed beside them.

export type Family = "image" | "attachment";

/** Roots of storage classes that are no pictures: SR, KO, PR, waveforms, RT, registrations, encapsulated documents. */
const NO_PICTURE: readonly string[] = [
  "1.2.840.10008.5.1.4.1.1.88.",
  "1.2.840.10008.5.1.4.1.1.11.",
  "1.2.840.10008.5.1.4.1.1.9.",
  "1.2.840.10008.5.1.4.1.1.66",
  "1.2.840.10008.5.1.4.1.1.104.",
  "1.2.840.10008.5.1.4.1.1.67",
];
const NO_PICTURE_RT: ReadonlySet<string> = new Set(["3", "4", "5", "6", "7", "8", "9", "10", "11"]);
const RT_ROOT = "1.2.840.10008.5.1.4.1.1.481.";

export function familyOf(sopClassUid: string): Family {
  if (NO_PICTURE.some((root) => sopClassUid.startsWith(root))) return "attachment";
  if (sopClassUid.startsWith(RT_ROOT))
    return NO_PICTURE_RT.has(sopClassUid.slice(RT_ROOT.length)) ? "attachment" : "image";
  return "image";
}
