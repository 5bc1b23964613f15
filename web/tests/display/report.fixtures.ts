// Small reports, written as PS3.3 C.17 lays their items out.
import { type Dataset, ObjectTags } from "../../src/display";
import { element } from "./fixtures";

export const code = (value: string, meaning: string, scheme = "DCM"): Dataset => ({
  [ObjectTags.CodeValue]: element("SH", value),
  [ObjectTags.CodingSchemeDesignator]: element("SH", scheme),
  [ObjectTags.CodeMeaning]: element("LO", meaning),
});

export function item(type: string, name: string, values: Dataset = {}, ...children: readonly Dataset[]): Dataset {
  return {
    [ObjectTags.RelationshipType]: element("CS", "CONTAINS"),
    [ObjectTags.ValueType]: element("CS", type),
    ...(name === "" ? {} : { [ObjectTags.ConceptNameCodeSequence]: element("SQ", code("1", name)) }),
    ...values,
    ...(children.length === 0 ? {} : { [ObjectTags.ContentSequence]: element("SQ", ...children) }),
  };
}

export const text = (name: string, value: string, ...children: readonly Dataset[]): Dataset =>
  item("TEXT", name, { [ObjectTags.TextValue]: element("UT", value) }, ...children);

export function measured(name: string, value: unknown, unit: Dataset | null, more: Dataset = {}): Dataset {
  const units = unit === null ? {} : { [ObjectTags.MeasurementUnitsCodeSequence]: element("SQ", unit) };
  const within = { [ObjectTags.NumericValue]: element("DS", value), ...units };
  return item("NUM", name, { [ObjectTags.MeasuredValueSequence]: element("SQ", within), ...more });
}

export function reference(sop: string, ...frames: readonly number[]): Dataset {
  const within = {
    [ObjectTags.ReferencedSopInstanceUid]: element("UI", sop),
    ...(frames.length === 0 ? {} : { [ObjectTags.ReferencedFrameNumber]: element("IS", ...frames) }),
  };
  return { [ObjectTags.ReferencedSopSequence]: element("SQ", within) };
}

export const evidence = (series: string, ...sops: readonly string[]): Dataset => ({
  [ObjectTags.ReferencedSeriesSequence]: element("SQ", {
    [ObjectTags.SeriesInstanceUid]: element("UI", series),
    [ObjectTags.ReferencedSopSequence]: element(
      "SQ",
      ...sops.map((sop) => ({ [ObjectTags.ReferencedSopInstanceUid]: element("UI", sop) })),
    ),
  }),
});
