// Reads typed values out of DICOM JSON (PS3.18 Annex F). Absent, empty and malformed values are `null` or an empty list, never NaN.

export interface JsonElement {
  readonly vr: string;
  readonly Value?: readonly unknown[];
  readonly InlineBinary?: string;
  readonly BulkDataURI?: string;
}
export type Dataset = Readonly<Record<string, JsonElement>>;

/** The three spellings of a person name, PS3.18 F.2.2. */
export interface PersonName {
  readonly alphabetic: string;
  readonly ideographic: string;
  readonly phonetic: string;
}

const EMPTY: Dataset = {};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isElement(value: unknown): value is JsonElement {
  return isRecord(value) && typeof value.vr === "string";
}

/** Narrows foreign JSON to a data set; members that are no elements are left out. */
export function asDataset(value: unknown): Dataset {
  if (!isRecord(value)) return EMPTY;
  const elements: Record<string, JsonElement> = {};
  for (const [tag, element] of Object.entries(value)) if (isElement(element)) elements[tag] = element;
  return elements;
}

export function valuesOf(dataset: Dataset, tag: string): readonly unknown[] {
  return dataset[tag]?.Value ?? [];
}

function asNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** All values that are finite numbers; a list with one unreadable member is empty, so that pairs never shift. */
export function numbersOf(dataset: Dataset, tag: string): readonly number[] {
  const numbers = valuesOf(dataset, tag).map(asNumber);
  return numbers.every((value) => value !== null) ? numbers : [];
}

export function numberOf(dataset: Dataset, tag: string): number | null {
  return asNumber(valuesOf(dataset, tag)[0]);
}

export function textsOf(dataset: Dataset, tag: string): readonly string[] {
  return valuesOf(dataset, tag).map((value) =>
    typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "",
  );
}

/** The first value as text, `null` when absent or blank. */
export function textOf(dataset: Dataset, tag: string): string | null {
  const text = textsOf(dataset, tag)[0];
  return text === undefined || text === "" ? null : text;
}

export function itemsOf(dataset: Dataset, tag: string): readonly Dataset[] {
  return valuesOf(dataset, tag).map(asDataset);
}

export function personNameOf(dataset: Dataset, tag: string): PersonName | null {
  const value = valuesOf(dataset, tag)[0];
  if (typeof value === "string") return value === "" ? null : parsePersonName(value);
  if (!isRecord(value)) return null;
  const part = (key: string): string => (typeof value[key] === "string" ? value[key] : "");
  return { alphabetic: part("Alphabetic"), ideographic: part("Ideographic"), phonetic: part("Phonetic") };
}

/** Splits `A=I=P` (PS3.5 6.2.1). */
export function parsePersonName(text: string): PersonName {
  const [alphabetic = "", ideographic = "", phonetic = ""] = text.split("=");
  return { alphabetic, ideographic, phonetic };
}

/** Little-endian bytes of a binary element that was kept in the JSON (PS3.18 F.2.7); `null` when it was left out. */
export function bytesOf(dataset: Dataset, tag: string): Uint8Array | null {
  const inline = dataset[tag]?.InlineBinary;
  if (inline === undefined) return null;
  const binary = atob(inline);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
