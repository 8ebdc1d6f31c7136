import type { Belt, GrowthByBeltAnswer } from '@beltline/contract';
import type { Names } from '../../i18n/names.ts';

export type RankingRow = GrowthByBeltAnswer['rows'][number];

/** Provinces to choose from, in the order of the names that are shown. */
export function provincesOf(belts: readonly Pick<Belt, 'province'>[], names: Names): string[] {
  const provinces = new Set(belts.map(({ province }) => province));
  return [...provinces].sort((a, b) => names.compare(names.province(a), names.province(b)));
}

/** Rows whose belt was found, in their order; all of them where nothing is searched for. */
export function foundRows(
  rows: readonly RankingRow[],
  found: readonly Pick<Belt, 'beltId'>[] | null,
): readonly RankingRow[] {
  if (found === null) return rows;
  const ids = new Set(found.map(({ beltId }) => beltId));
  return rows.filter(({ belt }) => ids.has(belt.beltId));
}
