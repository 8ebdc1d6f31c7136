/** Answers of several engines to one question, in one form, so that they can be held against each other before any is timed. */

/** What one row says, null = nothing to say; `key` names the row. Money in the source's currency. */
export type Answer = ReadonlyMap<string, readonly (number | null)[]>;

/** How far two figures of a column may lie apart and still be the same one. */
export const TOLERANCE = {
  count: 0,
  /** Sums are exact to the cent. */
  money: 0.005,
  /** Of two doubles that were divided or summed in another order. */
  ratio: 1e-9,
} as const;
export type Kind = keyof typeof TOLERANCE;

/** A row of a database: a key and figures in the order of the columns. Exact numbers come as text. */
export function answerOf(rows: readonly (readonly unknown[])[]): Answer {
  return new Map(
    rows.map(([key, ...figures]) => [
      String(key),
      figures.map((figure) => (figure === null || figure === undefined ? null : Number(figure))),
    ]),
  );
}

/** The first thing in which two answers differ, in words; null where they are the same. Rows of nothing but zeros are none. */
export function difference(kinds: readonly Kind[], ours: Answer, theirs: Answer): string | null {
  const [left, right] = [withoutEmpty(ours), withoutEmpty(theirs)];
  if (left.size === 0) return 'there is nothing to compare';
  const alone = [...left.keys(), ...right.keys()].find((key) => !left.has(key) || !right.has(key));
  if (alone !== undefined) return `only one of them has ${alone}`;
  for (const [key, figures] of left) {
    const others = right.get(key) ?? [];
    const column = kinds.findIndex((kind, index) => !isSame(kind, figures[index], others[index]));
    if (column >= 0) return `${key}, column ${column + 1}: ${figures[column]} and ${others[column]}`;
  }
  return null;
}

function withoutEmpty(answer: Answer): Answer {
  return new Map(
    [...answer].filter(([, figures]) => figures.some((figure) => figure !== null && figure !== 0)),
  );
}

function isSame(kind: Kind, one: number | null | undefined, other: number | null | undefined): boolean {
  if (one === null || other === null) return one === other;
  if (one === undefined || other === undefined) return false;
  const size = kind === 'ratio' ? Math.max(1, Math.abs(one)) : 1;
  return Math.abs(one - other) <= TOLERANCE[kind] * size;
}

/** The middle one of times, in milliseconds. @throws RangeError of none. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError('no times');
  return (low + high) / 2;
}
