/** The state of an area at the end of a month: its figures, how sure they are, and which state would be named again. */
import type { Figure, Reason, RecoveryState } from '@beltline/contract';
import { missing, UNSTATED } from '../../core/figure.ts';
import { sum } from '../../core/vector.ts';
import type { AreaOwners } from '../../data/owners/owner-windows.ts';
import type { LevelEvidence, MonthEvidence } from './month-evidence.ts';
import { breadth } from '../../statistics/breadth.ts';
import {
  intervalOf,
  type NoError,
  type OwnerRatio,
  type RatioError,
  ratioError,
  REPLICATES,
  replicatesOf,
} from '../../statistics/owner-bootstrap.ts';
import {
  certaintyOf,
  isCarriedByFew,
  medianInflation,
  recoveryState,
  stateFinding,
} from '../../statistics/recovery.ts';
import { dividedBy, type PriceLevel, priceRatio } from '../../statistics/price-level.ts';
import { breadthRatio } from '../breadth/breadth-ratio.ts';
import type { PeriodBreadth } from '../breadth/breadth-windows.ts';
import { exactly, withError } from '../../data/owners/figure-error.ts';

/** Owners without whom growth is looked at once more: three large ones make no recovery. */
const LARGEST_OWNERS = 3;
const NEUTRAL = 0.5;

/** The exact figures of an area's days, and of what breadth is, or why it is not known. */
export interface StateFigures {
  readonly level: Figure;
  readonly levelWithoutOutliers: Figure;
  readonly growth: Figure;
  readonly breadthPeriod: Pick<PeriodBreadth, 'period' | 'reason'>;
}

/**
 * The state, the first unusable figure's reason where it has none. Figures come from the area's days to the cent; errors from its owners.
 * A base of too few orders is too little data: its rates are not fit for a state. In steps, for the sake of who waits.
 */
export function* stateAt(
  { level, levelWithoutOutliers, growth, breadthPeriod }: StateFigures,
  evidence: MonthEvidence,
  deadBand: number,
): Generator<void, RecoveryState> {
  yield;
  const ratios = ratiosOf(evidence, deadBand);
  const wide = breadthFigure(evidence, breadthPeriod, deadBand);
  const errors = {
    level: exactly(level, 100, ratios.level === null ? 'too-few-owners' : ratioError(ratios.level)),
    growth: exactly(growth, 1, ratioError(ratios.growth)),
    others: ratioError(ratios.others),
    breadth: ratioError(ratios.breadth),
  };
  const scaled = scaledLike(growth, ratios, errors.others);
  const figures = {
    level: withError(level, errors.level, (ratio) => 100 * ratio),
    levelWithoutOutliers,
    growth: withError(growth, errors.growth, (ratio) => ratio - 1),
    growthOfOthers: othersFigure(growth, ratios.others, scaled),
    breadth: withError(wide, errors.breadth, (ratio) => 100 * ratio),
  };
  const usable = (figure: Figure) => (figure.flag === 'base-too-small' ? null : figure.value);
  const hasLevel = !tellsByGrowthAlone(level);
  const needed = [...(hasLevel ? [level] : []), growth, ...((usable(growth) ?? 0) > deadBand ? [wide] : [])];
  const unusable = needed.find((figure) => usable(figure) === null);
  const grown = usable(growth) ?? 0;
  const result = {
    ...figures,
    restsOnJoiners: !unusable && restsOnJoiners(evidence, figures.growth, deadBand),
  };
  if (unusable) {
    return { state: 'too-little-data', reason: unusable.reason ?? 'too-little-data', ...UNKNOWN, ...result };
  }
  const isNarrow = typeof errors.breadth !== 'string' && intervalOf(errors.breadth).high < NEUTRAL;
  const withLargest = growthWithLargest(growth, ratios);
  const isCarriedWith = (others: number) =>
    grown > deadBand &&
    isCarriedByFew({ growth: withLargest(others), growthOfOthers: others - 1, isNarrow }, deadBand);
  const known = [errors.growth, scaled, ...(hasLevel ? [errors.level] : [])];
  const noError = known.find((error): error is NoError => typeof error === 'string');
  if (noError !== undefined) {
    const carried = yield* carriedByFew(evidence, ratios.others, scaled, isCarriedWith);
    return carried
      ? { state: 'carried-by-few', reason: null, ...carried, ...result }
      : { state: 'undetermined', reason: noError, ...UNKNOWN, ...result };
  }
  const [growths, others, levels] = yield* replicatesOf(
    yield* evidence.owners.draws(),
    [ratios.growth, ratios.others, ...(hasLevel && ratios.level ? [ratios.level] : [])],
    known as RatioError[],
  );
  const found = stateFinding(
    Array.from(growths ?? [], (ratio, replicate) =>
      recoveryState(
        {
          level: levels ? 100 * (levels[replicate] ?? 0) : null,
          growth: ratio - 1,
          isCarried: isCarriedWith(others?.[replicate] ?? 0),
        },
        deadBand,
      ),
    ),
  );
  return {
    state: found.certainty === null ? 'undetermined' : found.state,
    reason: null,
    mostProbable: found.state,
    probability: found.probability,
    certainty: found.certainty,
    ...result,
  };
}

