// What several texts have in common may be shortened where there is no room; what tells them apart may not. Pure.

/** A text in three; `shared` gives way first. */
export interface Parts {
  readonly start: string;
  readonly shared: string;
  readonly end: string;
}

/** So many letters stand beside an ellipsis in the narrowest cell: of texts with little in common, the first and the last. */
const FIRST = 4;
const LAST = 5;

/** `among`: what the text is to be told from, itself included or not. */
export function partsOf(text: string, among: readonly string[]): Parts {
  const [from, to] = longestShared(text, among);
  const kept = text.length - (to - from);
  return kept > 0 && kept <= FIRST + LAST
    ? parted(text, from, to)
    : parted(text, FIRST, Math.max(FIRST, text.length - LAST));
}

const parted = (text: string, from: number, to: number): Parts => ({
  start: text.slice(0, from),
  shared: text.slice(from, to),
  end: text.slice(to),
});

/** The longest run of letters that all have at the same place. */
function longestShared(text: string, among: readonly string[]): readonly [from: number, to: number] {
  let longest: readonly [number, number] = [0, 0];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && among.every((other) => other[at] === text[at])) continue;
    if (at - from > longest[1] - longest[0]) longest = [from, at];
    from = at + 1;
  }
  return longest;
}
