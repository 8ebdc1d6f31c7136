/**
 * What a day sells because of the day it is: weekday, public holiday, make-up working day, sale of fixed date. Trading-day factors as
 * ratios to a centred moving average (Shiskin, Young and Musgrave 1967, X-11), medians in place of means where days are regular. Seven weekdays rather than
 * working day and weekend: wholesale sells 0.88 of an ordinary day on a Saturday and 0.62 on a Sunday, which one class would be 17 %
 * off; shops sell most on both. What a holiday, a make-up working day or a sale adds is told against the day's own weekday.
 *
 * Where few orders are most of the value, a median day has none of them: kinds of days had a hundredth of an ordinary one, and a large order on such a
 * day counted a hundredfold. There a kind is told by what all its days sold, over what ordinary days would have, and only where
 * ordinary days scatter too little for that: their scatter and not the kind's own, because a kind that happened to have no large order does not scatter.
 */
import { type DayKinds, NO_SALE, SALES, SPECIALS } from '../core/day-kinds.ts';
import { median, sum } from '../core/vector.ts';

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
/** Log points that regular days scatter by at most about their weekday's median. */
const REGULAR = 0.3;
/** Days of a kind without which nothing is said of it where days are not regular: one large order among four days would be its effect. */
const MIN_OF_IRREGULAR = 20;
/** The variance about the mean of seven days, of which the day itself is one, is six sevenths. */
const OF_WEEK = 7 / 6;
/** Standard deviation = this · median absolute deviation, and the error of a median = this · that of a mean, for normal errors. */
const DEVIATION = 1.4826;
const OF_MEDIAN = 1.2533;

/** Effects of the kinds of days, estimated from the values of the first days. */
export function dayEffects(values: ArrayLike<number>, kinds: DayKinds): DayEffects {
  const days = { values, kinds, isClosed: closedWeekdays(values, kinds) };
  const busy = weekdayRatios(days, false);
  const noise = deviation(busy.flatMap((ratios) => distances(ratios.map(logOf))));
  if (noise <= REGULAR) return effectsBy(medians(noise), busy, days);
  const all = weekdayRatios(days, true);
  return effectsBy(means(all.flat()), all, days);
}

/** A day over what an ordinary day would have sold. */
interface Ratio {
  readonly value: number;
  readonly level: number;
}

/** How days of a kind become an effect, and whether days on which nothing was sold count. */
interface Estimator {
  readonly countsNothing: boolean;
  readonly of: (ratios: readonly Ratio[]) => DayEffect;
  /** What counts of the effect of a single kind that is not chance. */
  readonly single: (effect: DayEffect) => DayEffect;
}

interface Days {
  readonly values: ArrayLike<number>;
  readonly kinds: DayKinds;
  readonly isClosed: readonly boolean[];
}

function effectsBy(by: Estimator, ratiosOf: readonly (readonly Ratio[])[], days: Days): DayEffects {
  const { values, kinds, isClosed } = days;
  const found = unlessAlike(ratiosOf.map(by.of).filter((_, weekday) => !isClosed[weekday]));
  const weekdays = isClosed.map((closed) => (closed ? CLOSED : (found.shift() as DayEffect)));
  const weekdayOf = (index: number) => weekdays[kinds.weekday[index] ?? 0]?.effect ?? 0;
  const ratiosOn = (places: readonly number[]): Ratio[] =>
    places.flatMap((index) => {
      const value = values[index];
      if (value === undefined || isClosed[kinds.weekday[index] ?? 0]) return [];
      if (!(value > 0 || by.countsNothing)) return [];
      const level = levelBeside(days, by.countsNothing, weekdayOf, index);
      return level === null ? [] : [{ value, level: level * Math.exp(weekdayOf(index)) }];
    });
  const isDense = weekdays.every((one) => one === CLOSED || one.days >= MIN_OF_WEEKDAY);
  const single = (places: readonly number[]) =>
    by.single(unlessChance(by.of(isDense ? ratiosOn(places) : [])));
  const { specials, sales } = placesOf(kinds);
  return { weekdays, specials: specials.map(single), sales: sales.map(single) };
}

interface Places {
  readonly specials: readonly (readonly number[])[];
  readonly sales: readonly (readonly number[])[];
}
/** Kinds are the same for all areas of a source, and few days are of any. */
const known = new WeakMap<DayKinds, Places>();

