import { Inject, Injectable } from '@nestjs/common';
import type { BacktestAnswer, BacktestQuestion, FlowMeasure, Nowcast } from '@beltline/contract';
import { UNIT_OF_MEASURE } from '@beltline/contract';
import { areaOf } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { dayAt, type DailySeries } from '../../data/daily/daily-series.ts';
import {
  DailySeriesService,
  type DailySeriesSet,
  seriesOfArea,
} from '../../data/daily/daily-series.service.ts';
import { missing, UNSTATED, scaleOf } from '../../core/figure.ts';
import { monthDays } from '../../data/daily/months.ts';
import { daysThrough, firstDayOf, lastDayOf } from '../../core/calendar.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { answerWith } from '../indicator.ts';
import { backtest, type PastMonth, reachAfter, type Refused } from './backtest.ts';
import { BAND, learnFrom, NO_ESTIMATE, nowcastMonth, restsOnTooFewOrders } from './nowcast.ts';
import { monthToComplete } from './running-month.ts';

/** A measure of an area, day by day, its orders, and how few of them are too few. */
export interface NowcastBasis {
  readonly measure: FlowMeasure;
  readonly series: DailySeries;
  readonly orders: DailySeries;
  readonly minBase: number;
}

/** What the running month will come to, and how wrong that was in the past. */
@Injectable()
export class NowcastService {
  constructor(
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The nowcast of the last month of a series; null where that month is complete. `orders`: of the same days and area. */
  async of(
    vintage: Vintage,
    set: DailySeriesSet,
    { series, orders, measure, minBase }: NowcastBasis,
  ): Promise<Nowcast | null> {
    const months = monthDays(series);
    const last = months.at(-1);
    if (!last || last.coverage === 1) return null;
    const [firstDay, lastDay] = [firstDayOf(last.month), lastDayOf(last.month)];
    const month = monthToComplete(series, months, months.length - 1, {
      ...this.conditions(vintage, set),
      days: daysThrough(firstDay, lastDay),
    });
    const scale = scaleOf(measure);
    const known = last.to - last.from + 1;
    const reach = await turns.finish(
      reachAfter(this.past(vintage, set, series), refusedFor(orders, minBase)),
    );
    const isSmall = month && restsOnTooFewOrders(orders.values, month, known, minBase);
    // After a month that was never loaded it begins with its first lines: how far it is along is not known.
    const beginsLate = dayAt(series, last.from) > firstDay;
    const result = month && {
      ...nowcastMonth(learnFrom(month), known, reach),
      ...(isSmall || beginsLate ? NO_ESTIMATE : {}),
    };
    /** Nobody sells part of an order, a piece or a cent. */
    const scaled = (value: number | null | undefined) => (value == null ? null : Math.round(value) / scale);
    const unit = UNIT_OF_MEASURE[measure];
    const estimate = scaled(result?.estimate);
    return {
      month: last.month,
      through: dayAt(series, last.to),
      soFar: (result?.soFar ?? 0) / scale,
      completion: result?.completion ?? null,
      estimate:
        estimate === null
          ? missing('nowcast', unit, 'too-little-data')
          : {
              value: estimate,
              unit,
              flag: 'nowcast',
              reason: null,
              period: { firstDay, lastDay },
              baseline: null,
              numerator: null,
              denominator: null,
              coverage: last.coverage,
              ...UNSTATED,
              definition: 'nowcast',
            },
      low: scaled(result?.low),
      high: scaled(result?.high),
      band: BAND,
      months: result?.months ?? 0,
    };
  }

  /** Every past month with a year before it, as it would have been estimated on given days, if at all. */
  async backtest(
    { vintage, area, meta }: AreaContext,
    { track, measure }: BacktestQuestion,
  ): Promise<BacktestAnswer> {
    const [set, orders] = await Promise.all([
      this.daily.of(vintage, track, measure),
      this.daily.of(vintage, track, 'orders'),
    ]);
    const past = this.past(vintage, set, seriesOfArea(set, area));
    const refused = refusedFor(seriesOfArea(orders, area), this.config.BELTLINE_MIN_BASE);
    return {
      meta,
      area: areaOf(area),
      track,
      measure,
      band: BAND,
      days: await turns.finish(backtest(past, refused)),
    };
  }

  /** Complete months with a year before them. */
  private past(vintage: Vintage, set: DailySeriesSet, series: DailySeries): PastMonth[] {
    const months = monthDays(series);
    return months.flatMap((month, index) => {
      if (month.coverage < 1) return [];
      const days = month.to - month.from + 1;
      const one = monthToComplete(series, months, index, { ...this.conditions(vintage, set), days });
      return one && one.yearAgo.start >= 0 ? [one] : [];
    });
  }

  private conditions(vintage: Vintage, { likeDays }: DailySeriesSet) {
    return { likeDays, keepsFestival: hasFestival(vintage.homeCountry) };
  }
}

const refusedFor =
  ({ values }: DailySeries, minBase: number): Refused =>
  (month, day) =>
    restsOnTooFewOrders(values, month, day, minBase);

export const backtestAnswerer = answerWith('backtest', 'area', NowcastService, (service, context, question) =>
  service.backtest(context, question),
);
