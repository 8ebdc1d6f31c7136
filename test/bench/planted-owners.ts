/**
 * Owners whose truth is planted, and what the product's own statistics say of them: do intervals cover, are states found? No engine,
 * no page: the arithmetic that serves users, many thousand times.
 */
import { growingOwners, normal, poisson, random } from '@beltline/api/statistics/planted.js';
import { intervalOf, type OwnerRatio, ratioError } from '@beltline/api/statistics/owner-bootstrap.js';
import { medianLevel, recoveryRatio } from '@beltline/api/statistics/recovery.js';
import { AreaOwners } from '@beltline/api/owners';
import { levelRatio, stateAt } from '@beltline/api/states';
import type { Figure, RecoveryStateName } from '@beltline/contract';

/** A share that was measured, and between what it should lie. */
export interface Trial {
  readonly name: string;
  readonly share: number;
  readonly of: string;
  readonly least?: number;
  readonly most?: number;
  readonly seeds: string;
}

const DRAWS = 2_400;

/** Intervals of 90 %, of many and of few owners, even and skewed, and what plain percentiles would have said. */
export function coverage(): Trial[] {
  const kinds = [
    { name: 'even sizes', owners: [30, 60, 90], skew: 0.5, scatter: 0.3 },
    { name: 'skewed sizes', owners: [40, 80, 120], skew: 1, scatter: 0.35 },
    { name: 'very skewed sizes', owners: [80, 160, 320], skew: 1.4, scatter: 0.4 },
    { name: '20 to 30 owners', owners: [22, 26, 30], skew: 0.8, scatter: 0.35 },
  ];
  return kinds.map(({ name, owners, skew, scatter }, index) => {
    const draw = random(1_000 + index);
    let [told, held] = [0, 0];
    for (let trial = 0; trial < DRAWS; trial++) {
      const growth = 0.8 + (trial % 5) / 10;
      const { over, under } = growingOwners(draw, {
        owners: owners[trial % owners.length] ?? 60,
        growth,
        skew,
        scatter,
        orders: 25,
      });
      const error = ratioError({ over, under, scale: 'log' } satisfies OwnerRatio);
      if (typeof error === 'string') continue;
      const { low, high } = intervalOf(error);
      told++;
      if (low <= growth && growth <= high) held++;
    }
    return {
      name: `intervals of 90 % cover: ${name}`,
      share: held / told,
      of: `${told} belts`,
      least: 0.88,
      most: 0.92,
      seeds: String(1_000 + index),
    };
  });
}

interface Plan {
  readonly state: RecoveryStateName;
  /** Standard errors that a belt's level lies above 100. */
  readonly level: number;
  /** Standard errors that its growth lies beyond the dead-band. */
  readonly growth: number;
}
const DEAD_BAND = 0.02;
/** Growth two and a half errors above 0 leaves that of all but the three largest two of its own errors above 0. */
const PLANS: readonly Plan[] = [
  { state: 'recovered', level: 2, growth: 2.5 },
  { state: 'slipping', level: 2, growth: -2 },
  { state: 'recovering', level: -2, growth: 2.5 },
  { state: 'declining', level: -2, growth: -2 },
];
const SIZE = { owners: 80, skew: 0.8, scatter: 0.25, orders: 30 };

/** Belts two standard errors from every threshold, and belts in which nothing happens. */
export function power(): Trial[] {
  const errors = meanErrors();
  const planned = PLANS.map(({ state, level, growth }, index) =>
    found(`two standard errors away: ${state}`, state, 2_000 + index, {
      ...SIZE,
      level: Math.exp(level * errors.level),
      growth: 1 + Math.sign(growth) * DEAD_BAND + growth * errors.growth,
    }),
  );
  const flat = { owners: 600, skew: 0.5, scatter: 0.05, orders: 400, level: 0.9, growth: 1 };
  const few = { ...SIZE, level: 1.1, growth: 0.8, largest: 2.5 };
  const all = [
    ...planned,
    found('a large belt that stays at 90: flat', 'flat', 2_010, flat),
    found('three owners grow, the others shrink: carried by few', 'carried-by-few', 2_011, few),
  ];
  const share = all.reduce((total, trial) => total + trial.share, 0) / all.length;
  return [
    ...all,
    {
      name: 'of all planted belts',
      share,
      of: `${TRIALS * all.length} belts`,
      least: 0.7,
      seeds: '2000–2011',
    },
    { ...nothing('a belt at 100 that never changes: said to be sure', 2_020, SIZE), most: 0.05 },
  ];
}

interface Truth {
  readonly owners: number;
  readonly skew: number;
  readonly scatter: number;
  readonly orders: number;
  readonly level: number;
  /** 1 + growth. */
  readonly growth: number;
  /** What the three largest grow by instead. */
  readonly largest?: number;
}
const TRIALS = 300;

function found(name: string, state: RecoveryStateName, seed: number, truth: Truth): Trial {
  const draw = random(seed);
  let right = 0;
  for (let trial = 0; trial < TRIALS; trial++) if (stateOf(draw, truth).state === state) right++;
  return { name, share: right / TRIALS, of: `${TRIALS} belts`, seeds: String(seed) };
}

