import { Inject, Injectable } from '@nestjs/common';
import {
  type BreadthAnswer,
  type BreadthQuestion,
  type FlowMeasure,
  PROGRAMME_TRACKS,
  type Reason,
  type Span,
  type Track,
} from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { sumOver } from '../../data/daily/daily-series.ts';
import {
  DailySeriesService,
  type DailySeriesSet,
  seriesOfArea,
} from '../../data/daily/daily-series.service.ts';
import { monthDays, windowTo } from '../../data/daily/months.ts';
import { addMonths, firstDayOf, lastDayOf, type Month, monthsThrough } from '../../core/calendar.ts';
import { isNotLoaded } from '../../core/period.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { sourcePeriods } from '../../data/versions/source-periods.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { answerWith } from '../indicator.ts';
import { type Breadth, breadth } from '../../statistics/breadth.ts';
import { breadthWindow, type MonthSpan } from './breadth-window.ts';

/** How many merchants, belts or tracks rise: three months against the same three of the year before. */
@Injectable()
export class BreadthService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** Breadth month by month, over all months that have both windows. */
  async curve(context: AreaContext, question: BreadthQuestion): Promise<BreadthAnswer> {
    const { vintage, area } = context;
    const months = breadthMonths(vintage);
    const known = months.filter((month) => whyNoBreadth(vintage, month) === null);
    const found = await this.membersOf(vintage, question, area, known);
    return {
      meta: context.meta,
      area: areaOf(area),
      track: question.track,
      measure: question.measure,
      over: question.over,
      deadBand: this.config.BELTLINE_DEAD_BAND,
      points: await turns.map(months, (month) => {
        const missing = whyNoBreadth(vintage, month);
        const { rising, unchanged, falling, value } = missing === null ? found(month) : NOBODY;
        return {
          month,
          rising,
          unchanged,
          falling,
          breadth: value,
          reason: missing ?? (value === null ? 'no-merchants' : null),
        };
      }),
    };
  }

  private async membersOf(
    vintage: Vintage,
    { track, measure, over }: BreadthQuestion,
    area: ResolvedArea,
    months: readonly Month[],
  ): Promise<(month: Month) => Breadth> {
    if (over === 'merchants') {
      const found = await this.of(vintage, { track, measure }, [area], months);
      return (month) => found(area, month);
    }
    const tracks = over === 'tracks' ? PROGRAMME_TRACKS : [track];
    const sets = await Promise.all(tracks.map((one) => this.daily.of(vintage, one, measure)));
    const beltIds = (set: DailySeriesSet) => area.beltIds ?? [...set.byBelt.keys()].filter((id) => id !== '');
    const members = sets.flatMap((set) =>
      over === 'tracks' ? [seriesOfArea(set, area)] : beltIds(set).flatMap((id) => set.byBelt.get(id) ?? []),
    );
    const days = sets[0] ? monthDays(sets[0].nation) : [];
    const sumsOver = ({ from, to }: MonthSpan) => {
      const window = windowTo(days, to, monthsThrough(from, to).length);
      return members.map((series) => (window && sumOver(series, window.from, window.to)) ?? 0);
    };
    return (month) => {
      const window = breadthWindow(month, hasFestival(vintage.homeCountry));
      return breadth(sumsOver(yearBefore(window)), sumsOver(window), this.config.BELTLINE_DEAD_BAND);
    };
  }

  /** Breadth of areas of one level at the ends of given months; of one that has not both windows, why. */
  async of(
    vintage: Vintage,
    { track, measure }: { track: Track; measure: FlowMeasure },
    areas: readonly ResolvedArea[],
    asked: readonly Month[],
  ): Promise<(area: ResolvedArea, month: Month) => PeriodBreadth> {
    const months = asked.filter((month) => whyNoBreadth(vintage, month) === null);
    const numbers = new Map(areas.map((area, index) => [area.id, area.beltIds === null ? 0 : index + 1]));
    const members = areas.flatMap((area) =>
      (area.beltIds ?? []).map((belt) => [belt, numbers.get(area.id) ?? 0] as const),
    );
    const windows = months.map((month) => breadthWindow(month, hasFestival(vintage.homeCountry)));
    const rows =
      months.length === 0
        ? []
        : await this.clickhouse.askNow(vintage.scope, queries.merchantWindows, {
            data_version: vintage.dataVersion,
            measure,
            track_bit: TRACK_BIT[track],
            first_months: windows.map(({ from }) => firstDayOf(from)),
            last_months: windows.map(({ to }) => firstDayOf(to)),
            belt_ids: members.map(([belt]) => belt),
            area_nos: members.map(([, number]) => number),
            with_nation: areas.some((area) => area.beltIds === null) ? 1 : 0,
          });
    const found = new Map(
      await turns.map(rows, (row) => [
        `${row.area_no} ${months[row.position] ?? ''}`,
        {
          ...breadth(row.before, row.after, this.config.BELTLINE_DEAD_BAND),
          period: spanOf(windows[row.position]),
        },
      ]),
    );
    return (area, month) =>
      found.get(`${numbers.get(area.id) ?? -1} ${month}`) ?? {
        ...NOBODY,
        reason: whyNoBreadth(vintage, month) ?? 'no-merchants',
      };
  }
}

/** Breadth, and the days that it is of. */
export interface PeriodBreadth extends Breadth {
  readonly period?: Span | undefined;
  /** Why there is none, where there is none. */
  readonly reason?: Reason;
}

const spanOf = (window: MonthSpan | undefined): Span | undefined =>
  window && { firstDay: firstDayOf(window.from), lastDay: lastDayOf(window.to) };

const NOBODY: PeriodBreadth = { rising: 0, unchanged: 0, falling: 0, value: null };

/** Months of a breadth: those whose windows, now and a year before, lie between the first and the last complete month. */
export function breadthMonths({ loaded, homeCountry }: Vintage): Month[] {
  const complete = sourcePeriods(loaded).completeMonths;
  if (complete === null) return [];
  return monthsThrough(complete.from, complete.to).filter(
    (month) => yearBefore(breadthWindow(month, hasFestival(homeCountry))).from >= complete.from,
  );
}

/** Why the breadth at the end of a month cannot be told; null where it can. A month that was never loaded is said first. */
function whyNoBreadth(vintage: Vintage, month: Month): Reason | null {
  const { loaded, homeCountry } = vintage;
  const window = breadthWindow(month, hasFestival(homeCountry));
  const before = yearBefore(window);
  const both = [window, before].flatMap(({ from, to }) => monthsThrough(from, to));
  if ([month, ...both].some((one) => isNotLoaded(loaded, one))) return 'not-loaded';
  return breadthMonths(vintage).includes(month) ? null : 'no-baseline';
}

const yearBefore = ({ from, to }: MonthSpan): MonthSpan => ({
  from: addMonths(from, -12),
  to: addMonths(to, -12),
});

export const breadthAnswerer = answerWith('breadth', 'area', BreadthService, (service, context, question) =>
  service.curve(context, question),
);
