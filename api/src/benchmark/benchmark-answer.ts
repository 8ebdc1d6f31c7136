/** What an owner is told: their own figures, exact, beside what may be shown of their group. */
import {
  BENCHMARK_MEASURE,
  BENCHMARK_MEASURES,
  type BenchmarkMeasure,
  type BenchmarkMeasureAnswer,
  type BriefFigure,
  type OwnChange,
} from '@beltline/contract';
import { known, unknown } from '../core/brief-figure.ts';
import type { Month } from '../core/calendar.ts';
import { hasTooFewOrders } from '../core/ratio.ts';
import { EXCLUSIVE_MASK, tracksOf } from '../core/tracks.ts';
import { addQuarters, type Quarter, quarterOf, TREND_QUARTERS } from './frozen-quarters.ts';
import { factorChanges } from './own-change.ts';
import { NO_FACTS, type OwnerFacts } from './owner-facts.ts';
import {
  addUp,
  type ComparedQuarter,
  isKeptByMonth,
  measureOf,
  NOTHING_SOLD,
  PROGRAMME_BITS,
  type QuarterSums,
  toldAs,
  UNION_BITS,
  whyNoMeasure,
} from './peer-measures.ts';
import type { ShownGroup } from './peer-quarter.ts';

/** What an owner sold in a month on an exclusive combination of tracks. Money in hundredths. */
export interface OwnRow {
  readonly month: Month;
  readonly combination: number;
  readonly gmv: number;
  readonly orders: number;
  readonly pieces: number;
  readonly refund: number;
}

/** An owner's own quarters; of one that is not wholly loaded nothing is known. */
export class OwnQuarters {
  private readonly sums: ReadonlyMap<Quarter, QuarterSums>;

  constructor(
    readonly rows: readonly OwnRow[],
    private readonly whole: ReadonlySet<Quarter>,
  ) {
    const byQuarter = new Map<Quarter, QuarterSums[]>();
    for (const row of rows) {
      const quarter = quarterOf(row.month);
      byQuarter.set(quarter, [...(byQuarter.get(quarter) ?? []), sumsOf(row)]);
    }
    this.sums = new Map([...byQuarter].map(([quarter, parts]) => [quarter, addUp(parts)]));
  }

  of(quarter: Quarter): QuarterSums | null {
    return this.whole.has(quarter) ? (this.sums.get(quarter) ?? NOTHING_SOLD) : null;
  }

  /** `facts`: what else is known of that quarter. */
  compared(quarter: Quarter, facts: OwnerFacts = NO_FACTS): ComparedQuarter | null {
    const now = this.of(quarter);
    return now && { now, before: this.of(addQuarters(quarter, -4)), facts };
  }
}

const sumsOf = ({ combination, gmv, orders, pieces, refund }: OwnRow): QuarterSums => ({
  ...{ gmv, orders, pieces, refund },
  ofTracks: PROGRAMME_BITS.map((bit) => ((combination & bit) === 0 ? 0 : gmv)),
  ofProgramme: (combination & UNION_BITS) === 0 ? 0 : gmv,
});

/** Growth whose base is that of the quarter of the year before, or a part of it. */
const ON_BASE: ReadonlySet<BenchmarkMeasure> = new Set(['growth', 'growth-aligned', 'growth-same-store']);

/** An own figure. `minBase`: orders that a base needs for a rate. */
function ownFigure(measure: BenchmarkMeasure, quarter: ComparedQuarter | null, minBase: number): BriefFigure {
  if (quarter === null) return unknown('no-data');
  const value = measureOf(measure, quarter);
  if (value === null) return unknown(whyNoMeasure(measure, quarter));
  const isSmall =
    ON_BASE.has(measure) && quarter.before !== null && hasTooFewOrders(quarter.before.orders, minBase);
  return known(toldAs(measure, value), 'no-data', isSmall ? 'base-too-small' : 'final');
}

const WITHHELD: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };

/** The measures in their order. `facts`: of the quarter. `group`: null where there is none to be compared with. */
export function measuresOf(
  owner: string,
  quarter: Quarter,
  own: OwnQuarters,
  facts: OwnerFacts,
  group: ShownGroup | null,
  minBase: number,
): BenchmarkMeasureAnswer[] {
  const asked = own.compared(quarter, facts);
  const at = group?.members.indexOf(owner) ?? -1;
  const quarters = Array.from({ length: TREND_QUARTERS }, (_, back) =>
    addQuarters(quarter, back + 1 - TREND_QUARTERS),
  );
  return BENCHMARK_MEASURES.map((measure) => {
    const standing = group?.standings[measure];
    const [lower, median, upper] = (standing?.quartiles ?? [null, null, null]).map((value) =>
      value === null ? WITHHELD : known(toldAs(measure, value), 'confidential'),
    ) as [BriefFigure, BriefFigure, BriefFigure];
    return {
      measure,
      ...BENCHMARK_MEASURE[measure],
      value: ownFigure(measure, asked, minBase),
      band: standing?.bands[at] ?? null,
      quartiles: { lower, median, upper },
      trend: isKeptByMonth(measure)
        ? quarters.map((one) => ({ quarter: one, value: ownFigure(measure, own.compared(one), minBase) }))
        : [],
    };
  });
}

/** Where the change on the year before comes from; null where one of the two quarters is not known. */
export function changeOf(quarter: Quarter, own: OwnQuarters): OwnChange | null {
  const compared = own.compared(quarter);
  if (!compared?.before) return null;
  const { now, before } = compared;
  const money = (hundredths: number) => known(hundredths / 100, 'no-data');
  const baselineQuarter = addQuarters(quarter, -4);
  return {
    baselineQuarter,
    baseline: money(before.gmv),
    change: money(now.gmv - before.gmv),
    factors: (factorChanges(now, before) ?? []).map(({ factor, change }) => ({
      factor,
      change: money(change),
    })),
    combinations: combinationChanges(own.rows, quarter, baselineQuarter).map(([combination, change]) => ({
      tracks: tracksOf(combination),
      change: money(change),
    })),
  };
}

/** The largest change first, whichever its direction. */
function combinationChanges(
  rows: readonly OwnRow[],
  quarter: Quarter,
  base: Quarter,
): [combination: number, change: number][] {
  const changes = new Map<number, number>();
  for (const row of rows) {
    const of = quarterOf(row.month);
    if (of !== quarter && of !== base) continue;
    const combination = row.combination & EXCLUSIVE_MASK;
    changes.set(combination, (changes.get(combination) ?? 0) + (of === quarter ? row.gmv : -row.gmv));
  }
  return [...changes]
    .filter(([, change]) => change !== 0)
    .sort(([a, one], [b, other]) => Math.abs(other) - Math.abs(one) || a - b);
}