/** Too few years for a level are no fault of the area: what it does is told by its growth. */
const tellsByGrowthAlone = ({ reason }: Figure): boolean =>
  reason === 'too-few-clean-years' || reason === 'no-base-year';

/**
 * Growth of all where the three largest grow as they did and the others by a ratio that was drawn: who carries a belt is a question
 * about those three, not about three like them.
 */
function growthWithLargest(growth: Figure, ratios: ReturnType<typeof ratiosOf>): (others: number) => number {
  const [base, baseOfOthers] = [sum(ratios.growth.under), sum(ratios.others.under)];
  const largest = sum(ratios.growth.over) - sum(ratios.others.over);
  const scale = (1 + (growth.value ?? 0)) / (sum(ratios.growth.over) / base);
  return (others) => (scale * largest + baseOfOthers * others) / base - 1;
}

/**
 * Where a few hold nearly everything, chance cannot be told from a finding of all owners; that those few alone grow can be. Null where
 * it is not at least likely.
 */
function* carriedByFew(
  { owners }: MonthEvidence,
  others: OwnerRatio,
  error: RatioError | NoError,
  isCarriedWith: (others: number) => boolean,
): Generator<void, Pick<RecoveryState, 'mostProbable' | 'probability' | 'certainty'> | null> {
  if (typeof error === 'string') return null;
  const [drawn] = yield* replicatesOf(yield* owners.draws(), [others], [error]);
  const probability = (drawn ?? new Float64Array()).filter(isCarriedWith).length / REPLICATES;
  const certainty = certaintyOf(probability);
  return certainty && { mostProbable: 'carried-by-few', probability, certainty };
}

const UNKNOWN = { mostProbable: null, probability: null, certainty: null } as const;

/** What the figures of a state are, as ratios of sums over owners; `level` null where there is none. */
export function ratiosOf(evidence: MonthEvidence, deadBand: number) {
  const { owners } = evidence;
  const [now, before] = [owners.sumsOf(evidence.now), owners.sumsOf(evidence.before)];
  const largest = largestOwners(now, before);
  const byPrice = (price: PriceLevel | null | undefined) => (price ? dividedBy(priceRatio(price, now)) : []);
  const level = evidence.level && levelRatio(now, ofOwners(evidence.level, owners));
  const factors = byPrice(evidence.prices?.growth);
  const growth = { over: now, under: before, factors, scale: 'log' } as const;
  return {
    level: level && { ...level, factors: [...(level.factors ?? []), ...byPrice(evidence.prices?.level)] },
    growth,
    others: withoutOwners(growth, largest),
    breadth: breadthRatio(owners.windows, evidence.breadthBefore, evidence.breadthNow, deadBand),
  } as const satisfies Record<string, OwnerRatio | null>;
}

function withoutOwners(all: OwnerRatio, owners: readonly number[]): OwnerRatio {
  const without = (values: Float64Array) => {
    const others = values.slice();
    for (const owner of owners) others[owner] = 0;
    return others;
  };
  return { ...all, over: without(all.over), under: without(all.under), without: { all, owners } };
}

/**
 * A level as a product of sums over owners, one value an owner. The season is the median over years; its error is taken to be that of the mean of its
 * logarithms, as much larger as a median's is. Of the base there are as many months as the window has, so that both count alike where owners are counted.
 */
