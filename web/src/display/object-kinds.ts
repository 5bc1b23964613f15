// What an object without a stack of pixels is, by its SOP class (PS3.4 annex B.5, PS3.6 annex A): the kind that a reader knows it by.

/** SOP classes of each kind below the root of storage classes; a name that ends in a dot stands for all below it. */
const KINDS = {
  reportText: ["88.11", "88.1", "88.22"],
  reportMeasurements: ["88.33", "88.34", "88.35", "88.3", "88.4"],
  reportAudio: ["88.2"],
  procedureLog: ["88.40"],
  cadMammography: ["88.50"],
  keyObjects: ["88.59"],
  cadChest: ["88.65"],
  cadColon: ["88.69"],
  dose: ["88.67", "88.73", "88.76"],
  doseNuclear: ["88.68"],
  implantPlan: ["88.70"],
  acquisitionContext: ["88.71"],
  echo: ["88.72"],
  contrastAgent: ["88.74", "88.75"],
  waveformReport: ["88.77"],
  report: ["88."],
  presentationState: ["11.1", "11.5", "11.12"],
  presentationStateColour: ["11.2", "11.3"],
  presentationStateBlending: ["11.4", "11.8"],
  presentationStateVolume: ["11.6", "11.7", "11.9", "11.10", "11.11"],
  presentationStateOther: ["11."],
  ecg: ["9.1.1", "9.1.2", "9.1.3", "9.1.4"],
  haemodynamics: ["9.2.1", "9.5.1"],
  electrophysiology: ["9.3.1"],
  voice: ["9.4.1", "9.4.2"],
  respiration: ["9.6.1", "9.6.2"],
  eeg: ["9.7.1", "9.7.4"],
  emg: ["9.7.2", "9.7.3"],
  bodyPosition: ["9.8.1"],
  waveform: ["9.1", "9.2.", "9.3.", "9.4.", "9.5.", "9.6.", "9.7.", "9.8."],
  curve: ["9", "129"],
  overlay: ["8"],
  lookupTable: ["10", "11"],
  rawData: ["66"],
  registration: ["66.1", "66.3"],
  fiducials: ["66.2"],
  segmentation: ["66.4", "66.7", "66.8"],
  surface: ["66.5", "68.1", "68.2"],
  tracts: ["66.6"],
  realWorldValues: ["67"],
  pdf: ["104.1"],
  cda: ["104.2"],
  model: ["104.3", "104.4", "104.5"],
  rtStructures: ["481.3"],
  rtPlan: ["481.5", "481.8", "481.10", "481.11", "481.12", "481.13", "481.14", "481.15", "481.21", "481.22", "481.25"],
  rtRecord: ["481.4", "481.6", "481.7", "481.9", "481.16", "481.17", "481.18", "481.19", "481.20"],
  eyeMeasurements: ["78.", "79.1", "80.1", "77.1.5.3", "77.1.5.8"],
  protocol: ["200."],
  structuredDisplay: ["131"],
  assessment: ["90.1"],
  annotations: ["91.1"],
  inventory: ["201.1"],
  spectroscopy: ["4.2"],
} as const;

export type ObjectKind = keyof typeof KINDS | "video" | "image" | "unknown";

const ROOT = "1.2.840.10008.5.1.4.1.1.";
const EXACT: ReadonlyMap<string, ObjectKind> = new Map(named((name) => !name.endsWith(".")));
const BELOW: readonly (readonly [string, ObjectKind])[] = named((name) => name.endsWith("."));

function named(wanted: (name: string) => boolean): readonly (readonly [string, ObjectKind])[] {
  const kinds = Object.entries(KINDS) as readonly (readonly [keyof typeof KINDS, readonly string[]])[]; // keys of KINDS, as declared
  return kinds.flatMap(([kind, names]) => names.filter(wanted).map((name) => [name, kind] as const));
}

export function objectKind(sopClassUid: string, transferSyntax: string): ObjectKind {
  if (isVideo(transferSyntax)) return "video";
  if (!sopClassUid.startsWith(ROOT)) return "unknown";
  const name = sopClassUid.slice(ROOT.length);
  const kind = EXACT.get(name) ?? BELOW.find(([root]) => name.startsWith(root))?.[1];
  return kind ?? (PICTURES.some((root) => name === root || name.startsWith(`${root}.`)) ? "image" : "unknown");
}

/** Roots of classes whose objects are pictures; one without readable pixels is listed like the other objects. */
const PICTURES: readonly string[] = [
  ...["1", "2", "3", "4", "5", "6", "7", "12", "13", "14", "20", "30", "77", "81", "82", "128", "130"],
  ...["481.1", "481.2", "481.23", "481.24"],
];

/** Transfer syntaxes whose pixel data are one stream of moving pictures (PS3.5 8.2.5 to 8.2.11). */
const VIDEO_SYNTAXES: ReadonlySet<string> = new Set(
  [100, 101, 102, 103, 104, 105, 106, 107, 108].map((number) => `1.2.840.10008.1.2.4.${number}`),
);

/** The fragmentable twins are called so with a further `.1`. */
export function isVideo(transferSyntax: string): boolean {
  return VIDEO_SYNTAXES.has(transferSyntax.replace(/^(1\.2\.840\.10008\.1\.2\.4\.\d+)\.1$/, "$1"));
}

/** MPEG-2 (PS3.5 8.2.5): no browser plays it. */
export function isMpeg2(transferSyntax: string): boolean {
  return /^1\.2\.840\.10008\.1\.2\.4\.10[01](\.1)?$/.test(transferSyntax);
}

/** The method that a video is encoded by. */
export function videoMethod(transferSyntax: string): "MPEG-2" | "H.264" | "HEVC" {
  if (isMpeg2(transferSyntax)) return "MPEG-2";
  return /\.10[78](\.1)?$/.test(transferSyntax) ? "HEVC" : "H.264";
}

const REPORTS: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  ...(["reportText", "reportMeasurements", "procedureLog", "cadMammography", "keyObjects", "cadChest"] as const),
  ...(["cadColon", "dose", "doseNuclear", "implantPlan", "acquisitionContext", "echo", "contrastAgent"] as const),
  ...(["waveformReport", "report", "reportAudio"] as const),
]);
const WAVEFORMS: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  ...(["ecg", "haemodynamics", "electrophysiology", "respiration", "eeg", "emg", "bodyPosition", "waveform"] as const),
]);
const DOCUMENTS: ReadonlySet<ObjectKind> = new Set<ObjectKind>(["cda", "model"]);
const STATES: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  ...(["presentationState", "presentationStateColour"] as const),
]);

/** How an object is shown; `none` are named and offered for saving. */
export type ObjectShape = "report" | "waveform" | "pdf" | "document" | "video" | "state" | "none";

export function shapeOf(kind: ObjectKind): ObjectShape {
  if (REPORTS.has(kind)) return "report";
  if (WAVEFORMS.has(kind)) return "waveform";
  if (STATES.has(kind)) return "state";
  if (kind === "pdf" || kind === "video") return kind;
  return DOCUMENTS.has(kind) ? "document" : "none";
}
