/** How sure the figures of a ranking are, from what each owner of a belt sold in the period and in its baseline. */
import type {
  FigureError,
  RankingUncertaintyAnswer,
  RankingUncertaintyQuestion,
  Reason,
} from '@beltline/contract';
import { uncertaintyOf } from '../../data/owners/figure-error.ts';
import { ownerSums, type OwnerWindows } from '../../data/owners/owner-windows.ts';
import { discoveries } from '../../statistics/discoveries.ts';
import { CONFIDENCE, gradeOf, intervalOf, ratioError } from '../../statistics/owner-bootstrap.ts';
import { rankIntervals } from '../../statistics/rank-intervals.ts';
import { type Estimate, pValueOf } from '../../statistics/studentised.ts';
import { shareError, sumError, type Whole } from '../../statistics/total-errors.ts';

/** Of the belts said to rise or fall, one in ten at most did neither, on average. */
export const FALSE_DISCOVERY_RATE = 0.1;
/**
 * What is tested for, so that the rate above holds: p-values of few, skewed owners are a little too small, and lists in which nothing
 * happens had a false finding in 10.5 % of 1,500 where 10 was tested for (`npm run bench -- trust`).
 */
export const TESTED_RATE = 0.08;

/** A belt of a ranking: its exact figures, and its owners' sums of the period and of the baseline. */
export interface RankedBelt {
  readonly beltId: string;
  /** Whether it has a place by the key of the ranking: it has the figure, and a base that is not too small for it. */
  readonly hasPlace: boolean;
  readonly value: number | null;
  readonly change: number | null;
  /** Null too where the base is too small: such a rate is no finding. */
  readonly growth: number | null;
  readonly share: number | null;
  readonly owners: OwnerWindows;
  /** What one unit of the figures is in the owners' sums: 100 of money, else 1. */
  readonly scale: number;
}

type Sort = RankingUncertaintyQuestion['sort'];
type Row = RankingUncertaintyAnswer['rows'][number];

/** What can be said of one belt by itself. */
interface BeltEstimates {
  readonly growth: FigureError;
  readonly share: FigureError;
  /** Its growth as a logarithm. */
  readonly logGrowth: Estimate | null;
  /** The key that it is ranked by, on a scale that keeps the order. */
  readonly key: Estimate | null;
}

const NONE: FigureError = { uncertainty: null, uncertaintyReason: null };
const without = (reason: Reason): FigureError => ({ uncertainty: null, uncertaintyReason: reason });

/** The errors of one belt's figures, around the exact ones. `whole`: the owners of the area that it is a part of. */
export function estimatesOf(belt: RankedBelt, whole: Whole, sort: Sort): BeltEstimates {
  const { owners, scale } = belt;
  const [now, before] = owners.sums.map((sums) => ownerSums(owners, sums));
  if (now === undefined || before === undefined) throw new RangeError('a ranking has two windows');
  const ratio = ratioError({ over: now, under: before, scale: 'log' });
  const growth = belt.growth;
  const isKnown = growth !== null && typeof ratio !== 'string' && growth > -1;
  const logGrowth = isKnown ? { ...ratio, value: Math.log1p(growth) } : null;
  return {
    growth: isKnown
      ? {
          uncertainty: uncertaintyOf({ ...ratio, ratio: 1 + growth }, (part) => part - 1),
          uncertaintyReason: null,
        }
      : growth === null
        ? NONE
        : without(typeof ratio === 'string' ? ratio : 'not-positive'),
    share: shareOf(belt, now, whole),
    logGrowth,
    key: belt.hasPlace ? keyOf() : null,
  };

  function keyOf(): Estimate | null {
    if (sort === 'growth') return logGrowth;
    const sums = sort === 'value' ? now : now?.map((sum, owner) => sum - (before?.[owner] ?? 0));
    const value = sort === 'value' ? belt.value : belt.change;
    if (sums === undefined || now === undefined || before === undefined || value === null) return null;
    const error = sumError(sums, { over: now, under: before });
    if (typeof error === 'string') return null;
    return { value, standardError: error.standardError / scale, degrees: error.degrees };
  }
}

function shareOf({ share, owners }: RankedBelt, now: Float64Array, whole: Whole): FigureError {
  if (share === null) return NONE;
  const error = shareError({ seeds: owners.seeds, sums: now }, whole);
  if (typeof error === 'string') return without(error);
  const { low, high } = intervalOf({ ratio: share, scale: 'linear', ...error });
  return { uncertainty: { low, high, grade: gradeOf(error.standardError / share) }, uncertaintyReason: null };
}

/**
 * The rows of all belts of a list, in the order of their ids, so that places do not depend on how the list is turned. A generator: places are made of all pairs of belts, many times over.
 */
export function* uncertainRows(
  list: readonly RankedBelt[],
  whole: Whole,
  { sort, order }: Pick<RankingUncertaintyQuestion, 'sort' | 'order'>,
): Generator<void, Row[]> {
  const belts = [...list].sort((a, b) => (a.beltId < b.beltId ? -1 : 1));
  const estimates: BeltEstimates[] = [];
  for (const belt of belts) {
    estimates.push(estimatesOf(belt, whole, sort));
    yield;
  }
  const tested = estimates.flatMap(({ logGrowth }, index) => (logGrowth ? [{ logGrowth, index }] : []));
  const found = discoveries(
    tested.map(({ logGrowth }) => pValueOf(logGrowth, 0)),
    TESTED_RATE,
  );
  const findings = new Map(
    tested.flatMap(({ logGrowth, index }, position) =>
      found[position] ? [[index, logGrowth.value > 0 ? 'rises' : 'falls'] as const] : [],
    ),
  );
  const placed = belts.flatMap(({ hasPlace }, index) => (hasPlace ? [index] : []));
  const intervals = yield* rankIntervals(
    placed.map((index) => turned(estimates[index]?.key ?? null, order)),
    CONFIDENCE,
  );
  const ranks = new Map(placed.map((index, position) => [index, intervals[position] ?? null]));
  return belts.map(({ beltId }, index) => {
    const { growth, share } = estimates[index] as BeltEstimates;
    return { beltId, growth, share, finding: findings.get(index) ?? null, rank: ranks.get(index) ?? null };
  });
}

/** The first place is the largest; in a ranking from below, the smallest. */
const turned = (key: Estimate | null, order: RankingUncertaintyQuestion['order']): Estimate | null =>
  key === null || order === 'desc' ? key : { ...key, value: -key.value };
