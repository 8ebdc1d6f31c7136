import {
  FLOW_MEASURES,
  type FlowMeasure,
  type Measure,
  MEASURES,
  SUMMED_COLUMNS,
  type SummedColumn,
  weightsOf,
} from '@beltline/contract';
import type { Hundredths } from '@beltline/sql/clickhouse';

/** One measure of a period and of its baseline; null = not known. */
export interface Amount {
  readonly value: Hundredths | null;
  readonly baseline: Hundredths | null;
  /** Of a count: which part of the GMV of each side it does not cover, because the source does not tell whose it is. Left out where it covers all. */
  readonly uncovered?: Uncovered | undefined;
}
/** Ratios; null = not known. */
export interface Uncovered {
  readonly value: number | null;
  readonly baseline: number | null;
}
export type Amounts = Record<Measure, Amount>;
/** Measures that add up over days and months; merchants and buyers come back, so they do not. */
export type SummedAmounts = Record<FlowMeasure, Amount>;

/** What the columns of the rollups that add up come to. */
export type Sums = Record<SummedColumn, Hundredths>;
/** The same of a period and of its baseline. */
export type SumsOfBothSides = Sums & Record<`baseline_${SummedColumn}`, Hundredths>;

export const NOTHING: Amount = { value: 0, baseline: 0 };
export const UNKNOWN: Amount = { value: null, baseline: null };

/** What a query of one measure takes: how often each column counts in it. */
export function weightParameters(measure: FlowMeasure): Record<`times_${SummedColumn}`, number> {
  const { orders, pieces, gmv, refund } = weightsOf(measure);
  return { times_orders: orders, times_pieces: pieces, times_gmv: gmv, times_refund: refund };
}

/** @returns a measure's value, in the unit of the sums: each column as often as it counts in the measure. */
export function measured(measure: FlowMeasure, sums: Sums): number {
  const { orders, pieces, gmv, refund } = WEIGHTS[measure];
  return orders * sums.orders + pieces * sums.pieces + gmv * sums.gmv + refund * sums.refund;
}

/** The same of the baseline of a row. */
function measuredBefore(measure: FlowMeasure, row: SumsOfBothSides): number {
  const { orders, pieces, gmv, refund } = WEIGHTS[measure];
  return (
    orders * row.baseline_orders +
    pieces * row.baseline_pieces +
    gmv * row.baseline_gmv +
    refund * row.baseline_refund
  );
}

const each = <M extends Measure, T>(measures: readonly M[], of: (measure: M) => T) =>
  Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as Record<M, T>;

/** One amount a measure. */
export const eachMeasure = <T>(of: (measure: Measure) => T): Record<Measure, T> => each(MEASURES, of);

const WEIGHTS = each(FLOW_MEASURES, weightsOf);

/** One amount for each measure that is a sum. */
export const eachFlow = (of: (measure: FlowMeasure) => Amount): SummedAmounts => each(FLOW_MEASURES, of);

/** One amount for each of some measures. */
export const ofMeasures = <T>(
  measures: readonly Measure[],
  of: (measure: Measure) => T,
): Partial<Record<Measure, T>> => each(measures, of);

export const NO_SUMS: SummedAmounts = eachFlow(() => NOTHING);

/** What a row of sums comes to by one measure. */
export const amountOf = (measure: FlowMeasure, row: SumsOfBothSides): Amount => ({
  value: measured(measure, row),
  baseline: measuredBefore(measure, row),
});

const COLUMNS_OF_BOTH = SUMMED_COLUMNS.flatMap((column) => [column, `baseline_${column}`] as const);

/** What rows of sums come to together. */
export const addedSums = (rows: readonly SumsOfBothSides[]): SumsOfBothSides =>
  Object.fromEntries(
    COLUMNS_OF_BOTH.map((column) => [column, rows.reduce((total, row) => total + row[column], 0)]),
  ) as SumsOfBothSides;

/** What a row of sums comes to, by each measure. */
export const summed = (row: SumsOfBothSides): SummedAmounts => eachFlow((measure) => amountOf(measure, row));

export const unitsOf = (row: { units: Hundredths; baseline_units: Hundredths }): Amount => ({
  value: row.units,
  baseline: row.baseline_units,
});

/** The sum of amounts; not known where one of them is not. Nothing, where there are none. */
export const sum = (amounts: readonly Amount[]): Amount =>
  amounts.reduce(
    (total, amount) => ({
      value: added(total.value, amount.value),
      baseline: added(total.baseline, amount.baseline),
    }),
    NOTHING,
  );

const added = (one: Hundredths | null, other: Hundredths | null): Hundredths | null =>
  one === null || other === null ? null : one + other;
