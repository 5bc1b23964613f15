// UIDs as types of their own: a series UID cannot be handed over where a study UID is wanted.

declare const level: unique symbol;
export type Uid<Level extends string> = string & { readonly [level]: Level };
export type StudyUid = Uid<"study">;
export type SeriesUid = Uid<"series">;
export type SopUid = Uid<"instance">;

/**
 * Which study: its UID and, where another patient came under the same UID before, the `study_key` of its row.
 * The key is "" for the study that was kept first.
 */
export interface StudyName {
  readonly uid: StudyUid;
  readonly key: string;
}

/** Not a UID (PS3.5 9.1: digits and dots, 64 characters at most). Old senders write leading zeros: they pass. */
export class InvalidUid extends Error {
  override readonly name = "InvalidUid";
}

function parse<Level extends string>(text: string): Uid<Level> {
  if (!/^[0-9]+(\.[0-9]+)*$/.test(text) || text.length > 64)
    throw new InvalidUid(`"${text.slice(0, 64)}" is not a UID`);
  return text as Uid<Level>; // checked on the line above; a brand has no other way in
}

export const studyUid = (text: string): StudyUid => parse(text);
export const studyName = (row: { readonly study_instance_uid: string; readonly study_key: string }): StudyName => ({
  uid: studyUid(row.study_instance_uid),
  key: row.study_key,
});
/** The row of a list as one text; two patients under one UID are two. */
export const rowName = (row: { readonly study_instance_uid: string; readonly study_key: string }): string =>
  row.study_key === "" ? row.study_instance_uid : `${row.study_instance_uid} ${row.study_key}`;
export const sameStudy = (one: StudyName, other: StudyName): boolean => one.uid === other.uid && one.key === other.key;
/** What calls take beside the UID. */
export const keyQuery = ({ key }: StudyName): { readonly study_key?: string } => (key === "" ? {} : { study_key: key });
export const seriesUid = (text: string): SeriesUid => parse(text);
export const sopUid = (text: string): SopUid => parse(text);
