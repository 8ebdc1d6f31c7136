/**
 * The measures, each declared once: lists of measures, units, what the API reads from the rollups and what it offers to
 * choose from all follow. A new one takes an entry here, its words in `questions/definitions` and in the dashboard's `i18n`.
 * No schema library in this file, so that the dashboard's first page can read it.
 */

/** Columns of the rollups whose rows add up. Orders and pieces are whole numbers; gmv and refund are money. */
export const SUMMED_COLUMNS = ['orders', 'pieces', 'gmv', 'refund'] as const;
export type SummedColumn = (typeof SUMMED_COLUMNS)[number];

/** A sum: kept by day, so that it can be cut to any days and aligned on the lunar calendar. */
interface Flow {
  readonly unit: 'orders' | 'pieces' | 'money';
  /** How often each column counts in it: net GMV is gmv once and refund minus once. */
  readonly columns: Partial<Record<SummedColumn, number>>;
  /** Whether the values of belts, or of exclusive combinations of tracks, add up to the whole. */
  readonly partsAddUp: boolean;
}

/** A count of distinct units: the same one comes back on other days, so it is kept as a set by month, and does not add up over them. */
interface Distinct {
  readonly unit: 'merchants' | 'buyers';
  /** What `rollup_active_month.unit` calls the unit. */
  readonly distinct: 'merchant' | 'buyer';
  readonly partsAddUp: boolean;
}

/**
 * In the order in which they are offered. `orders`: distinct orders; `pieces`: units sold; `gmv`: paid line amounts before
 * refunds, in the source's currency; `net-gmv`: gmv less refunds; `merchants`, `buyers`: those with at least one counted line.
 */
export const MEASURE = {
  orders: { unit: 'orders', columns: { orders: 1 }, partsAddUp: true },
  pieces: { unit: 'pieces', columns: { pieces: 1 }, partsAddUp: true },
  gmv: { unit: 'money', columns: { gmv: 1 }, partsAddUp: true },
  'net-gmv': { unit: 'money', columns: { gmv: 1, refund: -1 }, partsAddUp: true },
  merchants: { unit: 'merchants', distinct: 'merchant', partsAddUp: true },
  // A buyer buys in several belts and tracks.
  buyers: { unit: 'buyers', distinct: 'buyer', partsAddUp: false },
} as const satisfies Record<string, Flow | Distinct>;

export type Measure = keyof typeof MEASURE;
/** Those whose declaration has what `Having` says. */
type MeasureHaving<Having> = { [M in Measure]: (typeof MEASURE)[M] extends Having ? M : never }[Measure];
export type FlowMeasure = MeasureHaving<Pick<Flow, 'columns'>>;
export type DistinctMeasure = MeasureHaving<Pick<Distinct, 'distinct'>>;
export type AdditiveMeasure = MeasureHaving<{ readonly partsAddUp: true }>;

export const isFlow = (measure: Measure): measure is FlowMeasure => 'columns' in MEASURE[measure];
export const isDistinct = (measure: Measure): measure is DistinctMeasure => 'distinct' in MEASURE[measure];
export const isAdditive = (measure: Measure): measure is AdditiveMeasure => MEASURE[measure].partsAddUp;

export const MEASURES = Object.keys(MEASURE) as readonly Measure[];
/** Measures that are sums. */
export const FLOW_MEASURES = MEASURES.filter(isFlow);
/** Measures that count distinct units. */
export const DISTINCT_MEASURES = MEASURES.filter(isDistinct);
/** Measures whose parts add up. */
export const ADDITIVE_MEASURES = MEASURES.filter(isAdditive);

/** How often each column counts in a measure; 0 for those that it leaves out. */
export function weightsOf(measure: FlowMeasure): Record<SummedColumn, number> {
  const columns: Flow['columns'] = MEASURE[measure].columns;
  const { orders = 0, pieces = 0, gmv = 0, refund = 0 } = columns;
  return { orders, pieces, gmv, refund };
}
