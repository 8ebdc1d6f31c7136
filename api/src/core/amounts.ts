import { type Measure, MEASURES } from '@beltline/contract';
import type { Hundredths } from '@beltline/sql/clickhouse';

/** One measure of a period and of its baseline; null = not known. */
export interface Amount {
  readonly value: Hundredths | null;
  readonly baseline: Hundredths | null;
}
export type Amounts = Record<Measure, Amount>;
export type SummedAmounts = Omit<Amounts, 'merchants' | 'buyers'>;

/** Measures that add up over days and months; merchants and buyers come back, so they do not. */
type SummedRow = Record<'orders' | 'pieces' | 'gmv' | 'net_gmv', Hundredths> &
  Record<'baseline_orders' | 'baseline_pieces' | 'baseline_gmv' | 'baseline_net_gmv', Hundredths>;

export const NOTHING: Amount = { value: 0, baseline: 0 };
export const UNKNOWN: Amount = { value: null, baseline: null };

export const NO_SUMS: SummedAmounts = { orders: NOTHING, pieces: NOTHING, gmv: NOTHING, 'net-gmv': NOTHING };

/** The columns of a row of sums, under the measures' names. */
export const summed = (row: SummedRow): SummedAmounts => ({
  orders: { value: row.orders, baseline: row.baseline_orders },
  pieces: { value: row.pieces, baseline: row.baseline_pieces },
  gmv: { value: row.gmv, baseline: row.baseline_gmv },
  'net-gmv': { value: row.net_gmv, baseline: row.baseline_net_gmv },
});

export const unitsOf = (row: { units: Hundredths; baseline_units: Hundredths }): Amount => ({
  value: row.units,
  baseline: row.baseline_units,
});

/** The sum of amounts; not known where one of them is not. Nothing, where there are none. */
export function sum(amounts: readonly Amount[]): Amount {
  const add = (side: (amount: Amount) => Hundredths | null) =>
    amounts.reduce<Hundredths | null>((total, amount) => {
      const part = side(amount);
      return total === null || part === null ? null : total + part;
    }, 0);
  return { value: add((amount) => amount.value), baseline: add((amount) => amount.baseline) };
}

/** One amount a measure. */
export const eachMeasure = <T>(of: (measure: Measure) => T): Record<Measure, T> =>
  ofMeasures(MEASURES, of) as Record<Measure, T>;

/** One amount for each of some measures. */
export const ofMeasures = <T>(
  measures: readonly Measure[],
  of: (measure: Measure) => T,
): Partial<Record<Measure, T>> => Object.fromEntries(measures.map((measure) => [measure, of(measure)]));
