import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, Track } from '@beltline/contract';
import { queries, type Scope } from '@beltline/sql/clickhouse';
import { seesBelt } from '../../access/viewer.ts';
import type { ResolvedArea } from '../areas/area.ts';
import { daysThrough, lastDayOf, monthOf } from '../../core/calendar.ts';
import { type DayKinds, dayKinds } from '../../core/day-kinds.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import { weightParameters } from '../../core/amounts.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { turns } from '../../platform/turns.ts';
import { type DayEffects, dayEffects, dayFactors } from '../../statistics/day-factors.ts';
import { VersionCache } from '../versions/version-cache.ts';
import { asSystem, type Vintage } from '../versions/vintage.ts';
import { inYear, likeDays, newYearsOf, yearsBefore } from './alignment.ts';
import { added, type DailySeries, dayAt, dense, gapsOf } from './daily-series.ts';

const SERIES = { kind: 'series', name: 'daily' } as const;
const ALIGNMENT = { kind: 'series', name: 'alignment' } as const;

/** Positions of the lunar-aligned counterparts of a vintage's days: the same for all belts, tracks and measures. */
interface Alignment {
  readonly yearsBefore: (years: number) => Int32Array;
  readonly inYear: (year: number) => Int32Array;
  readonly likeDays: (years: number) => Int32Array;
  /** Kinds of the days through the end of the last month; null where the country's kinds are not known. */
  readonly kinds: DayKinds | null;
}

type WhichArea = Pick<ResolvedArea, 'level' | 'id' | 'beltIds'>;

/** A measure of a track, day by day, of every belt of a vintage. Money in hundredths. */
export interface DailySeriesSet extends Alignment {
  readonly byBelt: ReadonlyMap<string, DailySeries>;
  readonly nation: DailySeries;
  /**
   * What each day, through the end of the last month, sells of an area in relation to an ordinary one because of its weekday, a public
   * holiday or a sale of fixed date: told from the area's own days, since a belt whose week is not the nation's would seem to change; 1 where
   * that is not known.
   */
  readonly factorsOf: (area: WhichArea) => Float64Array;
  /** Orders of several belts: the sum over an area's belts counts them once for each. Empty for other measures. */
  readonly spread: readonly { readonly position: number; readonly beltIds: readonly string[] }[];
}

/** Reads every belt's days once for a data version, track and measure; what is computed from them asks no more. */
@Injectable()
export class DailySeriesService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
  ) {}

  /** As far as the viewer may see them. @throws EngineError */
  async of(vintage: Vintage, track: Track, measure: FlowMeasure): Promise<DailySeriesSet> {
    const whole = asSystem(vintage);
    const set = await this.cache.of(whole, SERIES, { track, measure }, () =>
      this.read(whole, track, measure),
    );
    return visibleOf(set, vintage.scope);
  }

  private async read(vintage: Vintage, track: Track, measure: FlowMeasure): Promise<DailySeriesSet> {
    const { firstDay, dataThrough } = vintage.loaded;
    const gaps = gapsOf(vintage.loaded);
    const length = daysThrough(firstDay, dataThrough);
    const lines = {
      data_version: vintage.dataVersion,
      track_bit: TRACK_BIT[track],
      from: firstDay,
    };
    const [rows, spread] = await Promise.all([
      this.clickhouse.askNow(vintage.scope, queries.dailyByBelt, { ...lines, ...weightParameters(measure) }),
      measure === 'orders' ? this.clickhouse.askNow(vintage.scope, queries.spreadOrders, lines) : [],
    ]);
    const series = await turns.map(rows, (row) => ({
      ...row,
      series: dense(firstDay, length, row.offsets, row.values, gaps),
    }));
    const nothing: DailySeries = { firstDay, values: new Float64Array(length), ...gaps };
    const nation = series.find((row) => row.level === 'nation')?.series ?? nothing;
    const belts = series.filter((row) => row.level === 'belt');
    const alignment = await this.cache.of(vintage, ALIGNMENT, {}, async () =>
      alignmentOf(nothing, vintage.homeCountry),
    );
    const days = {
      byBelt: new Map(belts.map((row) => [row.belt_id, row.series])),
      nation,
      spread: spread.map((row) => ({ position: row.position, beltIds: row.belt_ids })),
    };
    const { kinds } = alignment;
    const none = new Float64Array(throughMonth(nothing)).fill(1);
    return { ...days, ...alignment, factorsOf: kinds ? areaFactors(days, kinds) : () => none };
  }
}

/** Factors of the days of areas, from their own days. What they are made from is kept: a few numbers an area, too little to weigh. */
export function areaFactors(
  days: Parameters<typeof seriesOfArea>[0],
  kinds: DayKinds,
): DailySeriesSet['factorsOf'] {
  const effects = new Map<string, DayEffects>();
  return (area) => {
    const key = `${area.level} ${area.id}`;
    const known = effects.get(key) ?? dayEffects(seriesOfArea(days, area).values, kinds);
    effects.set(key, known);
    return dayFactors(known, kinds);
  };
}

/** What a scope shows of a set: its belts, and nothing sold in the nation unless that may be seen. */
export function visibleOf(set: DailySeriesSet, scope: Scope): DailySeriesSet {
  if (scope.belts === 'everything') return set;
  const spread = set.spread.map(({ position, beltIds }) => ({
    position,
    beltIds: beltIds.filter((beltId) => seesBelt(scope, beltId)),
  }));
  return {
    ...set,
    byBelt: new Map([...set.byBelt].filter(([beltId]) => seesBelt(scope, beltId))),
    nation: { ...set.nation, values: new Float64Array(set.nation.values.length) },
    spread: spread.filter(({ beltIds }) => beltIds.length > 0),
  };
}

/** The days of an area; an order of several of its belts counts once. */
export function seriesOfArea(
  { byBelt, nation, spread }: Pick<DailySeriesSet, 'byBelt' | 'nation' | 'spread'>,
  area: Pick<ResolvedArea, 'beltIds'>,
): DailySeries {
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

/** Days from the first one through the end of the last month, which may still be running. */
const throughMonth = (days: DailySeries): number =>
  daysThrough(days.firstDay, lastDayOf(monthOf(dayAt(days, days.values.length - 1))));

const alignmentOf = (days: DailySeries, homeCountry: string): Alignment => ({
  yearsBefore: once((years) => yearsBefore(days, years, homeCountry)),
  inYear: once((year) => inYear(days, year, homeCountry)),
  likeDays: once((years) => likeDays(days, years, homeCountry)),
  kinds: hasFestival(homeCountry)
    ? dayKinds(days.firstDay, throughMonth(days), newYearsOf(homeCountry))
    : null,
});

function once<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
