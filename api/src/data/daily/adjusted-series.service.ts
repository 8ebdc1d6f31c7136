import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, Reason, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { nationOf, type ResolvedArea } from '../areas/area.ts';
import { BeltRegistry } from '../areas/belt-registry.service.ts';
import type { Month } from '../../core/calendar.ts';
import { hasTooFewOrders } from '../../core/ratio.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { at } from '../../core/vector.ts';
import { turns } from '../../platform/turns.ts';
import { VersionCache } from '../versions/version-cache.ts';
import { asSystem, type Vintage } from '../versions/vintage.ts';
import { type HolidayEffect, holidayOfMonths, type MonthlySeries } from '../../statistics/holiday-effect.ts';
import { type HolidayEffects, holidayGroupSteps } from '../../statistics/holiday-groups.ts';
import { newYearsOf } from './alignment.ts';
import type { DailySeries } from './daily-series.ts';
import { DailySeriesService, type DailySeriesSet, seriesOfArea } from './daily-series.service.ts';
import { completeSums, type MonthDays, monthDays } from './months.ts';
import { type MonthOutlier, outliersOfMonths } from './month-outliers.ts';
import { workloads } from './workload.ts';

/** STL needs two seasons. */
const MIN_MONTHS = 24;
/** The end of a LOESS fit moves when months are added. */
export const REVISABLE_MONTHS = 3;
/** Series in one query: its parameters travel in the address. */
const SERIES_A_QUERY = 200;
const NO_FESTIVAL: HolidayEffect = {
  coefficients: [],
  beta: null,
  standardError: null,
  observations: 0,
  reason: null,
};

/** The effect of the Spring Festival on an area: a belt and all belts of a category have the category's, others that of all belts. */
type HolidayOf = (area: Pick<ResolvedArea, 'level' | 'id'>) => HolidayEffect;

/** A monthly series without season and holiday, over complete months only. Same unit as the series. */
export interface AdjustedSeries {
  readonly months: readonly Month[];
  readonly adjusted: readonly number[];
  /** The same where single months that stand out are brought to what was expected of them: what turning points are told by. */
  readonly undisturbed: readonly number[];
  /** Through the undisturbed months. */
  readonly trend: readonly number[];
}
export type Adjustment = AdjustedSeries | { readonly reason: Reason };

/** Consecutive months of an area as logarithms, and months in which the whole source stands out. */
export interface AdjustableRun {
  readonly months: readonly Month[];
  readonly logs: readonly number[];
  readonly given: readonly Month[];
}
/** Logarithms without season, and of that the smooth part. */
export interface AdjustedRun {
  readonly adjusted: readonly number[];
  readonly trend: readonly number[];
}

const HOLIDAY = { kind: 'series', name: 'holiday' } as const;
/** The nation, whatever it is called. */
const WHOLE = nationOf([]);
const OUTLIERS = { kind: 'series', name: 'outliers' } as const;
const ADJUSTED = { kind: 'series', name: 'adjusted' } as const;

/**
 * Seasonal adjustment of monthly series: the months' kinds of days and the holiday's effect, of the category and drawn towards that of all
 * belts, are taken out of the logarithms, then the single months that stand out, and STL splits the rest into season, trend and remainder (period 12); none of an area whose middle month has too few orders. Once for a data version, track, measure and area. What
 * is pooled is pooled over every belt whoever asks, so a belt's figure is the same for every viewer.
 */
