// Coded entries (PS3.3 8.8): what is meant, and the code that says it.
import { type Dataset, itemsOf, textOf } from "./dataset";
import { ObjectTags } from "./object-tags";

export interface Coded {
  /** Words for people; the code itself where the object has none. */
  readonly meaning: string;
  readonly value: string;
  readonly scheme: string;
}

/** The first item of a code sequence; `null` where it is absent or says nothing. */
export function codedOf(dataset: Dataset, sequence: string): Coded | null {
  const [item] = itemsOf(dataset, sequence);
  return item === undefined ? null : asCoded(item);
}

export function asCoded(item: Dataset): Coded | null {
  const value =
    textOf(item, ObjectTags.CodeValue) ??
    textOf(item, ObjectTags.LongCodeValue) ??
    textOf(item, ObjectTags.UrnCodeValue) ??
    "";
  const meaning = textOf(item, ObjectTags.CodeMeaning) ?? value;
  if (meaning === "") return null;
  return { meaning, value, scheme: textOf(item, ObjectTags.CodingSchemeDesignator) ?? "" };
}

/** A unit as it is written (UCUM's own letters), `""` for none and for the unit one. */
export function unitText(unit: Coded | null): string {
  if (unit === null || unit.value === "1" || unit.value === "{no units}") return "";
  const isUcum = unit.scheme === "UCUM" && unit.value !== "" && !unit.value.startsWith("{");
  return isUcum ? unit.value : unit.meaning;
}
