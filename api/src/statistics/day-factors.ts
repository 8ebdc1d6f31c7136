/**
 * What a day sells because of the day it is: weekday, public holiday, make-up working day, sale of fixed date. Trading-day factors as
 * ratios to a centred moving average (Shiskin, Young and Musgrave 1967, X-11), medians in place of means. Seven weekdays rather than
 * working day and weekend: wholesale sells 0.88 of an ordinary day on a Saturday and 0.62 on a Sunday, which one class would be 17 %
 * off; shops sell most on both. What a holiday, a make-up working day or a sale adds is told against the day's own weekday.
 */
import jStat from 'jstat';
import { type DayKinds, NO_SALE, SALES, SPECIALS } from '../core/day-kinds.ts';
import { sum } from '../core/vector.ts';

/** Log points by which days of a kind differ from an ordinary day; 0 where that is not more than chance, −∞ of a weekday that is closed. */
export interface DayEffect {
  readonly effect: number;
  readonly standardError: number;
  /** Days that it is estimated from. */
  readonly days: number;
}

export interface DayEffects {
  /** From Sunday. */
  readonly weekdays: readonly DayEffect[];
  /** In the order of `SPECIALS`. */
  readonly specials: readonly DayEffect[];
  /** In the order of `SALES`. */
  readonly sales: readonly DayEffect[];
}

/** The 99.9th percentile of χ² with six degrees of freedom: seven weekdays are alike, unless that is very unlikely. */
const ALIKE = 22.46;
/** Standard errors beyond which a single kind counts; a dozen of them are asked. */
const SURE = 3;
/** Ordinary days of each weekday without which nothing is said: sparse days would be told by those on which anything was sold. */
const MIN_OF_WEEKDAY = 8;
/** Part of a weekday's days: on so few a closed business may sell something, and on so few an open one nothing. */
const SELDOM = 0.05;
/** Days before and after a holiday or sale that tell its level, and how many of them must be ordinary. */
const BESIDE = 7;
const MIN_BESIDE = 4;
/** Standard deviation = this · median absolute deviation, and the error of a median = this · that of a mean, for normal errors. */
const DEVIATION = 1.4826;
const OF_MEDIAN = 1.2533;

/** Effects of the kinds of days, estimated from the values of the first days. Values that are not above zero are left out. */
export function dayEffects(values: ArrayLike<number>, kinds: DayKinds): DayEffects {
  const isClosed = closedWeekdays(values, kinds);
  const ratiosOf = weekdayRatios(values, kinds, isClosed);
  const noise = deviation(ratiosOf.flatMap((ratios) => distances(ratios)));
  const found = unlessAlike(
    ratiosOf.map((ratios) => effectOf(ratios, noise)).filter((_, weekday) => !isClosed[weekday]),
  );
  const weekdays = isClosed.map((closed) => (closed ? CLOSED : (found.shift() as DayEffect)));
  const weekdayOf = (index: number) => weekdays[kinds.weekday[index] ?? 0]?.effect ?? 0;
  const ratiosWhere = (isOne: (index: number) => boolean): number[] =>
    Array.from(values, (value, index) => {
      if (!isOne(index) || !kinds.calm[index] || !(value > 0) || isClosed[kinds.weekday[index] ?? 0])
        return null;
      const level = levelBeside(values, kinds, weekdayOf, index);
      return level === null ? null : Math.log(value / level) - weekdayOf(index);
    }).filter((ratio) => ratio !== null);
  const isDense = weekdays.every((one) => one === CLOSED || one.days >= MIN_OF_WEEKDAY);
  const single = (isOne: (index: number) => boolean) =>
    unlessChance(effectOf(isDense ? ratiosWhere(isOne) : [], noise));
  const specials = SPECIALS.map((_, kind) => single((index) => kinds.special[index] === kind + 1));
  const sales = SALES.map((_, sale) => single((index) => kinds.sale[index] === sale));
  return { weekdays, specials, sales };
}

/** What each day sells in relation to an ordinary one, 1 = the same. Days are of few kinds, so each is raised once. */
export function dayFactors({ weekdays, specials, sales }: DayEffects, kinds: DayKinds): Float64Array {
  const ofKind = new Float64Array(weekdays.length * (specials.length + 1) * (sales.length + 1)).fill(NaN);
  const factors = new Float64Array(kinds.weekday.length);
  for (let index = 0; index < factors.length; index++) {
    const [weekday, special] = [kinds.weekday[index] ?? 0, kinds.special[index] ?? 0];
    const sale = kinds.sale[index] ?? NO_SALE;
    const kind = (weekday * (specials.length + 1) + special) * (sales.length + 1) + sale + 1;
    if (Number.isNaN(ofKind[kind]))
      ofKind[kind] = Math.exp(
        (weekdays[weekday]?.effect ?? 0) + (specials[special - 1]?.effect ?? 0) + (sales[sale]?.effect ?? 0),
      );
    factors[index] = ofKind[kind] as number;
  }
  return factors;
}

