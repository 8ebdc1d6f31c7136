/**
 * How sure the difference of two figures is, each of which has an interval: the method of variance estimates recovery (Zou and Donner 2008,
 * Construction of confidence limits about effect measures). The ends of the difference are recovered from the ends of both intervals, so they
 * keep what those know: that growth reaches further up than down, and that few owners make an interval wider. Two intervals that overlap say little:
 * independent figures differ beyond chance long before their intervals part, and those of a belt and of its province, which move together, sooner still.
 */
import jStat from 'jstat';
import { CONFIDENCE } from './owner-bootstrap.ts';

/** A figure between the ends of its interval of 90 %. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One figure less another. `standardError`: in their unit, of the half of the interval that reaches towards no difference. */
export interface BoundedDifference extends Bounded {
  readonly standardError: number;
  /** Of nothing but chance between them, two-sided; below 1 − 0.9 exactly where the interval does not hold the zero. */
  readonly pValue: number;
}

const REACH = jStat.normal.inv((1 + CONFIDENCE) / 2, 0, 1);

/** `correlation`: of the errors of both; 0 where nobody has a part in both. */
export function differenceOf(one: Bounded, other: Bounded, correlation: number): BoundedDifference {
  const value = one.value - other.value;
  const reach = (own: number, others: number) =>
    Math.sqrt(Math.max(0, own ** 2 + others ** 2 - 2 * correlation * own * others));
  const down = reach(one.value - one.low, other.high - other.value);
  const up = reach(one.high - one.value, other.value - other.low);
  const standardError = (value > 0 ? down : up) / REACH;
  return { value, low: value - down, high: value + up, standardError, pValue: pValue(value, standardError) };
}

const pValue = (value: number, standardError: number): number => {
  if (value === 0) return 1;
  return standardError === 0 ? 0 : 2 * jStat.normal.cdf(-Math.abs(value / standardError), 0, 1);
};

/** By what leaving out each owner moves a figure, and who they are, by seed in ascending order. */
export interface Moves {
  readonly seeds: Float64Array;
  readonly moved: Float64Array;
}

/**
 * The correlation of the errors of two figures of owners some of whom have a part in both, from what each owner moves either by: a belt and its
 * province are not apart. 0 where they have nobody in common.
 */
export function errorCorrelation(one: Moves, other: Moves): number {
  let both = 0;
  for (let own = 0, others = 0; own < one.seeds.length && others < other.seeds.length;) {
    const [seed, next] = [one.seeds[own] as number, other.seeds[others] as number];
    if (seed === next) both += (one.moved[own++] as number) * (other.moved[others++] as number);
    else if (seed < next) own++;
    else others++;
  }
  const size = Math.sqrt(squaresOf(one.moved) * squaresOf(other.moved));
  return size === 0 ? 0 : both / size;
}

function squaresOf(values: Float64Array): number {
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index] as number) ** 2;
  return squares;
}
