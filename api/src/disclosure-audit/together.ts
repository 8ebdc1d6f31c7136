/**
 * Several publications of the same belts as one, for the auditor: months and what is told of all of them together, as a quarter or a year; or a month and a later edition of it,
 * which is the first one and what came in between. Nothing links months but such sums. The whole is an area for itself, of which each part is an area of its own.
 */
import type { Confidential } from './ledger.ts';
import type { Publication, PublicBelt, PublishedRow, SummedArea } from './unknowns.ts';

/** One of several: what is published of it, by the names that it has by itself, and who is behind it. */
export interface Part {
  /** As a month is called; no other has the name. */
  readonly name: string;
  readonly belts: readonly PublicBelt[];
  readonly rows: readonly PublishedRow[];
  readonly confidential: readonly Confidential[];
}

export interface Together {
  readonly publication: Publication;
  readonly confidential: readonly Confidential[];
}

/** `whole`: what is published of all parts together; its rows have the names that they have in a part. Belts lie in all parts where they lie in the first. */
export function together(
  { tracks, measures }: Pick<Publication, 'tracks' | 'measures'>,
  parts: readonly Part[],
  whole: readonly PublishedRow[],
): Together {
  const sums = new Map<string, SummedArea>();
  for (const { level, area } of whole) {
    const below = parts.map(({ name }) => ({ level, area: areaIn(name, area, level) }));
    sums.set(`${level}|${area}`, { total: { level, area: areaIn(WHOLE, area, level) }, below });
  }
  return {
    publication: {
      ...{ tracks, measures, sums: [...sums.values()] },
      belts: parts.flatMap(({ name, belts }) => belts.map((belt) => beltIn(name, belt))),
      rows: [
        ...parts.flatMap(({ name, rows }) => rows.map((row) => rowIn(name, row))),
        ...whole.map((row) => rowIn(WHOLE, row)),
      ],
    },
    confidential: parts.flatMap(({ name, confidential }) =>
      confidential.map((one) => ({ ...one, belt: named(name, one.belt) })),
    ),
  };
}

const WHOLE = 'all';
const named = (part: string, name: string): string => `${part}@${name}`;

/** A city is called by its province and itself, each of the part. */
const areaIn = (part: string, area: string, level: string): string =>
  level === 'city'
    ? area
        .split('/')
        .map((name) => named(part, name))
        .join('/')
    : named(part, area);

const rowIn = (part: string, row: PublishedRow): PublishedRow => ({
  ...row,
  area: areaIn(part, row.area, row.level),
});

const beltIn = (part: string, { id, city, province, category }: PublicBelt): PublicBelt => ({
  id: named(part, id),
  city: named(part, city),
  province: named(part, province),
  category: named(part, category),
  nation: named(part, ''),
});