const isPlain = ({ special, sale }: DayKinds, index: number): boolean =>
  special[index] === 0 && sale[index] === NO_SALE;

const CLOSED: DayEffect = { effect: -Infinity, standardError: 0, days: 0 };

/**
 * The weekdays on which a business is closed: next to nothing is ever sold on them, and on the others there are always sales. Where
 * days are sparse on all of them none is: then chance decides on which there are sales.
 */
function closedWeekdays(values: ArrayLike<number>, kinds: DayKinds): boolean[] {
  const days = new Float64Array(7);
  const sold = new Float64Array(7);
  for (let index = 0; index < values.length; index++) {
    const weekday = kinds.weekday[index] ?? 0;
    if (kinds.calm[index] !== 2 || !isPlain(kinds, index)) continue;
    days[weekday] = (days[weekday] ?? 0) + 1;
    if ((values[index] ?? 0) > 0) sold[weekday] = (sold[weekday] ?? 0) + 1;
  }
  const shares = Array.from(sold, (count, weekday) => count / (days[weekday] ?? 0));
  const isOpen = (share: number) => share >= 1 - SELDOM;
  const isSplit = shares.some(isOpen) && shares.every((share) => share <= SELDOM || isOpen(share));
  return shares.map((share) => isSplit && share <= SELDOM);
}

/** For each weekday the logarithms of its days over the mean of the seven days about them, in weeks without any other kind. */
function weekdayRatios(values: ArrayLike<number>, kinds: DayKinds, isClosed: readonly boolean[]): number[][] {
  const ratios: number[][] = Array.from({ length: 7 }, () => []);
  for (let index = 3; index < values.length - 3; index++) {
    let total = 0;
    let isOrdinary = true;
    for (let day = index - 3; day <= index + 3; day++) {
      const value = values[day] ?? 0;
      isOrdinary &&=
        (value > 0 || isClosed[kinds.weekday[day] ?? 0] === true) &&
        kinds.calm[day] === 2 &&
        isPlain(kinds, day);
      total += value;
    }
    if (isOrdinary && (values[index] ?? 0) > 0)
      ratios[kinds.weekday[index] ?? 0]?.push(Math.log((7 * (values[index] ?? 0)) / total));
  }
  return ratios;
}

/** What an ordinary day would have sold, by the ordinary days beside a day; null where there are too few. */
function levelBeside(
  values: ArrayLike<number>,
  kinds: DayKinds,
  weekdayOf: (index: number) => number,
  index: number,
): number | null {
  const levels: number[] = [];
  for (let day = Math.max(0, index - BESIDE); day <= index + BESIDE && day < values.length; day++) {
    const value = values[day] ?? 0;
    if (value > 0 && kinds.calm[day] && isPlain(kinds, day)) levels.push(value / Math.exp(weekdayOf(day)));
  }
  return levels.length < MIN_BESIDE ? null : sum(levels) / levels.length;
}

const median = (values: readonly number[]): number => (values.length === 0 ? 0 : jStat.median(values));

const distances = (values: readonly number[]): number[] => {
  const middle = median(values);
  return values.map((value) => value - middle);
};

/** Standard deviation by the median absolute deviation: an outlier does not widen it. */
const deviation = (values: readonly number[]): number =>
  values.length === 0 ? 0 : DEVIATION * jStat.meddev(values);

/** The median, its error at least that of so many days with the noise of ordinary ones: few days can agree by chance. */
function effectOf(ratios: readonly number[], noise: number): DayEffect {
  const effect = median(ratios);
  const spread = Math.max(noise, deviation(ratios));
  return {
    effect,
    standardError: ratios.length === 0 ? Infinity : (OF_MEDIAN * spread) / Math.sqrt(ratios.length),
    days: ratios.length,
  };
}

/** Squared distance from 0 in standard errors; 0 is 0 also where there is no error. */
const squared = ({ effect, standardError }: DayEffect): number =>
  Math.abs(effect) < 1e-12 ? 0 : (effect / standardError) ** 2;

function unlessAlike(weekdays: readonly DayEffect[]): DayEffect[] {
  const isAlike = weekdays.some(({ days }) => days < MIN_OF_WEEKDAY) || sum(weekdays.map(squared)) <= ALIKE;
  return weekdays.map((one) => (isAlike ? { ...one, effect: 0 } : one));
}

const unlessChance = (one: DayEffect): DayEffect =>
  one.days >= 2 && squared(one) > SURE ** 2 ? one : { ...one, effect: 0 };
