/** How sure the figures of a ranking are, from what each owner of a belt sold in the period and in its baseline. */
import type {
  BriefFigure,
  GrowthByBeltAnswer,
  RankingUncertaintyAnswer,
  RankingUncertaintyQuestion,
  Reason,
  SureFigure,
  Uncertainty,
} from '@beltline/contract';
import { changeWithError, isLogarithm, sure, sureGrowth } from '../../data/owners/figure-error.ts';
import { ownerSums, type OwnerWindows } from '../../data/owners/owner-windows.ts';
import { contributionOf as partContribution } from '../../core/ratio.ts';
import { discoveries } from '../../statistics/discoveries.ts';
import { CONFIDENCE, gradeOf, intervalOf, ratioError } from '../../statistics/owner-bootstrap.ts';
import { rankIntervals } from '../../statistics/rank-intervals.ts';
import { type Estimate, pValueOf } from '../../statistics/studentised.ts';
import { contributionError, shareError, sumError, type Whole } from '../../statistics/total-errors.ts';

/** Of the belts said to rise or fall, one in ten at most did neither, on average. */
export const FALSE_DISCOVERY_RATE = 0.1;
/**
 * What is tested for, so that the rate above holds: p-values of few, skewed owners are a little too small, and lists in which nothing
 * happens had a false finding in 10.5 % of 1,500 where 10 was tested for (`npm run bench -- trust`).
 */
export const TESTED_RATE = 0.08;

/** A belt of a ranking: its exact figures, and its owners' sums of the period and of the baseline. */
export interface RankedBelt {
  /** Whether it has a place by the key of the ranking: it has the figure, and a base that is not too small for it. */
  readonly hasPlace: boolean;
  readonly row: Pick<GrowthByBeltAnswer['rows'][number], 'belt' | 'compared' | 'share'>;
  readonly owners: OwnerWindows;
  /** What one unit of the figures is in the owners' sums: 100 of money, else 1. */
  readonly scale: number;
}

type Sort = RankingUncertaintyQuestion['sort'];
type Row = RankingUncertaintyAnswer['rows'][number];

/** What can be said of one belt by itself. */
interface BeltEstimates extends Pick<Row, 'growth' | 'share' | 'contribution'> {
  /** Its growth as a logarithm; null where there is none, or on a base too small: such a rate is no finding. */
  readonly logGrowth: Estimate | null;
  /** The key that it is ranked by, on a scale that keeps the order. */
  readonly key: Estimate | null;
}

/** The area that belts are a part of: its owners' sums in the period and in the baseline, and its exact figures. */
export interface RankedWhole {
  readonly now: Whole;
  readonly before: Whole;
  readonly total: GrowthByBeltAnswer['total'];
}

/** The errors of one belt's figures, around the exact ones. */
export function estimatesOf(belt: RankedBelt, whole: RankedWhole, sort: Sort): BeltEstimates {
  const { owners, row, scale } = belt;
  const { value, change } = row.compared;
  const { now, before, growth, logGrowth } = growthEstimate(row.compared.growth, owners);
  return {
    growth,
    share: sure(row.share, shareOf(row.share.value, owners, now, whole.now)),
    contribution: changeWithError(
      contributionOf(change.value, whole.total),
      contributionError({ seeds: owners.seeds, now, before }, whole.before),
      1,
    ),
    logGrowth,
    key: belt.hasPlace ? keyOf(now, before) : null,
  };

  function keyOf(over: Float64Array, under: Float64Array): Estimate | null {
    if (sort === 'growth') return logGrowth;
    const sums = sort === 'value' ? over : over.map((sum, owner) => sum - (under[owner] ?? 0));
    const exact = sort === 'value' ? value.value : change.value;
    const found = sumError(sums, { over, under });
    if (exact === null || typeof found === 'string') return null;
    return { value: exact, standardError: found.standardError / scale, degrees: found.degrees };
  }
}

