// How many letters the columns of a list have to hold: what has long numbers gets room for them, and a column that is empty
// in all rows takes none. Of the rows as they were loaded, page by page: what changes later, a claim for instance, moves no column.
import { type CSSProperties, useRef } from "react";
import type { StudyRow } from "../api";
import { personName } from "../locale";

const TEXTS = {
  patient: (row: StudyRow) => personName(row.patient.name),
  number: (row: StudyRow) => row.patient.patient_id,
  accession: (row: StudyRow) => row.accession_number,
  referring: (row: StudyRow) => personName(row.referring),
  reader: (row: StudyRow) => row.claim?.name ?? "",
} as const;
type Column = keyof typeof TEXTS;
const COLUMNS = Object.keys(TEXTS) as Column[];
/** Ideographs, syllables and kana: drawn nearly twice as wide as a Latin letter. */
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/g;

export type ColumnLetters = Readonly<Record<Column, number>>;

/** What is known of one taking of the list; only ever grows, so that a page loaded later narrows nothing. */
export class ColumnRoom {
  private readonly taken = new Set<number>();
  private most: ColumnLetters = { patient: 0, number: 0, accession: 0, referring: 0, reader: 0 };

  get letters(): ColumnLetters {
    return this.most;
  }

  take(page: number, rows: readonly StudyRow[]): void {
    if (this.taken.has(page)) return;
    this.taken.add(page);
    const longest = (column: Column): number =>
      Math.max(this.most[column], ...rows.map((row) => lettersIn(TEXTS[column](row))));
    this.most = Object.fromEntries(COLUMNS.map((column) => [column, longest(column)])) as ColumnLetters;
  }
}

const lettersIn = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

/** Letters as the style sheet reads them: `--letters-number` and so on. */
export type RoomStyle = CSSProperties & Readonly<Record<`--letters-${Column}`, number>>;

/** `name` is that of one taking of one list. */
export function useColumnRoom(name: string, pages: ReadonlyMap<number, readonly StudyRow[]>): RoomStyle {
  const kept = useRef<{ readonly name: string; readonly room: ColumnRoom } | null>(null);
  if (kept.current?.name !== name) kept.current = { name, room: new ColumnRoom() };
  const { room } = kept.current;
  for (const [page, rows] of pages) room.take(page, rows);
  const { patient, number, accession, referring, reader } = room.letters;
  return {
    "--letters-patient": patient,
    "--letters-number": number,
    "--letters-accession": accession,
    "--letters-referring": referring,
    "--letters-reader": reader,
  };
}
