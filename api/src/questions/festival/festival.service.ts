import { Inject, Injectable } from '@nestjs/common';
import { type FestivalAnswer, type FestivalQuestion, UNIT_OF_MEASURE } from '@beltline/contract';
import { areaOf } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { addDays } from '../../core/calendar.ts';
import { hasTooFewOrders } from '../../core/ratio.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { answerWith } from '../indicator.ts';
import { MATCHING_WINDOW } from '../../core/lunar.ts';
import { newYearsOf } from '../../data/daily/alignment.ts';
import { type DailySeries, dayAt, indexOfDay, isLoadedAt } from '../../data/daily/daily-series.ts';
import { DailySeriesService, seriesOfArea } from '../../data/daily/daily-series.service.ts';
import { figureOf, missing, scaleOf } from '../../core/figure.ts';

/** The days around each New Year side by side. */
@Injectable()
export class FestivalService {
  constructor(
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async festival(
    { vintage, area, meta }: AreaContext,
    { track, measure }: FestivalQuestion,
  ): Promise<FestivalAnswer> {
    const [set, ofOrders] = await Promise.all([
      this.daily.of(vintage, track, measure),
      this.daily.of(vintage, track, 'orders'),
    ]);
    const [series, orders] = [seriesOfArea(set, area), seriesOfArea(ofOrders, area)];
    const minBase = this.config.BELTLINE_MIN_BASE;
    const scale = scaleOf(measure);
    const windows = windowsOf(series, vintage.homeCountry);
    return {
      meta,
      area: areaOf(area),
      track,
      measure,
      unit: UNIT_OF_MEASURE[measure],
      window: MATCHING_WINDOW,
      years: windows.map((window, index) => ({
        year: window.year,
        newYear: window.newYear,
        values: window.values.map((value) => (value === null ? null : value / scale)),
        growth: growthOver({ series, orders, scale, minBase }, window, windows[index - 1]),
      })),
    };
  }
}

interface FestivalWindow {
  readonly year: number;
  readonly newYear: string;
  /** Position of the window's first day; can lie outside the series. */
  readonly start: number;
  readonly values: readonly (number | null)[];
}

/** Windows around the New Years of which at least one day is loaded. */
function windowsOf(series: DailySeries, homeCountry: string): FestivalWindow[] {
  const { before, after } = MATCHING_WINDOW;
  const windows = Object.entries(newYearsOf(homeCountry)).map(([year, newYear]) => {
    const start = indexOfDay(series, addDays(newYear, -before));
    const values = Array.from({ length: before + after + 1 }, (_, day) =>
      isLoadedAt(series, start + day) ? (series.values[start + day] ?? null) : null,
    );
    return { year: Number(year), newYear, start, values };
  });
  return windows.filter(({ values }) => values.some((value) => value !== null));
}

interface FestivalDays {
  readonly series: DailySeries;
  readonly orders: DailySeries;
  readonly scale: number;
  readonly minBase: number;
}

/** Growth over the days of the window that are loaded in both years. */
function growthOver(
  { series, orders, scale, minBase }: FestivalDays,
  window: FestivalWindow,
  before: FestivalWindow | undefined,
) {
  const unit = 'ratio' as const;
  const days = window.values.flatMap((value, day) =>
    value !== null && before?.values[day] != null ? [day] : [],
  );
  const [first, last] = [days[0], days.at(-1)];
  if (!before || first === undefined || last === undefined)
    return missing('lunar-growth', unit, 'no-baseline');
  const sum = (of: FestivalWindow) => days.reduce((total, day) => total + (of.values[day] ?? 0), 0);
  const spanOf = ({ start }: FestivalWindow) => ({
    firstDay: dayAt(series, start + first),
    lastDay: dayAt(series, start + last),
  });
  return figureOf({
    definition: 'lunar-growth',
    unit,
    numerator: sum(window) / scale,
    denominator: sum(before) / scale,
    value: (ratio) => ratio - 1,
    period: spanOf(window),
    baseline: spanOf(before),
    coverage: days.length / window.values.length,
    baseTooSmall: hasTooFewOrders(
      days.reduce((sum, day) => sum + (orders.values[before.start + day] ?? 0), 0),
      minBase,
    ),
  });
}

export const festivalAnswerer = answerWith(
  'festival',
  'area',
  FestivalService,
  (service, context, question) => service.festival(context, question),
);