/** On which days each kind is, without those that have no level beside them. */
function placesOf(kinds: DayKinds): Places {
  const made = known.get(kinds);
  if (made) return made;
  const where = (isOne: (index: number) => boolean) =>
    Array.from(kinds.calm.keys()).filter((index) => kinds.calm[index] !== 0 && isOne(index));
  const places = {
    specials: SPECIALS.map((_, kind) => where((index) => kinds.special[index] === kind + 1)),
    sales: SALES.map((_, sale) => where((index) => kinds.sale[index] === sale)),
  };
  known.set(kinds, places);
  return places;
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

/** Of each weekday its days and the means of the seven days about them, in weeks without any other kind and, unless they count, without days that sold nothing. */
function weekdayRatios({ values, kinds, isClosed }: Days, countsNothing: boolean): Ratio[][] {
  const ratios: Ratio[][] = Array.from({ length: 7 }, () => []);
  for (let index = 3; index < values.length - 3; index++) {
    let total = 0;
    let isOrdinary = true;
    for (let day = index - 3; day <= index + 3; day++) {
      const value = values[day] ?? 0;
      isOrdinary &&=
        (value > 0 || countsNothing || isClosed[kinds.weekday[day] ?? 0] === true) &&
        kinds.calm[day] === 2 &&
        isPlain(kinds, day);
      total += value;
    }
    const value = values[index] ?? 0;
    if (isOrdinary && (value > 0 || countsNothing))
      ratios[kinds.weekday[index] ?? 0]?.push({ value, level: total / 7 });
  }
  return ratios;
}

/** What an ordinary day would have sold, by the ordinary days beside a day; null where there are too few. */
function levelBeside(
  { values, kinds, isClosed }: Days,
  countsNothing: boolean,
  weekdayOf: (index: number) => number,
  index: number,
): number | null {
  const levels: number[] = [];
  for (let day = Math.max(0, index - BESIDE); day <= index + BESIDE && day < values.length; day++) {
    const value = values[day] ?? 0;
    const counts = value > 0 || (countsNothing && !isClosed[kinds.weekday[day] ?? 0]);
    if (counts && kinds.calm[day] && isPlain(kinds, day)) levels.push(value / Math.exp(weekdayOf(day)));
  }
  return levels.length < MIN_BESIDE ? null : sum(levels) / levels.length;
}

const middleOf = (values: readonly number[]): number => (values.length === 0 ? 0 : median(values));

const distances = (values: readonly number[]): number[] => {
  const middle = middleOf(values);
  return values.map((value) => value - middle);
};

/** Standard deviation by the median absolute deviation: an outlier does not widen it. */
const deviation = (values: readonly number[]): number =>
  DEVIATION * middleOf(distances(values).map(Math.abs));

const logOf = ({ value, level }: Ratio) => Math.log(value / level);

/** The median, its error at least that of so many days with the noise of ordinary ones: few days can agree by chance. */
const medians = (noise: number): Estimator => ({
  countsNothing: false,
  single: (effect) => effect,
  of: (days) => {
    const ratios = days.map(logOf);
    const spread = Math.max(noise, deviation(ratios));
    return {
      effect: middleOf(ratios),
      standardError: ratios.length === 0 ? Infinity : (OF_MEDIAN * spread) / Math.sqrt(ratios.length),
      days: ratios.length,
    };
  },
});

/**
 * All that was sold over all that ordinary days would have; a kind on which nothing was sold says nothing. Its error is such that the effect is as many of
 * them from 0 as the ratio is from 1, by the scatter of `ordinary` days about their level.
 */
function means(ordinary: readonly Ratio[]): Estimator {
  // Over the mean level and not over each day's own, which is high about a large order because of that order.
  const scatterOf = (ratios: readonly Ratio[], factor: number) => {
    const squares = ratios.reduce((total, { value, level }) => total + (value - factor * level) ** 2, 0);
    return Math.sqrt(squares / ratios.length) / (usualOf(ratios) / ratios.length);
  };
  const scatter = Math.sqrt(OF_WEEK) * scatterOf(ordinary, 1);
  return {
    countsNothing: true,
    single: drawnBack,
    of: (ratios) => {
      const sold = sum(ratios.map(({ value }) => value));
      const usual = usualOf(ratios);
      const nothing = { effect: 0, standardError: Infinity, days: ratios.length };
      if (ratios.length < MIN_OF_IRREGULAR || !(sold > 0 && usual > 0)) return nothing;
      const ratio = sold / usual;
      // Its own where that is more: one large order is no effect of the days.
      const spread = Math.max(scatter, scatterOf(ratios, ratio));
      const distance = (ratio - 1) / (spread / Math.sqrt(ratios.length));
      const effect = Math.log(ratio);
      return { ...nothing, effect, standardError: effect / distance };
    },
  };
}

const usualOf = (ratios: readonly Ratio[]): number => sum(ratios.map(({ level }) => level));

/** Squared distance from 0 in standard errors; 0 is 0 also where there is no error. */
const squared = ({ effect, standardError }: DayEffect): number =>
  Math.abs(effect) < 1e-12 ? 0 : (effect / standardError) ** 2;

function unlessAlike(weekdays: readonly DayEffect[]): DayEffect[] {
  const isAlike = weekdays.some(({ days }) => days < MIN_OF_WEEKDAY) || sum(weekdays.map(squared)) <= ALIKE;
  return weekdays.map((one) => (isAlike ? { ...one, effect: 0 } : one));
}

const unlessChance = (one: DayEffect): DayEffect =>
  one.days >= 2 && squared(one) > SURE ** 2 ? one : { ...one, effect: 0 };

/** Drawn towards 0 by as much as chance alone can make of it: of the kinds of a hundred areas one is beyond three standard errors without cause. */
const drawnBack = (one: DayEffect): DayEffect =>
  one.effect === 0 ? one : { ...one, effect: one.effect * (1 - SURE ** 2 / squared(one)) };
