/**
 * Turnover of merchants, after Davis, Haltiwanger and Schuh (1996), "Job Creation and Destruction": growth measured
 * against the mean of both periods, so that entrants and exits have a rate too, and split by what the merchants did.
 */
import { growthOf } from '../core/ratio.ts';
import { at } from '../core/vector.ts';

/** Merchants that did the same, with their values in both periods. */
export interface TurnoverGroup {
  readonly merchants: number;
  readonly before: number;
  readonly after: number;
  /** after − before, in the unit of the values. */
  readonly change: number;
  /**
   * change ÷ ((X0 + X1) ÷ 2) of all merchants: the groups' contributions add up to `growth`. Null where X0 + X1 = 0.
   */
  readonly contribution: number | null;
}

export const TURNOVER_GROUPS = ['entrants', 'exits', 'expanding', 'contracting', 'unchanged'] as const;
export type TurnoverGroupName = (typeof TURNOVER_GROUPS)[number];

/** All merchants' growth, and where it comes from. */
export interface Turnover {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /**
   * g = (X1 − X0) ÷ ((X0 + X1) ÷ 2), a ratio in [−2, 2]: 2 = nothing before, −2 = nothing after. Null without value.
   */
  readonly growth: number | null;
  readonly groups: Readonly<Record<TurnoverGroupName, TurnoverGroup>>;
  /** Merchants active in both periods; `growth` is (after − before) ÷ before, null where there are none. */
  readonly sameStore: {
    readonly merchants: number;
    readonly before: number;
    readonly after: number;
    readonly growth: number | null;
  };
}

/**
 * Turnover from each merchant's value in both periods (same order; 0 = not active; a merchant with two zeros is left
 * out). Values are integers, money in cents: sums below 2⁵³ are exact, so the groups add up to the total to the cent.
 * @throws RangeError for a value that is negative or no safe integer, or where the periods differ in length.
 */
export function turnover(before: ArrayLike<number>, after: ArrayLike<number>): Turnover {
  if (before.length !== after.length) throw new RangeError('a merchant has no counterpart');
  const sums = new Map(TURNOVER_GROUPS.map((name) => [name, { merchants: 0, before: 0, after: 0 }]));
  for (let index = 0; index < before.length; index++) {
    const [value0, value1] = [integerAt(before, index), integerAt(after, index)];
    const sum = sums.get(groupOf(value0, value1));
    if (sum === undefined || (value0 === 0 && value1 === 0)) continue;
    sum.merchants += 1;
    sum.before += value0;
    sum.after += value1;
  }
  const all = added([...sums.values()]);
  const half = (all.before + all.after) / 2;
  const group = (name: TurnoverGroupName): TurnoverGroup => {
    const sum = sums.get(name) ?? NOBODY;
    const change = sum.after - sum.before;
    return { ...sum, change, contribution: half === 0 ? null : change / half };
  };
  const groups = {
    entrants: group('entrants'),
    exits: group('exits'),
    expanding: group('expanding'),
    contracting: group('contracting'),
    unchanged: group('unchanged'),
  };
  const same = added([groups.expanding, groups.contracting, groups.unchanged]);
  const change = all.after - all.before;
  return {
    before: all.before,
    after: all.after,
    change,
    growth: half === 0 ? null : change / half,
    groups,
    sameStore: { ...same, growth: growthOf(same.after, same.before) },
  };
}

type Sums = Pick<TurnoverGroup, 'merchants' | 'before' | 'after'>;
const NOBODY: Sums = { merchants: 0, before: 0, after: 0 };

const added = (parts: readonly Sums[]): Sums =>
  parts.reduce(
    (total, part) => ({
      merchants: total.merchants + part.merchants,
      before: total.before + part.before,
      after: total.after + part.after,
    }),
    NOBODY,
  );

/** What a merchant did, from its values in both periods. */
export function groupOf(before: number, after: number): TurnoverGroupName {
  if (before === after) return 'unchanged';
  if (before === 0) return 'entrants';
  if (after === 0) return 'exits';
  return after > before ? 'expanding' : 'contracting';
}

function integerAt(values: ArrayLike<number>, index: number): number {
  const value = at(values, index);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`not an amount in whole units: ${value}`);
  return value;
}
