// Names of elements and UIDs, from the server's own tables; loaded when somebody first asks.

export interface Dictionary {
  /** Name of an element, `""` where nobody knows one. `creator` is the owner of a private element. */
  readonly element: (tag: string, creator: string) => string;
  readonly keyword: (tag: string) => string;
  readonly uid: (uid: string) => string;
}

interface Entry {
  readonly name: string;
  readonly keyword: string;
}

/** Everything, for the tag browser. */
export async function loadDictionary(): Promise<Dictionary> {
  const [elements, owned, uids] = await Promise.all([
    import("@dictionary/elements.tsv?raw"),
    import("@dictionary/private.tsv?raw"),
    import("@dictionary/uids.tsv?raw"),
  ]);
  return dictionaryOf(elements.default, owned.default, uids.default);
}

/** Names of UIDs alone. */
export async function loadUidNames(): Promise<ReadonlyMap<string, string>> {
  return uidNames((await import("@dictionary/uids.tsv?raw")).default);
}

function uidNames(uids: string): ReadonlyMap<string, string> {
  return new Map(rowsOf(uids).map(([uid = "", , , , name = ""]) => [uid, name]));
}

/**
 * Columns: tag, VR, VM, keyword, retired, name · creator, tag, VR, VM, name · UID, type, keyword, retired, name.
 * An `x` in a tag stands for any digit: overlays and curves repeat over groups (PS3.5 7.6).
 */
export function dictionaryOf(elements: string, owned: string, uids: string): Dictionary {
  const standard = new Map<string, Entry>();
  const repeating: [RegExp, Entry][] = [];
  for (const [tag = "", , , keyword = "", , name = ""] of rowsOf(elements)) {
    if (tag.includes("x")) repeating.push([new RegExp(`^${tag.replaceAll("x", "[0-9A-F]")}$`, "i"), { name, keyword }]);
    else standard.set(tag.toUpperCase(), { name, keyword });
  }
  const entry = (tag: string): Entry | undefined =>
    standard.get(tag) ?? repeating.find(([pattern]) => pattern.test(tag))?.[1];
  const ofCreator = new Map<string, string>();
  for (const [creator = "", tag = "", , , name = ""] of rowsOf(owned))
    ofCreator.set(`${creator}\t${tag.toUpperCase()}`, name);
  const names = uidNames(uids);
  return {
    element: (tag, creator) => (isPrivate(tag) ? privateName(tag, creator, ofCreator) : (entry(tag)?.name ?? "")),
    keyword: (tag) => (isPrivate(tag) ? "" : (entry(tag)?.keyword ?? "")),
    uid: (uid) => names.get(uid) ?? "",
  };
}

/** A comment and the names of the columns stand first. */
function rowsOf(table: string): readonly (readonly string[])[] {
  return table
    .split("\n")
    .slice(2)
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

const isPrivate = (tag: string): boolean => Number.parseInt(tag.slice(0, 4), 16) % 2 === 1;

function privateName(tag: string, creator: string, names: ReadonlyMap<string, string>): string {
  if (/^....00[1-9A-F].$/.test(tag)) return "Private Creator";
  return names.get(`${creator}\t${tag.slice(0, 4)}XX${tag.slice(6)}`) ?? "";
}
