// A structured report as a list: its content items in the order of reading, each with its depth (PS3.3 A.35, C.17.3).
// The list is made with a stack of its own, so that no depth of a hostile tree ends the page.
import { type Coded, codedOf } from "./coded";
import { type Dataset, itemsOf, personNameOf, textOf } from "./dataset";
import { ObjectTags } from "./object-tags";
import { type ReportValue, readValue } from "./report-value";
import { Tags } from "./tags";

export interface ReportItem {
  /** Position among all items, from 0 for the root. */
  readonly index: number;
  /** Position of the item that contains it, -1 for the root. */
  readonly parent: number;
  readonly depth: number;
  /** Position behind the last item within this one: folding goes on there. */
  readonly end: number;
  /** `CONTAINS`, `HAS PROPERTIES`, `INFERRED FROM` … as written. */
  readonly relationship: string;
  /** `null`: the object names no concept, which it may. */
  readonly name: Coded | null;
  readonly value: ReportValue;
}

/** A person who vouches for the report (PS3.3 C.17.2). */
export interface Verification {
  readonly observer: string;
  readonly organization: string;
  readonly at: string;
}

export interface Report {
  readonly title: Coded | null;
  readonly items: readonly ReportItem[];
  /** More items than this page takes: what is missing is said. */
  readonly cut: boolean;
  readonly complete: boolean | null;
  readonly completeNote: string;
  readonly verified: boolean | null;
  readonly preliminary: boolean;
  readonly verifications: readonly Verification[];
  readonly authors: readonly string[];
  readonly date: string;
  readonly time: string;
  readonly language: string;
  readonly device: string;
  /** SOP instances of the documents that this one replaces or continues. */
  readonly predecessors: readonly string[];
  /** Series of each instance that the report names, from its evidence lists. */
  readonly seriesOf: ReadonlyMap<string, string>;
}

/** Real reports have a few thousand; CAD and dose reports of long procedures some ten thousand. */
export const ITEMS_MAX = 200_000;

export function readReport(dataset: Dataset, most: number = ITEMS_MAX): Report {
  const { items, cut } = readItems(dataset, most);
  const verification = textOf(dataset, ObjectTags.VerificationFlag);
  const completion = textOf(dataset, ObjectTags.CompletionFlag);
  return {
    title: items[0]?.name ?? null,
    items,
    cut,
    complete: completion === null ? null : completion === "COMPLETE",
    completeNote: textOf(dataset, ObjectTags.CompletionFlagDescription) ?? "",
    verified: verification === null ? null : verification === "VERIFIED",
    preliminary: textOf(dataset, ObjectTags.PreliminaryFlag) === "PRELIMINARY",
    verifications: itemsOf(dataset, ObjectTags.VerifyingObserverSequence).map(readVerification),
    authors: itemsOf(dataset, ObjectTags.AuthorObserverSequence)
      .map(nameOf)
      .filter((name) => name !== ""),
    date: textOf(dataset, Tags.ContentDate) ?? "",
    time: textOf(dataset, Tags.ContentTime) ?? "",
    language: languageOf(items),
    device: [ObjectTags.Manufacturer, ObjectTags.ManufacturerModelName]
      .map((tag) => textOf(dataset, tag))
      .filter((text) => text !== null)
      .join(" "),
    predecessors: instancesIn(itemsOf(dataset, ObjectTags.PredecessorDocumentsSequence)).map(([sop]) => sop),
    seriesOf: new Map(
      [ObjectTags.CurrentRequestedProcedureEvidenceSequence, ObjectTags.PertinentOtherEvidenceSequence].flatMap((tag) =>
        instancesIn(itemsOf(dataset, tag)),
      ),
    ),
  };
}

interface Growing extends Omit<ReportItem, "end"> {
  end: number;
}

/** A list of items still to be taken at one depth. */
interface Level {
  readonly parent: number;
  readonly items: readonly Dataset[];
  next: number;
}

function readItems(root: Dataset, most: number): { readonly items: readonly ReportItem[]; readonly cut: boolean } {
  const items: Growing[] = [];
  const levels: Level[] = [{ parent: -1, items: [root], next: 0 }];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const item = level.items[level.next];
    if (item === undefined) {
      close(items, level.parent);
      levels.pop();
      continue;
    }
    if (items.length >= most) {
      for (const open of levels) close(items, open.parent);
      return { items, cut: true };
    }
    level.next += 1;
    items.push(readItem(item, items.length, level.parent, levels.length - 1));
    levels.push({ parent: items.length - 1, items: itemsOf(item, ObjectTags.ContentSequence), next: 0 });
  }
  return { items, cut: false };
}

function close(items: readonly Growing[], index: number): void {
  const item = items[index];
  if (item !== undefined) item.end = items.length;
}

function readItem(item: Dataset, index: number, parent: number, depth: number): Growing {
  return {
    index,
    parent,
    depth,
    end: index + 1,
    relationship: textOf(item, ObjectTags.RelationshipType) ?? "",
    name: codedOf(item, ObjectTags.ConceptNameCodeSequence),
    value: readValue(item),
  };
}

/** Position of the item that a by-reference relationship names: ordinals from the root, which is 1 (PS3.3 C.17.3.2.5). */
export function referencedItem(items: readonly ReportItem[], path: readonly number[]): number | null {
  if (path[0] !== 1) return null;
  let at = 0;
  for (const ordinal of path.slice(1)) {
    const parent = at;
    const end = items[parent]?.end ?? 0;
    let child = parent + 1;
    for (let passed = 1; passed < ordinal && child < end; passed += 1) child = items[child]?.end ?? end;
    if (ordinal < 1 || child >= end) return null;
    at = child;
  }
  return at;
}

/** Concept of the language of a report, of its whole or of a part (TID 1204). */
const LANGUAGE_CONCEPTS: ReadonlySet<string> = new Set(["121049", "121046"]);

function languageOf(items: readonly ReportItem[]): string {
  const said = items.find(
    ({ parent, name, value }) => parent === 0 && value.kind === "code" && LANGUAGE_CONCEPTS.has(name?.value ?? ""),
  );
  return said?.value.kind === "code" ? said.value.code.meaning : "";
}

function readVerification(item: Dataset): Verification {
  return {
    observer: personNameOf(item, ObjectTags.VerifyingObserverName)?.alphabetic ?? "",
    organization: textOf(item, ObjectTags.VerifyingOrganization) ?? "",
    at: textOf(item, ObjectTags.VerificationDateTime) ?? "",
  };
}

const nameOf = (item: Dataset): string => personNameOf(item, ObjectTags.PersonName)?.alphabetic ?? "";

/** Pairs of instance and series below a list of studies (PS3.3 table C.17-3). */
function instancesIn(studies: readonly Dataset[]): readonly (readonly [string, string])[] {
  return studies
    .flatMap((study) => itemsOf(study, ObjectTags.ReferencedSeriesSequence))
    .flatMap((series) =>
      itemsOf(series, ObjectTags.ReferencedSopSequence).map(
        (sop) =>
          [
            textOf(sop, ObjectTags.ReferencedSopInstanceUid) ?? "",
            textOf(series, ObjectTags.SeriesInstanceUid) ?? "",
          ] as const,
      ),
    );
}
