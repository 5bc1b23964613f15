// The value of one content item of a report, by its value type (PS3.3 table C.17.3-7 and C.18).
import { type Coded, codedOf, unitText } from "./coded";
import { type Dataset, itemsOf, numbersOf, personNameOf, textOf, textsOf } from "./dataset";
import { ObjectTags } from "./object-tags";

/** An object that a report points at, perhaps only some frames or channels of it. */
export interface Reference {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** From 1; empty: all. */
  readonly frames: readonly number[];
  readonly segments: readonly number[];
  readonly channels: readonly number[];
}

export type ReportValue =
  | { readonly kind: "container" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly text: string; readonly unit: string; readonly qualifier: Coded | null }
  | { readonly kind: "code"; readonly code: Coded }
  | { readonly kind: "date" | "time" | "dateTime" | "person" | "uid"; readonly text: string }
  | { readonly kind: "image" | "waveform" | "object"; readonly reference: Reference | null }
  | { readonly kind: "shape"; readonly type: string; readonly points: number; readonly frameOfReference: string }
  | { readonly kind: "times"; readonly type: string; readonly count: number }
  | { readonly kind: "link"; readonly path: readonly number[] }
  /** Absent, or of a type that the standard does not know. */
  | { readonly kind: "missing"; readonly type: string };

export function readValue(item: Dataset): ReportValue {
  const path = numbersOf(item, ObjectTags.ReferencedContentItemIdentifier);
  if (path.length > 0) return { kind: "link", path };
  const type = textOf(item, ObjectTags.ValueType) ?? "";
  return READERS[type]?.(item) ?? { kind: "missing", type };
}

/** `null`: the type's own attribute is absent. */
const READERS: Readonly<Record<string, (item: Dataset) => ReportValue | null>> = {
  CONTAINER: () => ({ kind: "container" }),
  TEXT: (item) => textual(item, ObjectTags.TextValue, "text"),
  NUM: readNumber,
  CODE: (item) => {
    const code = codedOf(item, ObjectTags.ConceptCodeSequence);
    return code === null ? null : { kind: "code", code };
  },
  DATE: (item) => textual(item, ObjectTags.Date, "date"),
  TIME: (item) => textual(item, ObjectTags.Time, "time"),
  DATETIME: (item) => textual(item, ObjectTags.DateTime, "dateTime"),
  UIDREF: (item) => textual(item, ObjectTags.Uid, "uid"),
  PNAME: (item) => {
    const name = personNameOf(item, ObjectTags.PersonName);
    if (name === null) return null;
    return { kind: "person", text: [name.alphabetic, name.ideographic, name.phonetic].join("=").replace(/=+$/, "") };
  },
  IMAGE: (item) => ({ kind: "image", reference: readReference(item) }),
  WAVEFORM: (item) => ({ kind: "waveform", reference: readReference(item) }),
  COMPOSITE: (item) => ({ kind: "object", reference: readReference(item) }),
  SCOORD: readShape,
  SCOORD3D: readShape,
  TCOORD: (item) => ({
    kind: "times",
    type: textOf(item, ObjectTags.TemporalRangeType) ?? "",
    count: Math.max(
      ...[ObjectTags.ReferencedSamplePositions, ObjectTags.ReferencedTimeOffsets, ObjectTags.ReferencedDateTime].map(
        (tag) => textsOf(item, tag).length,
      ),
    ),
  }),
};

function textual(item: Dataset, tag: string, kind: "text" | "date" | "time" | "dateTime" | "uid"): ReportValue | null {
  const text = textOf(item, tag);
  return text === null ? null : { kind, text };
}

/** The number as the header has it, never rounded. Without value a qualifier says why (PS3.3 C.18.1). */
function readNumber(item: Dataset): ReportValue | null {
  const [measured] = itemsOf(item, ObjectTags.MeasuredValueSequence);
  const text = measured === undefined ? null : textOf(measured, ObjectTags.NumericValue);
  const qualifier = codedOf(item, ObjectTags.NumericValueQualifierCodeSequence);
  if (measured === undefined || text === null)
    return qualifier === null ? null : { kind: "number", text: "", unit: "", qualifier };
  return {
    kind: "number",
    text,
    unit: unitText(codedOf(measured, ObjectTags.MeasurementUnitsCodeSequence)),
    qualifier,
  };
}

function readReference(item: Dataset): Reference | null {
  const [sop] = itemsOf(item, ObjectTags.ReferencedSopSequence);
  const sopInstanceUid = sop === undefined ? null : textOf(sop, ObjectTags.ReferencedSopInstanceUid);
  if (sop === undefined || sopInstanceUid === null) return null;
  return {
    sopClassUid: textOf(sop, ObjectTags.ReferencedSopClassUid) ?? "",
    sopInstanceUid,
    frames: numbersOf(sop, ObjectTags.ReferencedFrameNumber),
    segments: numbersOf(sop, ObjectTags.ReferencedSegmentNumber),
    channels: numbersOf(sop, ObjectTags.ReferencedWaveformChannels),
  };
}

/** Points of two or three coordinates; in space with the frame of reference that gives them their meaning. */
function readShape(item: Dataset): ReportValue {
  const coordinates = textsOf(item, ObjectTags.GraphicData).length;
  const inSpace = textOf(item, ObjectTags.ValueType) === "SCOORD3D";
  return {
    kind: "shape",
    type: textOf(item, ObjectTags.GraphicType) ?? "",
    points: Math.floor(coordinates / (inSpace ? 3 : 2)),
    frameOfReference: inSpace ? (textOf(item, ObjectTags.ReferencedFrameOfReferenceUid) ?? "") : "",
  };
}
