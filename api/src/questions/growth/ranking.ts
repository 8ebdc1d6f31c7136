import type { GrowthByBeltAnswer, GrowthByBeltQuestion } from '@beltline/contract';

type Row = Omit<GrowthByBeltAnswer['rows'][number], 'rank'>;

/**
 * Rows in the order of one key, numbered from 1. Rows without the key stand last in both directions, and before them
 * growth rates over a base too small to be shown; equal ones in the order of their belts' ids, so that the same question has the
 * same answer.
 */
export function rank(
  rows: readonly Row[],
  sort: GrowthByBeltQuestion['sort'],
  order: GrowthByBeltQuestion['order'],
): GrowthByBeltAnswer['rows'] {
  const direction = order === 'desc' ? -1 : 1;
  // Each is compared with some seven others.
  const keyed = rows.map((row) => ({ row, place: placeOf(row, sort), key: row.compared[sort].value }));
  keyed.sort((a, b) => {
    if (a.place !== b.place) return a.place - b.place;
    if (a.key !== b.key && a.key !== null && b.key !== null) return (a.key - b.key) * direction;
    return a.row.belt.beltId < b.row.belt.beltId ? -1 : 1;
  });
  return keyed.map(({ row: { belt, compared, share } }, index) => ({
    belt,
    compared,
    share,
    rank: index + 1,
  }));
}

/** Whether a row stands in the ranking by its key; the others stand behind. */
export const hasPlace = (row: Row, sort: GrowthByBeltQuestion['sort']): boolean => placeOf(row, sort) === 0;

/** 0 = by its key, 1 = a rate that is not shown, 2 = without the key. */
function placeOf({ compared }: Row, sort: GrowthByBeltQuestion['sort']): number {
  if (compared[sort].value === null) return 2;
  return sort === 'growth' && compared.growth.flag === 'base-too-small' ? 1 : 0;
}
