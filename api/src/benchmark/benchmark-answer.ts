/** What an owner is told: their own figures, exact, beside what may be shown of their group. */
import {
  BENCHMARK_MEASURE,
  BENCHMARK_MEASURES,
  type BenchmarkMeasureAnswer,
  type BriefFigure,
  type OwnChange,
  type PricePosition,
} from '@beltline/contract';
import { known, unknown } from '../core/brief-figure.ts';
import type { Month } from '../core/calendar.ts';
import { EXCLUSIVE_MASK, tracksOf } from '../core/tracks.ts';
import { addQuarters, type Quarter, quarterOf } from './frozen-quarters.ts';
import { buyerChanges, type FactorChange, factorChanges, priceChanges } from './own-change.ts';
import { ownFigure } from './own-figure.ts';
import { NO_FACTS, type OwnerFacts, type TurnoverFacts } from './owner-facts.ts';
import { type PastQuarter, WITHHELD } from './past-quarter.ts';
import { intervalOf, type PositionFacts } from './price-position.ts';
import {
  addUp,
  type ComparedQuarter,
  measureOf,
  NOTHING_SOLD,
  PROGRAMME_BITS,
  type QuarterSums,
  toldAs,
  UNION_BITS,
} from './peer-measures.ts';
import type { ShownGroup } from './peer-quarter.ts';
import type { HidesBeside } from './peer-standing.ts';

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

/** A quarter of a trend; null where it was not whole as of the version of the page. */
export interface TrendQuarter {
  readonly quarter: Quarter;
  readonly told: { readonly past: PastQuarter; readonly hides: HidesBeside } | null;
}

/** The measures in their order. `facts`: of the quarter. `group`: null where there is none to be compared with. `trend`: quarters before it, the oldest first. */
export function measuresOf(
  owner: string,
  quarter: Quarter,
  own: OwnQuarters,
  facts: OwnerFacts,
  group: ShownGroup | null,
  { trend, minBase }: { readonly trend: readonly TrendQuarter[]; readonly minBase: number },
): BenchmarkMeasureAnswer[] {
  const asked = own.compared(quarter, facts);
  const at = group?.members.indexOf(owner) ?? -1;
  return BENCHMARK_MEASURES.map((measure) => {
    const standing = group?.standings[measure];
    const [lower, median, upper] = (standing?.quartiles ?? [null, null, null]).map((value) =>
      value === null ? WITHHELD : known(toldAs(measure, value), 'confidential'),
    ) as [BriefFigure, BriefFigure, BriefFigure];
    const value = ownFigure(measure, asked, minBase);
    const before = trend.map(({ quarter: one, told }) => ({
      quarter: one,
      value: told?.past.value(owner, measure) ?? unknown('no-data'),
      median: told?.past.median(owner, measure, told.hides) ?? unknown('no-data'),
    }));
    return {
      measure,
      ...BENCHMARK_MEASURE[measure],
      value,
      band: standing?.bands[at] ?? null,
      quartiles: { lower, median, upper },
      trend: [...before, { quarter, value, median }],
    };
  });
}

/** How sure the price position is; null where there is none. */
export function pricePositionOf(facts: PositionFacts | null): PricePosition | null {
  if (
    !facts ||
    measureOf('price-position', {
      now: NOTHING_SOLD,
      before: null,
      facts: { ...NO_FACTS, position: facts },
    }) === null
  )
    return null;
  const [low, high] = intervalOf(facts) ?? [null, null];
  const rate = (index: number | null) =>
    known(index === null ? null : toldAs('price-position', index), 'too-little-data');
  return { matched: known(facts.matched / facts.all, 'no-data'), low: rate(low), high: rate(high) };
}

/** Where the change on the year before comes from; null where one of the two quarters is not known. */
export function changeOf(quarter: Quarter, own: OwnQuarters, facts: OwnerFacts): OwnChange | null {
  const compared = own.compared(quarter, facts);
  if (!compared?.before) return null;
  const { now, before } = compared;
  const baselineQuarter = addQuarters(quarter, -4);
  const told = <Factor>(parts: readonly FactorChange<Factor>[] | null) =>
    (parts ?? []).map(({ factor, change }) => ({ factor, change: money(change) }));
  return {
    baselineQuarter,
    baseline: money(before.gmv),
    change: money(now.gmv - before.gmv),
    factors: told(factorChanges(now, before)),
    buyers: told(buyerChanges(now, before, facts.turnover)),
    prices: told(priceChanges(now, before, measureOf('price-trend', compared))),
    turnover: facts.turnover && areAllTold(facts.turnover) ? turnoverOf(facts.turnover) : [],
    combinations: combinationChanges(own.rows, quarter, baselineQuarter).map(([combination, change]) => ({
      tracks: tracksOf(combination),
      change: money(change),
    })),
  };
}

const money = (hundredths: number): BriefFigure => known(hundredths / 100, 'no-data');

/** Whoever sold, sold to somebody: without any, the source does not tell every buyer. */
const areAllTold = ({ buyers, buyersBefore }: TurnoverFacts) => buyers + buyersBefore > 0;

function turnoverOf(facts: TurnoverFacts): OwnChange['turnover'] {
  const of = (size: OwnChange['turnover'][number]['size'], came: number, went: number, stayed: number) => ({
    size,
    ...{ came: money(came), went: money(went === 0 ? 0 : -went), stayed: money(stayed) },
  });
  return [
    of('large', facts.cameLarge, facts.wentLarge, facts.stayedLarge),
    of('medium', facts.cameMedium, facts.wentMedium, facts.stayedMedium),
    of('small', facts.cameSmall, facts.wentSmall, facts.stayedSmall),
  ];
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
