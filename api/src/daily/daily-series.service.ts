import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { ResolvedArea } from '../areas/area.ts';
import { daysThrough } from '../figures/calendar.ts';
import { TRACK_BIT } from '../figures/tracks.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { turns } from '../platform/turns.ts';
import { KeptOfVintage } from '../sources/kept-of-vintage.ts';
import type { Vintage } from '../sources/vintage.ts';
import { inYear, yearsBefore } from './alignment.ts';
import { added, type DailySeries, dense } from './daily-series.ts';

/** Some 1,100 days of 130 belts are 1 MB; ten years of 1,000 belts are 30. */
const KEPT = { max: 64, bytes: 256 * 2 ** 20 };
/** Of each vintage, for all its tracks and measures. */
const ALIGNMENTS_KEPT = 64;

/** Positions of the lunar-aligned counterparts of a vintage's days: the same for all belts, tracks and measures. */
interface Alignment {
  readonly yearsBefore: (years: number) => Int32Array;
  readonly inYear: (year: number) => Int32Array;
}

/** A measure of a track, day by day, of every belt of a vintage. Money in hundredths. */
export interface DailySeriesSet extends Alignment {
  readonly byBelt: ReadonlyMap<string, DailySeries>;
  readonly nation: DailySeries;
  /** Orders of several belts: the sum over an area's belts counts them once for each. Empty for other measures. */
  readonly spread: readonly { readonly position: number; readonly beltIds: readonly string[] }[];
}

/** Reads every belt's days once for a data version, track and measure; what is computed from them asks no more. */
@Injectable()
export class DailySeriesService {
  readonly kept = new KeptOfVintage<DailySeriesSet>(KEPT);
  private readonly alignments = new KeptOfVintage<Alignment>(ALIGNMENTS_KEPT);

  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** @throws EngineError */
  of(vintage: Vintage, track: Track, measure: FlowMeasure): Promise<DailySeriesSet> {
    return this.kept.of(vintage, { track, measure }, () => this.read(vintage, track, measure));
  }

  private async read(vintage: Vintage, track: Track, measure: FlowMeasure): Promise<DailySeriesSet> {
    const { firstDay, dataThrough, notLoaded = [] } = vintage.loaded;
    const length = daysThrough(firstDay, dataThrough);
    const lines = {
      data_version: vintage.dataVersion,
      track_bit: TRACK_BIT[track],
      from: firstDay,
    };
    const [rows, spread] = await Promise.all([
      this.clickhouse.askNow(vintage.scope, queries.dailyByBelt, { ...lines, measure }),
      measure === 'orders' ? this.clickhouse.askNow(vintage.scope, queries.spreadOrders, lines) : [],
    ]);
    const series = await turns.map(rows, (row) => ({
      ...row,
      series: dense(firstDay, length, row.offsets, row.values, notLoaded),
    }));
    const nothing: DailySeries = { firstDay, values: new Float64Array(length), notLoaded };
    const nation = series.find((row) => row.level === 'nation')?.series ?? nothing;
    const belts = series.filter((row) => row.level === 'belt');
    return {
      byBelt: new Map(belts.map((row) => [row.belt_id, row.series])),
      nation,
      spread: spread.map((row) => ({ position: row.position, beltIds: row.belt_ids })),
      ...(await this.alignments.of(vintage, {}, async () => alignmentOf(nothing, vintage.homeCountry))),
    };
  }
}

/** The days of an area; an order of several of its belts counts once. */
export function seriesOfArea({ byBelt, nation, spread }: DailySeriesSet, area: ResolvedArea): DailySeries {
  if (area.beltIds === null) return nation;
  const parts = area.beltIds.flatMap((beltId) => byBelt.get(beltId) ?? []);
  if (area.beltIds.length === 1 && parts[0]) return parts[0];
  const sum = added(nation, parts);
  const members = new Set(area.beltIds);
  for (const { position, beltIds } of spread) {
    const inside = beltIds.filter((beltId) => members.has(beltId)).length;
    if (inside > 1) sum.values[position] = (sum.values[position] ?? 0) - (inside - 1);
  }
  return sum;
}

const alignmentOf = (days: DailySeries, homeCountry: string): Alignment => ({
  yearsBefore: once((years) => yearsBefore(days, years, homeCountry)),
  inYear: once((year) => inYear(days, year, homeCountry)),
});

function once<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
