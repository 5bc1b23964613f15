// What became of the files so far, and how long the rest may take. Nothing counts as kept before the archive said so.
import type { ImportedFile } from "../api";

/** A file that was not taken. `left` was never meant for an archive: a medium's viewer, a text, an index. */
export interface NotTaken {
  readonly path: string;
  readonly code: string;
  readonly left: boolean;
}

export interface Tally {
  readonly kept: number;
  /** The same bytes were there already. */
  readonly repeated: number;
  /** Kept beside other bytes of the same SOP Instance UID. */
  readonly variants: number;
  readonly notTaken: readonly NotTaken[];
  readonly studies: ReadonlySet<string>;
}

export const NOTHING: Tally = { kept: 0, repeated: 0, variants: 0, notTaken: [], studies: new Set() };

const LEFT: ReadonlySet<string> = new Set(["not-dicom", "dicomdir", "empty"]);

export const settledOf = (tally: Tally): number => tally.kept + tally.repeated + tally.variants + tally.notTaken.length;

export const refusedOf = (tally: Tally): readonly NotTaken[] => tally.notTaken.filter(({ left }) => !left);

export function withNotTaken(tally: Tally, files: readonly { readonly path: string; readonly code: string }[]): Tally {
  return { ...tally, notTaken: tally.notTaken.concat(files.map((file) => ({ ...file, left: LEFT.has(file.code) }))) };
}

/**
 * The tally after an answer. After a lost answer the archive finds files that it has kept from this very upload:
 * `again` counts them as kept, not as files that were there before.
 */
export function withAnswer(
  tally: Tally,
  paths: readonly string[],
  answer: readonly ImportedFile[],
  again: boolean,
): Tally {
  const count = (outcome: ImportedFile["outcome"]): number => answer.filter((file) => file.outcome === outcome).length;
  const refused = answer.flatMap(({ outcome, code }, at) =>
    outcome === "refused" ? [{ path: paths[at] ?? "", code }] : [],
  );
  const studies = answer.map((file) => file.study_instance_uid).filter((study) => study !== "");
  return {
    kept: tally.kept + count("new") + (again ? count("repeated") : 0),
    repeated: tally.repeated + (again ? 0 : count("repeated")),
    variants: tally.variants + count("variant"),
    notTaken: withNotTaken(tally, refused).notTaken,
    studies: new Set([...tally.studies, ...studies]),
  };
}

/** Files left behind by reason, most frequent first: a thousand of one kind are one line. */
export function leftByReason(tally: Tally): readonly { readonly code: string; readonly paths: readonly string[] }[] {
  const groups = Map.groupBy(
    tally.notTaken.filter(({ left }) => left),
    ({ code }) => code,
  );
  return [...groups]
    .map(([code, files]) => ({ code, paths: files.map(({ path }) => path) }))
    .sort((a, b) => b.paths.length - a.paths.length || a.code.localeCompare(b.code));
}

/** Seconds that the rest takes at the pace so far; null while there is no pace yet. */
export function restSeconds(settled: number, found: number, activeMs: number): number | null {
  if (settled === 0 || activeMs < 1000) return null;
  return Math.ceil(((found - settled) * activeMs) / settled / 1000);
}
