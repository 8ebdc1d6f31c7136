import type { GrowthByBeltAnswer, GrowthByBeltQuestion } from '@beltline/contract';

type Row = Omit<GrowthByBeltAnswer['rows'][number], 'rank'>;

/**
 * Rows in the order of one key, numbered from 1. Rows without the key stand last in both directions, and so do growth
 * rates over a base too small to be shown; equal ones in the order of their belts' ids, so that the same question has the
 * same answer.
 */
export function rank<T extends Row>(
  rows: readonly T[],
  sort: GrowthByBeltQuestion['sort'],
  order: GrowthByBeltQuestion['order'],
): (T & { rank: number })[] {
  const direction = order === 'desc' ? -1 : 1;
  const compareRows = (a: T, b: T): number => {
    const [left, right] = [keyOf(a, sort), keyOf(b, sort)];
    if (left !== right) {
      if (left === null) return 1;
      if (right === null) return -1;
      return (left - right) * direction;
    }
    return a.belt.beltId < b.belt.beltId ? -1 : 1;
  };
  return [...rows].sort(compareRows).map((row, index) => ({ ...row, rank: index + 1 }));
}

const keyOf = ({ indicator }: Row, sort: GrowthByBeltQuestion['sort']): number | null =>
  sort === 'growth' && indicator.flag === 'base-too-small' ? null : indicator[sort];
