/** How much officials of a province are told of what its belts sold by track. */
import type { Belt } from '@beltline/api/disclosure/holdings.js';
import { type Cell, type LinkedTable, valueOf } from '@beltline/api/disclosure/linked-table.js';

/** Parts of the value of all cells of a belt and a track, unsafe ones included, without the belts' totals. */
export interface Seen {
  readonly ofBelt: number;
  /** Of the belt, or where that is withheld of its city. */
  readonly ofBeltOrCity: number;
}

/** By province, as belts have them. */
export function seenByProvince(
  belts: readonly Belt[],
  { cells }: LinkedTable,
  isShown: (no: number) => boolean,
): Record<string, Seen> {
  const named = new Map<string, Cell>();
  for (const cell of cells)
    for (const { level, area, by, key } of cell.names)
      if (by === 'track') named.set([level, area, key].join('|'), cell);
  const cities = new Map(
    belts.map(({ id, city, province }) => [id, { province, city: `${province}/${city}` }]),
  );
  const sums = new Map<string, { all: number; ofBelt: number; ofBeltOrCity: number }>();
  for (const [name, cell] of named) {
    const [level, area = '', track = ''] = name.split('|');
    const place = cities.get(area);
    if (level !== 'belt' || track === 'all' || !place) continue;
    const sum = sums.get(place.province) ?? { all: 0, ofBelt: 0, ofBeltOrCity: 0 };
    sums.set(place.province, sum);
    const value = valueOf(cell, 0);
    const ofCity = named.get(['city', place.city, track].join('|'));
    sum.all += value;
    if (isShown(cell.no)) sum.ofBelt += value;
    if (isShown(cell.no) || (ofCity && isShown(ofCity.no))) sum.ofBeltOrCity += value;
  }
  return Object.fromEntries(
    [...sums].map(([province, { all, ofBelt, ofBeltOrCity }]) => [
      province,
      { ofBelt: ofBelt / all, ofBeltOrCity: ofBeltOrCity / all },
    ]),
  );
}