function nothing(name: string, seed: number, size: typeof SIZE): Trial {
  const draw = random(seed);
  let sure = 0;
  for (let trial = 0; trial < TRIALS; trial++)
    if (stateOf(draw, { ...size, level: 1, growth: 1 }).certainty === 'sure') sure++;
  return { name, share: sure / TRIALS, of: `${TRIALS} belts`, seeds: String(seed) };
}

/** Standard errors of the logarithms of level and growth, of belts of the usual size. */
function meanErrors(): { level: number; growth: number } {
  const draw = random(7);
  const totals = { level: 0, growth: 0, told: 0 };
  for (let trial = 0; trial < TRIALS; trial++) {
    const { now, before, level: evidence } = planted(draw, { ...SIZE, level: 1, growth: 1 });
    const level = ratioError(levelRatio(now, evidence));
    const growth = ratioError({ over: now, under: before, scale: 'log' });
    if (typeof level === 'string' || typeof growth === 'string') continue;
    totals.level += level.standardError;
    totals.growth += growth.standardError;
    totals.told++;
  }
  return { level: totals.level / totals.told, growth: totals.growth / totals.told };
}

const QUARTERS = 4;
const SEASONS = 2;

/** Orders of each owner in the windows of a state, drawn: the quarter that is told, a mean quarter of the base year, and all quarters of two clean years. */
function planted(draw: () => number, { owners, skew, scatter, orders, level, growth, largest }: Truth) {
  const row = () => new Float64Array(owners);
  const [now, before, base] = [row(), row(), row()];
  const seasons = Array.from({ length: SEASONS }, () => ({ window: row(), year: row() }));
  const own = () => Math.exp(scatter * normal(draw) - scatter ** 2 / 2);
  for (let owner = 0; owner < owners; owner++) {
    const isLargest = largest !== undefined && owner < LARGEST;
    const size = orders * (isLargest ? owners / 10 : Math.exp(skew * normal(draw) - skew ** 2 / 2));
    const usual = (size * level) / growth;
    const quarters = (count: number) =>
      Array.from({ length: count }, () => poisson(draw, size * own())).reduce((sum, one) => sum + one, 0);
    base[owner] = quarters(QUARTERS) / QUARTERS;
    for (const { window, year } of seasons) {
      window[owner] = quarters(1);
      year[owner] = 2 * ((window[owner] as number) + quarters(QUARTERS - 1));
    }
    before[owner] = poisson(draw, usual * own());
    now[owner] = poisson(draw, usual * (isLargest ? largest : growth) * own());
  }
  return { now, before, level: { base, seasons } };
}
const LARGEST = 3;

const ownersAlone = (draw: () => number, count: number) => {
  const seeds = Float64Array.from({ length: count }, () => Math.floor(draw() * 2 ** 52));
  return new AreaOwners({
    ...{ seeds, ownerOf: Uint32Array.from(seeds.keys()) },
    ...{ keys: new Float64Array(), sums: [] },
  });
};
const total = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0);

/** In points. */
const levelOf = ({ now, level: { base, seasons } }: Pick<ReturnType<typeof planted>, 'now' | 'level'>) =>
  medianLevel(
    seasons.map(
      ({ window, year }) =>
        recoveryRatio(total(now), 2 * QUARTERS * total(base), total(window), total(year)) ?? NaN,
    ),
  ) ?? NaN;

/** Intervals of a level: a double ratio with the season of two other years. */
export function levelCoverage(): Trial[] {
  const kinds = [
    { name: 'skewed sizes', owners: [40, 80, 120], skew: 1, scatter: 0.35, orders: 25 },
    { name: '22 to 40 owners', owners: [22, 30, 40], skew: 0.6, scatter: 0.3, orders: 25 },
  ];
  return kinds.map(({ name, owners, ...kind }, index) => {
    const draw = random(1_100 + index);
    let [told, held] = [0, 0];
    for (let trial = 0; trial < DRAWS; trial++) {
      const truth = {
        ...kind,
        owners: owners[trial % owners.length] ?? 60,
        growth: 1,
        level: 0.7 + (trial % 5) / 10,
      };
      const drawn = planted(draw, truth);
      const error = ratioError(levelRatio(drawn.now, drawn.level));
      if (typeof error === 'string') continue;
      const { low, high } = intervalOf({ ...error, ratio: levelOf(drawn) / 100 });
      told++;
      if (low <= truth.level && truth.level <= high) held++;
    }
    return {
      name: `intervals of 90 % of a level cover: ${name}`,
      share: held / told,
      of: `${told} belts`,
      least: 0.88,
      most: 0.92,
      seeds: String(1_100 + index),
    };
  });
}

function stateOf(draw: () => number, truth: Truth) {
  const { now, before, level } = planted(draw, truth);
  const evidence = {
    owners: ownersAlone(draw, truth.owners),
    ...{ now, before, level, sofar: level.base.map((value) => value + 1) },
    ...{ breadthBefore: before, breadthNow: now },
  };
  const told = figure(levelOf({ now, level }));
  const steps = stateAt(
    {
      level: told,
      levelWithoutOutliers: told,
      growth: figure(total(now) / total(before) - 1),
      breadthPeriod: {},
    },
    evidence,
    DEAD_BAND,
  );
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const figure = (value: number): Figure => ({
  ...{ value, unit: 'ratio', flag: 'final', reason: null, period: null, baseline: null, numerator: null },
  ...{ denominator: null, coverage: 1, uncertainty: null, uncertaintyReason: null, definition: 'planted' },
});
