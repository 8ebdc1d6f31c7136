/**
 * Bands about a nowcast, from past errors: those of the estimates most like it. Errors are taken in standard errors of what was still to come,
 * apart for months about the Spring Festival and others, and by size, which is the number of orders still to come: a band is drawn from the
 * hundred past estimates of its kind of month that are nearest in size. ADR 27.
 */
import { at } from '../../core/vector.ts';

/** The part of outcomes that the band should cover. It lies around the rest alone, so it never falls below what is there. */
export const BAND = 0.8;
/** Standard errors that the band reaches before past errors tell: the normal quantile. */
export const DEFAULT_REACH = 1.28;
/** Past estimates that a band is drawn from. */
const NEIGHBOURS = 100;
/** Months that they must be of, at the least: all estimates of a month share what happened in it. */
const FEWEST_MONTHS = 3;
/** A band wider than this part of the estimate says that it is too early to tell. */
export const WIDEST_BAND = 0.5;

/** An estimate of a month of which the truth is known by now. */
export interface PastEstimate {
  /** Order of the month among all. */
  readonly month: number;
  readonly isFestival: boolean;
  /** Orders still to come, as estimated then. */
  readonly ordersToCome: number;
  /** ln(true rest ÷ estimated rest) in standard errors. */
  readonly deviation: number;
}

/** What a band is asked for. `month`: nothing of that month or a later one is looked at. */
export type BandQuestion = Omit<PastEstimate, 'deviation'>;

/**
 * Standard errors by which what came was off from what was estimated: the tenth, fiftieth and ninetieth of a hundred. `middle`: what an estimate is corrected by,
 * so that it is as often too high as too low; amounts are skewed, and a mean would mostly be too high.
 */
export interface Reach {
  readonly below: number;
  readonly middle: number;
  readonly above: number;
}

interface Sorted {
  readonly sizes: Float64Array;
  readonly months: Int32Array;
  readonly deviations: Float64Array;
}

/** Past errors, in order of size. */
export class Bands {
  private readonly kinds: ReadonlyMap<boolean, Sorted>;

  constructor(past: readonly PastEstimate[]) {
    this.kinds = new Map(
      [true, false].map((isFestival) => [
        isFestival,
        sorted(past.filter((one) => one.isFestival === isFestival)),
      ]),
    );
  }

  /** From months before the one that is asked about alone; a set reach until three of its kind are known. */
  reach({ month, isFestival, ordersToCome }: BandQuestion): Reach {
    const kind = this.kinds.get(isFestival);
    const near = kind ? nearest(kind, Math.log(Math.max(1, ordersToCome)), month) : [];
    if (!kind || new Set(near.map((index) => at(kind.months, index))).size < FEWEST_MONTHS)
      return { below: -DEFAULT_REACH, middle: 0, above: DEFAULT_REACH };
    const deviations = near.map((index) => at(kind.deviations, index)).sort((a, b) => a - b);
    const outside = ((1 - BAND) / 2) * (deviations.length + 1);
    const place = Math.min(deviations.length, Math.max(1, Math.floor(outside)));
    return {
      below: at(deviations, place - 1),
      middle: at(deviations, (deviations.length - 1) >> 1),
      above: at(deviations, deviations.length - place),
    };
  }
}

/** An estimate and the ends of its band; no ends where there is no number for them, since half a band says nothing. */
export interface Told {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the band is wider than half of the estimate, or none: then it is too early to tell. */
  readonly isEarly: boolean;
}

/** What is told of an estimate, from what past ones missed. */
export function toldOf(
  {
    soFar,
    estimate,
    logError,
  }: { readonly soFar: number; readonly estimate: number; readonly logError: number },
  { below, middle, above }: Reach,
): Told {
  const deviatedBy = (deviation: number) => soFar + (estimate - soFar) * Math.exp(deviation * logError);
  const [low, told, high] = [deviatedBy(below), deviatedBy(middle), deviatedBy(above)];
  if (!Number.isFinite(high)) return { estimate: told, low: null, high: null, isEarly: true };
  return { estimate: told, low, high, isEarly: high - low > WIDEST_BAND * told };
}

function sorted(past: readonly PastEstimate[]): Sorted {
  const order = past.toSorted((one, other) => one.ordersToCome - other.ordersToCome);
  return {
    sizes: Float64Array.from(order, ({ ordersToCome }) => Math.log(Math.max(1, ordersToCome))),
    months: Int32Array.from(order, ({ month }) => month),
    deviations: Float64Array.from(order, ({ deviation }) => deviation),
  };
}

/** Indices of those nearest in size, of months before one. */
function nearest({ sizes, months }: Sorted, size: number, before: number): number[] {
  let [low, high] = [firstAbove(sizes, size) - 1, firstAbove(sizes, size)];
  const found: number[] = [];
  while (found.length < NEIGHBOURS && (low >= 0 || high < sizes.length)) {
    const isLow = high >= sizes.length || (low >= 0 && size - at(sizes, low) <= at(sizes, high) - size);
    const index = isLow ? low-- : high++;
    if (at(months, index) < before) found.push(index);
  }
  return found;
}

function firstAbove(sizes: Float64Array, size: number): number {
  let [from, to] = [0, sizes.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (at(sizes, middle) <= size) from = middle + 1;
    else to = middle;
  }
  return from;
}
