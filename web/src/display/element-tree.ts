// All elements of an object as rows for the tag browser: sequences fold, a search opens what it finds.
import { asDataset, type Dataset, type JsonElement } from "./dataset";

export interface ElementRow {
  /** Tags and item numbers from the top, `00081140/1/00081155`: the row's name. */
  readonly path: string;
  readonly depth: number;
  /** `null`: the row is an item of a sequence. */
  readonly tag: string | null;
  /** Position of an item in its sequence, from 1; 0 for elements. */
  readonly item: number;
  readonly vr: string;
  readonly value: ElementValue;
  /** How many rows lie directly within; 0: nothing to unfold. */
  readonly inside: number;
  readonly open: boolean;
  /** Who owns a private element (PS3.5 7.8.1), `""` for the standard's own and for unclaimed blocks. */
  readonly creator: string;
}

export type ElementValue =
  | {
      readonly kind: "text";
      readonly text: string /** Of the whole, where `text` is only its beginning. */;
      readonly length: number;
    }
  | { readonly kind: "binary"; readonly bytes: number | null; readonly address: string | null }
  | { readonly kind: "items"; readonly count: number }
  | { readonly kind: "empty" };

/** What a dictionary knows: words that a search looks through beside tag and value. */
export type NameOf = (tag: string, creator: string) => string;

const SHOWN_CHARACTERS = 400;

/** A search that finds more than this shows the first ones and says so. */
export const ROWS_MAX = 50_000;

interface Pending {
  readonly path: string;
  readonly depth: number;
  readonly tag: string | null;
  readonly item: number;
  readonly element: JsonElement | null;
  readonly dataset: Dataset;
  readonly creator: string;
  /** Shown whether or not it holds what is looked for: the reader opened what it lies in. */
  readonly wanted: boolean;
}

export interface Search {
  readonly text: string;
  readonly nameOf: NameOf;
}

/**
 * All rows with `unfolded` paths open; with a search those that hold its text in tag, name or value, each below the rows
 * that it lies in. What is found and opened shows all that lies within.
 */
export function elementRows(
  dataset: Dataset,
  unfolded: ReadonlySet<string>,
  search: Search | null,
): readonly ElementRow[] {
  const rows: ElementRow[] = [];
  /** Rows above the present one that are not shown yet: each lies within the one before it. */
  const above: ElementRow[] = [];
  const needle = search === null ? "" : folded(search.text);
  const waiting: Pending[] = [];
  putOnTop(waiting, elementsOf(dataset, "", 0, search === null));
  for (let next = waiting.pop(); next !== undefined && rows.length < ROWS_MAX; next = waiting.pop()) {
    const { depth, path } = next;
    while ((above.at(-1)?.depth ?? -1) >= depth) above.pop();
    const found = next.wanted || (search !== null && holds(next, needle, search.nameOf));
    const open = found ? unfolded.has(path) : true;
    const inside = insideOf(next, found && open);
    const row = asRow(next, inside.length, open && inside.length > 0);
    if (found) rows.push(...above.splice(0), row);
    else if (inside.length > 0) above.push(row);
    if (open || search !== null) putOnTop(waiting, inside);
  }
  return rows;
}

function holds({ tag, element, creator }: Pending, needle: string, nameOf: NameOf): boolean {
  if (tag === null || element === null) return false;
  const texts = [tag, tagText(tag), nameOf(tag, creator), creator, valueText(element)];
  return texts.some((text) => folded(text).includes(needle));
}

const folded = (text: string): string => text.toLowerCase();

/** The whole value as text, several values apart by a backslash as in the file. `""` for sequences and binary values. */
export function valueText(element: JsonElement): string {
  if (element.vr === "SQ") return "";
  return (element.Value ?? []).map(oneText).join("\\");
}

function oneText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  const name = value as Readonly<Record<string, unknown>>; // a person name's groups; other objects are items of sequences
  const groups = ["Alphabetic", "Ideographic", "Phonetic"].map((group) => {
    const text = name[group];
    return typeof text === "string" ? text : "";
  });
  return groups.join("=").replace(/=+$/, "");
}

/** `(0010,0020)` */
export function tagText(tag: string): string {
  return `(${tag.slice(0, 4)},${tag.slice(4)})`;
}

function elementsOf(dataset: Dataset, path: string, depth: number, wanted: boolean): readonly Pending[] {
  return Object.keys(dataset)
    .sort()
    .map((tag) => ({
      path: path === "" ? tag : `${path}/${tag}`,
      depth,
      tag,
      item: 0,
      element: dataset[tag] ?? null,
      dataset,
      creator: creatorOf(dataset, tag),
      wanted,
    }));
}

function insideOf({ element, path, depth, dataset }: Pending, wanted: boolean): readonly Pending[] {
  if (element === null) return elementsOf(dataset, path, depth + 1, wanted);
  if (element.vr !== "SQ") return [];
  return (element.Value ?? []).map((item, index) => ({
    path: `${path}/${index + 1}`,
    depth: depth + 1,
    tag: null,
    item: index + 1,
    element: null,
    dataset: asDataset(item),
    creator: "",
    wanted,
  }));
}

function asRow({ path, depth, tag, item, element, creator }: Pending, inside: number, open: boolean): ElementRow {
  const value = element === null ? ({ kind: "items", count: inside } as const) : shownValue(element);
  return { path, depth, tag, item, vr: element?.vr ?? "", value, inside, open, creator };
}

function shownValue(element: JsonElement): ElementValue {
  if (element.vr === "SQ") return { kind: "items", count: element.Value?.length ?? 0 };
  if (element.InlineBinary !== undefined)
    return { kind: "binary", bytes: decodedLength(element.InlineBinary), address: null };
  if (element.BulkDataURI !== undefined) return { kind: "binary", bytes: null, address: element.BulkDataURI };
  const text = valueText(element);
  if (text === "") return { kind: "empty" };
  return { kind: "text", text: text.slice(0, SHOWN_CHARACTERS), length: text.length };
}

/** Bytes that a base64 text stands for. */
function decodedLength(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

/** The creator of the block that a private element lies in, by the element (gggg,00bb) of the same data set. */
function creatorOf(dataset: Dataset, tag: string): string {
  const group = tag.slice(0, 4);
  const block = tag.slice(4, 6);
  if (Number.parseInt(group, 16) % 2 === 0 || block === "00") return "";
  const owner = dataset[`${group}00${block}`];
  return owner === undefined ? "" : valueText(owner).trim();
}

/** The first of `list` is taken next. One at a time: a call takes no list of any length. */
function putOnTop<T>(stack: T[], list: readonly T[]): void {
  for (const one of list.toReversed()) stack.push(one);
}
