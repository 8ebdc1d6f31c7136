import type { GrowthByBeltAnswer, GrowthByBeltQuestion } from '@beltline/contract';

type Row = Omit<GrowthByBeltAnswer['rows'][number], 'rank'>;

/**
 * Rows in the order of one key, numbered from 1. Rows without the key stand last in both directions, and equal ones in
 * the order of their belts' ids, so that the same question has the same answer.
 */
export function rank<T extends Row>(
  rows: readonly T[],
  sort: GrowthByBeltQuestion['sort'],
  order: GrowthByBeltQuestion['order'],
): (T & { rank: number })[] {
  const direction = order === 'desc' ? -1 : 1;
  const compareRows = (a: T, b: T): number => {
    const [left, right] = [a.indicator[sort], b.indicator[sort]];
    if (left !== right) {
      if (left === null) return 1;
      if (right === null) return -1;
      return (left - right) * direction;
    }
    return a.belt.beltId < b.belt.beltId ? -1 : 1;
  };
  return [...rows].sort(compareRows).map((row, index) => ({ ...row, rank: index + 1 }));
}
