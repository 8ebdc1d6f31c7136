import type { Belt, GrowthByBeltAnswer, RankingUncertaintyAnswer } from '@beltline/contract';
import type { GrowthFacts } from '../../format/growth-label.ts';
import { isOfSame } from '../growth/same-question.ts';
import type { Names } from '../../i18n/names.ts';

export type RankingRow = GrowthByBeltAnswer['rows'][number];

/** Provinces to choose from, in the order of the names that are shown. */
export function provincesOf(belts: readonly Pick<Belt, 'province'>[], names: Names): string[] {
  const provinces = new Set(belts.map(({ province }) => province));
  return [...provinces].sort((a, b) => names.compare(names.province(a), names.province(b)));
}

/** The province that the URL names, where the source has it; where its provinces are not known (none) it is taken on trust. */
export const provinceInView = (
  asked: string | undefined,
  provinces: readonly string[],
): string | undefined =>
  asked === undefined || provinces.length === 0 || provinces.includes(asked) ? asked : undefined;

/** Rows whose belt was found, in their order; all of them where nothing is searched for. */
export function foundRows(
  rows: readonly RankingRow[],
  found: readonly Pick<Belt, 'beltId'>[] | null,
): readonly RankingRow[] {
  if (found === null) return rows;
  const ids = new Set(found.map(({ beltId }) => beltId));
  return rows.filter(({ belt }) => ids.has(belt.beltId));
}

export type Certainty = RankingUncertaintyAnswer['rows'][number];

/** How sure each belt's figures are, where the answer is of the same ranking as the one that is shown; null = not known yet. */
export function certaintyOf(
  ranking: GrowthByBeltAnswer,
  answer: RankingUncertaintyAnswer | null,
): ReadonlyMap<string, Certainty> | null {
  const isKnown =
    answer !== null &&
    isOfSame(answer, ranking) &&
    (['sort', 'order'] as const).every((key) => answer[key] === ranking[key]);
  return isKnown ? new Map(answer.rows.map((row) => [row.belt.beltId, row])) : null;
}

/** What may be said of a belt's growth in a list: a direction only where it is a finding among all of its belts. */
export const factsAmong = (
  { compared }: RankingRow,
  certainty: Pick<Certainty, 'finding'> | undefined,
): GrowthFacts => ({ ...compared.growth, isFinding: certainty?.finding != null });
