// UIDs as types of their own: a series UID cannot be handed over where a study UID is wanted.

declare const level: unique symbol;
export type Uid<Level extends string> = string & { readonly [level]: Level };
export type StudyUid = Uid<"study">;
export type SeriesUid = Uid<"series">;
export type SopUid = Uid<"instance">;

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
export const seriesUid = (text: string): SeriesUid => parse(text);
export const sopUid = (text: string): SopUid => parse(text);