/** Growth with the error that its owners give it, and the same as a logarithm, by which it is tested. @throws RangeError where they have not two windows */
export function growthEstimate(growth: BriefFigure, owners: OwnerWindows) {
  const [now, before] = owners.sums.map((sums) => ownerSums(owners, sums));
  if (now === undefined || before === undefined) throw new RangeError('growth has two windows');
  const error = ratioError({ over: now, under: before, scale: 'log' });
  const isKnown = isLogarithm(growth) && growth.flag !== 'base-too-small' && typeof error !== 'string';
  const logGrowth: Estimate | null = isKnown ? { ...error, value: Math.log1p(growth.value ?? 0) } : null;
  return { now, before, growth: sureGrowth(growth, error), logGrowth };
}

/** Which of them are findings among all; null where it may be chance. */
export function findingsAmong(growths: readonly (Estimate | null)[]): Row['finding'][] {
  const tested = growths.filter((growth) => growth !== null);
  const found = discoveries(
    tested.map((growth) => pValueOf(growth, 0)),
    TESTED_RATE,
  );
  const isFound = new Set(tested.filter((_, position) => found[position]));
  return growths.map((growth) =>
    growth === null || !isFound.has(growth) ? null : growth.value > 0 ? 'rises' : 'falls',
  );
}

/** A belt's change as a part of the area's baseline, where that bears a rate. */
function contributionOf(change: number | null, { baseline, growth }: RankedWhole['total']): BriefFigure {
  if (change === null) return { value: null, flag: 'not-available', reason: growth.reason ?? 'no-data' };
  return partContribution(change, baseline.value, growth.flag);
}

/** Growth of a whole area, with the error that its owners give it. @throws RangeError where they have not two windows */
export const totalGrowth = (growth: BriefFigure, owners: OwnerWindows): SureFigure =>
  growthEstimate(growth, owners).growth;

function shareOf(
  share: number | null,
  { seeds }: OwnerWindows,
  now: Float64Array,
  whole: Whole,
): Uncertainty | Reason {
  const error = shareError({ seeds, sums: now }, whole);
  if (share === null || typeof error === 'string') return typeof error === 'string' ? error : 'no-data';
  return {
    ...intervalOf({ ratio: share, scale: 'linear', ...error }),
    grade: gradeOf(error.standardError / share),
  };
}

/**
 * The rows of all belts of a list, in the order of their ids, so that places do not depend on how the list is turned. A
 * generator: places are made of all pairs of belts, many times over.
 */
export function* uncertainRows(
  list: readonly RankedBelt[],
  whole: RankedWhole,
  { sort, order }: Pick<RankingUncertaintyQuestion, 'sort' | 'order'>,
): Generator<void, Row[]> {
  const belts = [...list].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const estimates: BeltEstimates[] = [];
  for (const belt of belts) {
    estimates.push(estimatesOf(belt, whole, sort));
    yield;
  }
  const findings = findingsAmong(estimates.map(({ logGrowth }) => logGrowth));
  const placed = belts.flatMap(({ hasPlace }, index) => (hasPlace ? [index] : []));
  const intervals = yield* rankIntervals(
    placed.map((index) => turned(estimates[index]?.key ?? null, order)),
    CONFIDENCE,
  );
  const ranks = new Map(placed.map((index, position) => [index, intervals[position] ?? null]));
  return belts.map(({ row }, index) => {
    const { growth, share, contribution } = estimates[index] as BeltEstimates;
    const places = ranks.get(index);
    return {
      belt: row.belt,
      ...{ growth, share, contribution },
      finding: findings[index] ?? null,
      firstPlace: places?.low ?? null,
      lastPlace: places?.high ?? null,
    };
  });
}

const idOf = ({ row }: RankedBelt): string => row.belt.beltId;

/** The first place is the largest; in a ranking from below, the smallest. */
const turned = (key: Estimate | null, order: RankingUncertaintyQuestion['order']): Estimate | null =>
  key === null || order === 'desc' ? key : { ...key, value: -key.value };
