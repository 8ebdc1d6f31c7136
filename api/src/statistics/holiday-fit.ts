/**
 * The least squares behind the effect of the Spring Festival (`holiday-effect.ts`): year-on-year differences of logarithms, kept as sums over series,
 * and Gauss–Newton on ln H, freely or drawn towards values that are known.
 */
import { addMonths, type Month } from '../core/calendar.ts';
import { linearSolution } from './linear-system.ts';
import type { LunarWindow } from '../core/lunar.ts';
import { at, sum } from '../core/vector.ts';

/** A monthly series; null or a value that is not above 0 has no logarithm and is left out. */
export interface MonthlySeries {
  readonly months: readonly Month[];
  readonly values: readonly (number | null)[];
}

/** Effect of the days of one window. */
export interface HolidayCoefficient {
  readonly window: LunarWindow;
  /** What a day of the window sells beyond an ordinary one, as a share of that: −0.9 of the standstill is δ = 0.9. */
  readonly beta: number;
  /** Standard error of beta, errors taken as independent. Null where nothing is left to estimate it from. */
  readonly standardError: number | null;
}

/** Least part of a month that the holiday can leave, so that its logarithm exists. */
const LEAST = 0.02;
/**
 * A day cannot lose more than it sells, and hardly sells more than twice as much: a few sparse series would say anything. An estimate
 * at a bound has the standard error that it would have without.
 */
const BOUNDS = { low: LEAST - 1, high: 1 } as const;
const STEPS = 30;
const HALVINGS = 8;
/** Part of the squares that a step may take off and be the last one; a group's, of which there are many, is near enough sooner. */
const CLOSE = { ofAll: 1e-12, ofGroup: 1e-7 } as const;

/** What the holiday makes of a month, as a logarithm. */
export const logOf = (betas: readonly number[], shares: readonly number[]): number =>
  Math.log(Math.max(LEAST, 1 + sum(betas.map((beta, index) => beta * at(shares, index)))));

export const hasLog = (value: number | null | undefined): value is number =>
  typeof value === 'number' && value > 0;

/** Year-on-year differences of a calendar year, of all series that have the same months of it. */
interface Group {
  /** Positions of the months and of those a year before. */
  readonly months: readonly { readonly now: number; readonly before: number }[];
  /** Sums over its series of each month's deviation from the series' own mean of the year. */
  readonly sums: number[];
  count: number;
}

/**
 * All series' differences of logarithms, each less its mean within series and year. What is regressed on depends on the month alone, so
 * series with the same months are kept as their sum: a fit costs the same for one belt as for thousands.
 */
export class Pool {
  readonly groups = new Map<string, Group>();
  /** Sum of all squared deviations. */
  squares = 0;
  observations = 0;
  /** Means that were taken out. */
  means = 0;
  private readonly positions: ReadonlyMap<Month, number>;

  constructor(months: readonly Month[]) {
    this.positions = new Map(months.map((month, index) => [month, index]));
  }

  add({ months, values }: MonthlySeries): void {
    const logs = new Map(
      months.flatMap((month, index) => {
        const value = values[index];
        return hasLog(value) ? [[month, Math.log(value)] as const] : [];
      }),
    );
    for (const year of new Set(months.map((month) => month.slice(0, 4)))) {
      const own = months.filter(
        (month) => month.startsWith(year) && logs.has(month) && logs.has(addMonths(month, -12)),
      );
      if (own.length > 0) this.addYear(own, logs);
    }
  }

  private addYear(months: readonly Month[], logs: ReadonlyMap<Month, number>): void {
    const growth = months.map((month) => (logs.get(month) ?? 0) - (logs.get(addMonths(month, -12)) ?? 0));
    const average = sum(growth) / growth.length;
    const key = months.join(' ');
    const group = this.groups.get(key) ?? {
      months: months.map((month) => ({
        now: this.positions.get(month) ?? 0,
        before: this.positions.get(addMonths(month, -12)) ?? 0,
      })),
      sums: months.map(() => 0),
      count: 0,
    };
    this.groups.set(key, group);
    growth.forEach((one, index) => {
      const deviation = one - average;
      group.sums[index] = at(group.sums, index) + deviation;
      this.squares += deviation ** 2;
    });
    group.count++;
    this.observations += growth.length;
    this.means++;
  }
}

export interface Fit {
  readonly coefficients: readonly HolidayCoefficient[];
  /** Sum of the squared residuals. */
  readonly squares: number;
  /** Variance of the residuals; null where nothing is left to estimate it from. */
  readonly noise: number | null;
}

/** Values that a fit is drawn towards, one a window. */
export interface Prior {
  readonly betas: readonly number[];
  /** Variance of the noise ÷ variance of the true values about these; ∞ = exactly these. */
  readonly precisions: readonly number[];
  /** Variance of the noise; left out: that of the residuals. */
  readonly noise?: number;
}

/**
 * Gauss–Newton from no effect at all, or from the prior's, a step halved until it is better; null where the windows cannot be told apart.
 * With a prior Σ precision · (β − prior)² counts among the squares: the most probable values of normal ones.
 */