export function levelRatio(now: Float64Array, { base, seasons }: LevelEvidence): OwnerRatio {
  const power = medianInflation(seasons.length) / seasons.length;
  return {
    over: now,
    under: base,
    factors: seasons.flatMap(({ window, year }) => [
      { values: window, power: -power },
      { values: year, power },
    ]),
    scale: 'log',
  };
}

/** The same of owners, from one value a merchant. */
const ofOwners = ({ base, seasons }: LevelEvidence, owners: AreaOwners): LevelEvidence => ({
  base: owners.sumsOf(base),
  seasons: seasons.map(({ window, year }) => ({
    window: owners.sumsOf(window),
    year: owners.sumsOf(year),
  })),
});

/** The first are the largest. By both periods together: by one alone, those whom chance favoured in it would be taken out. */
function largestOwners(now: Float64Array, before: Float64Array): readonly number[] {
  const sizeOf = (owner: number) => (now[owner] as number) + (before[owner] as number);
  const largest: number[] = [];
  for (let owner = 0; owner < now.length; owner++) {
    const size = sizeOf(owner);
    let place = largest.length;
    while (place > 0 && size > sizeOf(largest[place - 1] as number)) place--;
    if (place < LARGEST_OWNERS) largest.splice(place, 0, owner);
    if (largest.length > LARGEST_OWNERS) largest.pop();
  }
  return largest;
}

/**
 * Whether it surely grows, and the owners that were there before surely do not: those with a sale in any month so far, also where by chance
 * they had none in the window of a year ago (taken by that window alone, those whom chance favoured in it would be all that stayed).
 */
function restsOnJoiners(evidence: MonthEvidence, growth: Figure, deadBand: number): boolean {
  if (growth.uncertainty === null || growth.uncertainty.low <= 0) return false;
  const { owners } = evidence;
  const [now, before] = [owners.sumsOf(evidence.now), owners.sumsOf(evidence.before)];
  const sofar = owners.sumsOf(evidence.sofar);
  const stayed = now.map((value, owner) => (sofar[owner] === 0 ? 0 : value));
  const error = ratioError({ over: stayed, under: before, scale: 'log' });
  if (typeof error === 'string') return false;
  const scale = (1 + (growth.value ?? 0)) / (sum(now) / sum(before));
  return intervalOf({ ...error, ratio: error.ratio * scale }).high - 1 <= deadBand;
}

/** Growth of the others, on the scale of the exact growth of all. */
function scaledLike(
  growth: Figure,
  ratios: ReturnType<typeof ratiosOf>,
  error: RatioError | NoError,
): RatioError | NoError {
  if (typeof error === 'string' || growth.value === null) return error;
  const all = sum(ratios.growth.over) / sum(ratios.growth.under);
  return { ...error, ratio: error.ratio * ((1 + growth.value) / all) };
}

function othersFigure(growth: Figure, others: OwnerRatio, error: RatioError | NoError): Figure {
  const definition = 'growth-of-others';
  if (growth.value === null) return { ...growth, definition, numerator: null, denominator: null };
  if (typeof error === 'string' && !(sum(others.under) > 0)) {
    return missing(definition, 'ratio', error);
  }
  const value = typeof error === 'string' ? null : error.ratio - 1;
  const plain: Figure = {
    ...growth,
    value,
    flag: value === null ? 'not-available' : growth.flag,
    reason: value === null ? (error as NoError) : null,
    numerator: null,
    denominator: null,
    definition,
  };
  return withError(plain, error, (ratio) => ratio - 1);
}

/** Breadth as a figure; without merchants, or where it is not known, it says so. */
function breadthFigure(
  { breadthBefore, breadthNow }: MonthEvidence,
  { period, reason }: StateFigures['breadthPeriod'],
  deadBand: number,
): Figure {
  const unknown = (why: Reason) => missing('breadth', 'points', why);
  if (reason) return unknown(reason);
  const { value, rising, unchanged, falling } = breadth(breadthBefore, breadthNow, deadBand);
  if (value === null) return unknown('no-merchants');
  return {
    value,
    unit: 'points',
    flag: 'final',
    reason: null,
    period: period ?? null,
    baseline: null,
    numerator: rising + unchanged / 2,
    denominator: rising + unchanged + falling,
    coverage: 1,
    ...UNSTATED,
    definition: 'breadth',
  };
}