@Injectable()
export class AdjustedSeriesService {
  constructor(
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(BeltRegistry) private readonly belts: BeltRegistry,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The effect of the Spring Festival on areas. @throws EngineError */
  async holiday(vintage: Vintage, track: Track, measure: FlowMeasure): Promise<HolidayOf> {
    const whole = asSystem(vintage);
    const belts = await this.belts.all(whole);
    // A belt without a category is one of its own.
    const groups = new Map(belts.map(({ beltId, category }) => [beltId, category.zh || beltId]));
    const { pooled, ofGroup } = await this.cache.of(whole, HOLIDAY, { track, measure }, async () =>
      turns.finish(holidayOf(whole, await this.daily.of(whole, track, measure), groups)),
    );
    return ({ level, id }) => {
      const group = level === 'belt' ? (groups.get(id) ?? id) : level === 'category' ? id : null;
      return (group === null ? undefined : ofGroup.get(group)) ?? pooled;
    };
  }

  /**
   * Months of areas that stand out, each area's told when it is asked for and then kept: some hundred numbers an area at most.
   * @throws EngineError
   */
  async outliers(
    vintage: Vintage,
    track: Track,
    measure: FlowMeasure,
  ): Promise<(area: ResolvedArea) => readonly MonthOutlier[]> {
    const whole = asSystem(vintage);
    const [set, orders, holiday] = await Promise.all([
      this.daily.of(whole, track, measure),
      this.daily.of(whole, track, 'orders'),
      this.holiday(whole, track, measure),
    ]);
    const found = await this.cache.of(
      whole,
      OUTLIERS,
      { track, measure },
      async () => new Map<string, readonly MonthOutlier[]>(),
    );
    const logsOfArea = this.logs(whole, { set, orders, holiday });
    const told = (area: ResolvedArea, given: readonly Month[]): readonly MonthOutlier[] => {
      const key = `${area.level} ${area.id}`;
      const logs = found.has(key) ? null : logsOfArea(area);
      if (logs) found.set(key, 'logs' in logs ? outliersOfMonths(logs.months, logs.logs, given) : []);
      return found.get(key) ?? [];
    };
    // A wave that meets the whole source is lost in the noise of a belt, and would pass for its season.
    const ofNation = told(WHOLE, []).flatMap(({ kind, month }) => (kind === 'outlier' ? [month] : []));
    return (area) => told(area, ofNation);
  }

  /** Areas that the viewer may see, in their order. @throws EngineError */
  async of(
    vintage: Vintage,
    { track, measure }: { track: Track; measure: FlowMeasure },
    areas: readonly ResolvedArea[],
  ): Promise<Adjustment[]> {
    const whole = asSystem(vintage);
    const questions = areas.map(({ level, id }) => ({ track, measure, level, id }));
    return this.cache.all(whole, ADJUSTED, questions, async (missing) => {
      const [set, orders, holiday, outliers] = await Promise.all([
        this.daily.of(whole, track, measure),
        this.daily.of(whole, track, 'orders'),
        this.holiday(whole, track, measure),
        this.outliers(whole, track, measure),
      ]);
      const asked = missing.map((index) => areas[index] as ResolvedArea);
      return this.adjust(whole, { set, orders, holiday, outliers }, asked);
    });
  }

  /**
   * The logarithms of an area that are adjusted, and the months in which the whole source stands out: for adjusting runs of them anew.
   * @throws EngineError
   */
  async logsOf(
    vintage: Vintage,
    { track, measure }: { track: Track; measure: FlowMeasure },
    area: ResolvedArea,
  ): Promise<MonthLogs & { readonly given?: readonly Month[] }> {
    const whole = asSystem(vintage);
    const [set, orders, holiday, outliers] = await Promise.all([
      this.daily.of(whole, track, measure),
      this.daily.of(whole, track, 'orders'),
      this.holiday(whole, track, measure),
      this.outliers(whole, track, measure),
    ]);
    const given = outliers(WHOLE).flatMap(({ kind, month }) => (kind === 'outlier' ? [month] : []));
    return { ...this.logs(whole, { set, orders, holiday })(area), given };
  }

  /** Runs of such months adjusted, each as if nothing else were known. @throws EngineError */
  async adjusted(vintage: Vintage, runs: readonly AdjustableRun[]): Promise<AdjustedRun[]> {
    const disturbed = await turns.map(runs, ({ months, logs, given }) => {
      const inside = given.filter((month) => months.includes(month));
      return { logs, extra: extraOf(months, outliersOfMonths(months, logs, inside)) };
    });
    return this.withoutSeason(vintage, disturbed);
  }

  /** Logarithms without the season that the engine tells of them once what stands out (`extra`) is taken off. */
  private async withoutSeason(
    vintage: Vintage,
    runs: readonly { readonly logs: readonly number[]; readonly extra: readonly number[] }[],
  ): Promise<AdjustedRun[]> {
    const parts = await this.decompose(
      vintage,
      runs.map(({ logs, extra }) => logs.map((log, index) => rounded(log - at(extra, index)))),
    );
    return runs.map(({ logs }, run) => {
      const { seasonal = [], trend = [] } = parts[run] ?? {};
      return { adjusted: logs.map((log, index) => log - (seasonal[index] ?? 0)), trend };
    });
  }

  private async adjust(
    vintage: Vintage,
    {
      outliers,
      ...days
    }: {
      set: DailySeriesSet;
      orders: DailySeriesSet;
      holiday: HolidayOf;
      outliers: (area: ResolvedArea) => readonly MonthOutlier[];
    },
    areas: readonly ResolvedArea[],
  ): Promise<Adjustment[]> {
    const logsOfArea = this.logs(vintage, days);
    const prepared = await turns.map(areas, (area) => {
      const found = logsOfArea(area);
      return 'logs' in found ? { ...found, extra: extraOf(found.months, outliers(area)) } : found;
    });
    const logs = prepared.flatMap((one) => ('logs' in one ? [one] : []));
    const runs = await this.withoutSeason(vintage, logs);
    const made = new Map(logs.map((one, index) => [one, runs[index]]));
    return turns.map(prepared, (one) => {
      if ('reason' in one) return one;
      const { adjusted = [], trend = [] } = made.get(one) ?? {};
      return {
        months: one.months,
        adjusted: adjusted.map(Math.exp),
        undisturbed: adjusted.map((log, index) => Math.exp(log - at(one.extra, index))),
        trend: trend.map(Math.exp),
      };
    });
  }

  /** Logarithms of an area's months without what the calendar does to them, or why there are none. */
  private logs(
    vintage: Vintage,
    { set, orders, holiday }: { set: DailySeriesSet; orders: DailySeriesSet; holiday: HolidayOf },
  ): (area: ResolvedArea) => MonthLogs {
    const months = monthDays(set.nation);
    const { coefficients } = holiday(WHOLE);
    // Windows are the same for all areas; without any there is nothing to take out.
    const logsOfHoliday = holidayOfMonths(
      months.map(({ month }) => month),
      coefficients.map(({ window }) => window),
      newYearsOf(vintage.homeCountry),
    );
    return (area) => {
      const workload = workloads(months, set.factorsOf(area));
      const logs = logsOfHoliday(holiday(area).coefficients.map(({ beta }) => beta));
      const factors = logs.map((log, index) => Math.exp(-log) / at(workload, index));
      const found = logsOf(monthlyOf(seriesOfArea(set, area), months), factors);
      const isThin = hasThinMonths(
        completeSums(seriesOfArea(orders, area), months),
        this.config.BELTLINE_MIN_BASE,
      );
      return 'logs' in found && isThin ? { reason: 'too-little-data' } : found;
    };
  }

  private async decompose(vintage: Vintage, series: readonly (readonly number[])[]) {
    const batches = Array.from({ length: Math.ceil(series.length / SERIES_A_QUERY) }, (_, index) =>
      series.slice(index * SERIES_A_QUERY, (index + 1) * SERIES_A_QUERY),
    );
    const rows = await Promise.all(
      batches.map((batch) =>
        this.clickhouse.askNow(vintage.scope, queries.seasonalParts, { series: batch, period: 12 }),
      ),
    );
    return rows.flat();
  }
}

/**
 * What single months that surely stand out add to the logarithms of months. A shift stays: the trend is about it. Those that are modelled to be on
 * the safe side are not taken out: four of ten series in which nothing happens have one, and trends with them out lay further from the truth.
 */
function extraOf(months: readonly Month[], outliers: readonly MonthOutlier[]): number[] {
  const single = outliers.filter(({ kind, isSure }) => isSure && kind === 'outlier');
  return months.map((month) => single.find((one) => one.month === month)?.effect ?? 0);
}

/** The engine keeps six digits, so more than eight are not sent. */
const rounded = (log: number): number => Number(log.toFixed(8));

/**
 * Whether the middle one of the months holds too few orders to be a rate's base: then season, trend and turning points would be
 * those of single orders.
 */
function hasThinMonths(orders: readonly (number | null)[], minBase: number): boolean {
  const known = orders.filter((value) => value !== null).sort((a, b) => a - b);
  return hasTooFewOrders(known[Math.floor(known.length / 2)] ?? 0, minBase);
}

const monthlyOf = (series: DailySeries, months: readonly MonthDays[]) => ({
  months: months.map(({ month }) => month),
  values: completeSums(series, months),
});

/** Logarithms of an area's complete months without what the calendar does to them, or why there are none. */
export type MonthLogs = { readonly months: Month[]; readonly logs: number[] } | { readonly reason: Reason };

/** The holiday's effect by area; none where the country keeps no such holiday or the table does not reach. `groups`: of each belt. */
function* holidayOf(
  vintage: Vintage,
  { nation, byBelt, factorsOf }: DailySeriesSet,
  groups: ReadonlyMap<string, string>,
): Generator<void, HolidayEffects> {
  const newYears = newYearsOf(vintage.homeCountry);
  const months = monthDays(nation);
  const isKnown = months.every(({ month }) => newYears[Number(month.slice(0, 4))] !== undefined);
  if (!isKnown) return { pooled: NO_FESTIVAL, ofGroup: new Map() };
  const panels = new Map<string, MonthlySeries[]>();
  for (const [beltId, series] of byBelt) {
    yield;
    const workload = workloads(months, factorsOf({ level: 'belt', id: beltId, beltIds: [beltId] }));
    const { values, ...monthly } = monthlyOf(series, months);
    const group = groups.get(beltId) ?? beltId;
    const panel = panels.get(group) ?? [];
    panels.set(group, panel);
    panel.push({
      ...monthly,
      values: values.map((value, index) => (value === null ? null : value / at(workload, index))),
    });
  }
  return yield* holidayGroupSteps(panels, newYears);
}

/**
 * Logarithms of the complete months without the holiday, or why there are none: where months would be enough but for one between
 * that was never loaded, that one (`not-loaded`). `factors`: what a month is multiplied with
 * to take its holiday and its kinds of days out.
 */
function logsOf(
  { months, values }: { months: readonly Month[]; values: readonly (number | null)[] },
  factors: readonly number[],
): MonthLogs {
  const all = months.map((month, index) => ({
    month,
    value: values[index] ?? null,
    factor: factors[index] ?? 1,
  }));
  // The last run of complete months: across a month that was never loaded, seasons would be told of the wrong months.
  const end = all.findLastIndex(({ value }) => value !== null) + 1;
  const start = all.slice(0, end).findLastIndex(({ value }) => value === null) + 1;
  const complete = all
    .slice(start, end)
    .map(({ month, value, factor }) => ({ month, value: (value ?? 0) * factor }));
  if (complete.length < MIN_MONTHS) {
    const isCutShort = all.filter(({ value }) => value !== null).length >= MIN_MONTHS;
    return { reason: isCutShort ? 'not-loaded' : 'too-little-data' };
  }
  if (complete.some(({ value }) => !(value > 0))) return { reason: 'not-positive' };
  return {
    months: complete.map(({ month }) => month),
    logs: complete.map(({ value }) => rounded(Math.log(value))),
  };
}
