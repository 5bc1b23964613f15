// Shapes as spans of pixels row by row: exact in whole numbers, and a wide picture costs no more than its rows.

/** Columns from `start` to before `end`, from 0. */
export type Span = readonly [start: number, end: number];
/** The spans of a row (from 0) that lie inside, by growing start; they may touch. */
export type RowSpans = (row: number) => readonly Span[];

/** Row and column of a pixel's centre, from 1, as shutters count. */
export type Corner = readonly [row: number, column: number];

export interface Edges {
  readonly upper: number;
  readonly lower: number;
  readonly left: number;
  readonly right: number;
}

/** The edges themselves are inside. */
export function rectangleSpans({ upper, lower, left, right }: Edges): RowSpans {
  const span: Span = [Math.ceil(left) - 1, Math.floor(right)];
  return (row) => (row + 1 >= upper && row + 1 <= lower ? [span] : []);
}

/** Radius in columns; `aspect` is a pixel's height over its width: the circle is round on the screen. */
export function circleSpans([down, across]: Corner, radius: number, aspect: number): RowSpans {
  return (row) => {
    const height = ((row + 1 - down) * aspect) ** 2;
    const inside = (columns: number): boolean => height + columns ** 2 <= radius ** 2;
    if (!inside(0)) return [];
    let half = Math.floor(Math.sqrt(radius ** 2 - height));
    if (inside(half + 1)) half += 1; // the root was rounded down
    if (!inside(half)) half -= 1;
    return [[across - half - 1, across + half]];
  };
}

interface Line {
  readonly upper: Corner;
  readonly lower: Corner;
}

/** Even-odd rule on pixel centres, closed by itself; its lines are inside. `null` for what is no polygon. */
export function polygonSpans(corners: readonly Corner[]): RowSpans | null {
  if (corners.length < 3) return null;
  const lines = corners.map((begin, index): Line => {
    const end = corners[(index + 1) % corners.length] ?? begin;
    return begin[0] < end[0] || (begin[0] === end[0] && begin[1] <= end[1])
      ? { upper: begin, lower: end }
      : { upper: end, lower: begin };
  });
  return (row) => {
    const touching = lines.filter(({ upper, lower }) => upper[0] <= row + 1 && lower[0] >= row + 1);
    return [...crossedSpans(touching, row + 1), ...touching.map((line) => ownSpan(line, row + 1))].sort(
      (a, b) => a[0] - b[0],
    );
  };
}

/** A line's lower end belongs to the next line, so that a corner is crossed once. */
function crossedSpans(lines: readonly Line[], row: number): readonly Span[] {
  const crossings = lines
    .filter(({ lower }) => lower[0] > row)
    .map((line) => columnAt(line, row))
    .sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < crossings.length; i += 2)
    spans.push([Math.ceil(crossings[i] ?? 0) - 1, Math.floor(crossings[i + 1] ?? 0)]);
  return spans;
}

/** The pixels of the row whose centres lie on the line. */
function ownSpan(line: Line, row: number): Span {
  if (line.upper[0] === line.lower[0]) return [line.upper[1] - 1, line.lower[1]];
  const column = columnAt(line, row);
  return [Math.ceil(column) - 1, Math.floor(column)]; // empty between two pixels
}

function columnAt({ upper, lower }: Line, row: number): number {
  const height = lower[0] - upper[0];
  return height === 0 ? upper[1] : upper[1] + ((row - upper[0]) * (lower[1] - upper[1])) / height;
}