export function fitted(
  pool: Pool,
  windows: readonly LunarWindow[],
  shares: readonly (readonly number[])[],
  prior?: Prior,
): Fit | null {
  const standing = (betas: readonly number[]) => standingAt(pool, shares, betas, prior);
  const close = prior ? CLOSE.ofGroup : CLOSE.ofAll;
  let state = standing(prior?.betas ?? windows.map(() => 0));
  for (let step = 0; step < STEPS; step++) {
    const moves = movesFrom(state, prior);
    if (moves === null) return null;
    let [scale, next] = [1, state];
    for (let halving = 0; halving <= HALVINGS && !(next.squares < state.squares); halving++, scale /= 2) {
      next = standing(state.betas.map((beta, index) => bounded(beta + scale * at(moves, index))));
    }
    if (!(next.squares < state.squares)) break;
    const isClose = state.squares - next.squares <= close * state.squares;
    state = next;
    if (isClose) break;
  }
  const freedom = pool.observations - pool.means - windows.length;
  const noise = prior?.noise ?? (freedom > 0 ? Math.max(0, state.squares) / freedom : null);
  const free = [...windows.keys()].filter((index) => !isExact(prior, index));
  const coefficients = windows.map((window, index) => ({
    window,
    beta: at(state.betas, index),
    standardError: noise === null ? null : errorOf(state, free, index, noise),
  }));
  return { coefficients, squares: state.squares, noise };
}

const isExact = (prior: Prior | undefined, index: number): boolean => prior?.precisions[index] === Infinity;

/** Standard error of one beta where `free` ones were estimated together; null where it was not, or they cannot be told apart. */
function errorOf(
  { products }: Standing,
  free: readonly number[],
  index: number,
  noise: number,
): number | null {
  const place = free.indexOf(index);
  if (place < 0) return null;
  const unit = free.map((other) => (other === index ? 1 : 0));
  const inverse = solved(within(products, free), unit)?.[place];
  return inverse === undefined ? null : Math.sqrt(noise * inverse);
}

const within = (products: readonly (readonly number[])[], free: readonly number[]) =>
  free.map((a) => free.map((b) => at(at(products, a), b)));

const bounded = (beta: number): number => Math.min(BOUNDS.high, Math.max(BOUNDS.low, beta));

/** The next step of those that nothing holds; null where their windows cannot be told apart. */
function movesFrom({ betas, products, moments }: Standing, prior?: Prior): number[] | null {
  const isHeld = (index: number) =>
    isExact(prior, index) ||
    (at(betas, index) <= BOUNDS.low && at(moments, index) < 0) ||
    (at(betas, index) >= BOUNDS.high && at(moments, index) > 0);
  const free = [...betas.keys()].filter((index) => !isHeld(index));
  const moves = solved(
    within(products, free),
    free.map((index) => at(moments, index)),
  );
  return moves && betas.map((_, index) => (free.includes(index) ? at(moves, free.indexOf(index)) : 0));
}

/** Where a fit stands: its betas, the squared residuals, and what the next step solves. */
interface Standing {
  readonly betas: readonly number[];
  readonly squares: number;
  readonly products: readonly (readonly number[])[];
  readonly moments: readonly number[];
}

function standingAt(
  pool: Pool,
  shares: readonly (readonly number[])[],
  betas: readonly number[],
  prior?: Prior,
): Standing {
  const logs = shares.map((own) => logOf(betas, own));
  // Slopes of ln H: w ÷ H.
  const slopes = shares.map((own, month) => own.map((share) => share / Math.exp(at(logs, month))));
  const products = betas.map(() => betas.map(() => 0));
  const moments = betas.map(() => 0);
  let { squares } = pool;
  for (const { months, sums, count } of pool.groups.values()) {
    const fit = centred(months.map(({ now, before }) => at(logs, now) - at(logs, before)));
    const xs = betas.map((_, index) =>
      centred(months.map(({ now, before }) => at(at(slopes, now), index) - at(at(slopes, before), index))),
    );
    // Σ (y − f)² = Σ y² − 2 f · Σ y + n f²
    fit.forEach((one, index) => (squares += one * (count * one - 2 * at(sums, index))));
    const left = fit.map((one, index) => at(sums, index) - count * one);
    xs.forEach((x, a) => {
      moments[a] = at(moments, a) + sum(x.map((one, index) => one * at(left, index)));
      const row = at(products, a);
      xs.forEach((other, b) => {
        row[b] = at(row, b) + count * sum(x.map((one, index) => one * at(other, index)));
      });
    });
  }
  prior?.precisions.forEach((precision, index) => {
    if (precision === Infinity) return;
    const off = at(prior.betas, index) - at(betas, index);
    const row = at(products, index);
    row[index] = at(row, index) + precision;
    moments[index] = at(moments, index) + precision * off;
    squares += precision * off ** 2;
  });
  return { betas, squares, products, moments };
}

/** Deviations from the mean. */
function centred(values: readonly number[]): number[] {
  const average = sum(values) / values.length;
  return values.map((value) => value - average);
}

/** The solution; null where regressors do not vary, or two of them vary together. */
function solved(products: readonly (readonly number[])[], moments: readonly number[]): number[] | null {
  if (products.length === 0) return [];
  if (products.some((row, index) => at(row, index) < 1e-9)) return null;
  try {
    return linearSolution(products, moments);
  } catch {
    return null;
  }
}
