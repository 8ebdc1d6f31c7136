import { Inject, Injectable } from '@nestjs/common';
import {
  type BacktestAnswer,
  type BacktestQuestion,
  type FlowMeasure,
  type Nowcast,
  type Track,
  UNIT_OF_MEASURE,
} from '@beltline/contract';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { dayAt, type DailySeries } from '../../data/daily/daily-series.ts';
import {
  DailySeriesService,
  type DailySeriesSet,
  seriesOfArea,
} from '../../data/daily/daily-series.service.ts';
import { missing, UNSTATED, scaleOf } from '../../core/figure.ts';
import { type MonthDays, monthDays } from '../../data/daily/months.ts';
import { firstDayOf, lastDayOf, lengthOfMonth } from '../../core/calendar.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import { asSystem, type Vintage } from '../../data/versions/vintage.ts';
import { answerWith } from '../indicator.ts';
import { backtestOf } from './backtest.ts';
import { BAND, type Told, toldOf } from './bands.ts';
import { keyOfArea, panelOf } from './panel.ts';
import { monthToComplete } from './running-month.ts';
import { type Study, studyOf, type StudiedMonth, usuallyToldFrom } from './study.ts';

const STUDY = { kind: 'series', name: 'nowcasts' } as const;

type What = { readonly track: Track; readonly measure: FlowMeasure };

/**
 * What the running month will come to, and how wrong that was in the past. What areas borrow of each other is pooled over every belt whoever
 * asks, once for a data version, track and measure, so that a belt's nowcast is the same for every viewer.
 */
@Injectable()
export class NowcastService {
  constructor(
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(BeltRegistry) private readonly belts: BeltRegistry,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The nowcast of an area's last month; null where that month is complete. @throws EngineError */
  async of(vintage: Vintage, area: ResolvedArea, what: What): Promise<Nowcast | null> {
    const { measure } = what;
    const series = seriesOfArea(await this.daily.of(vintage, what.track, measure), area);
    const last = monthDays(series).at(-1);
    if (!last || last.coverage === 1) return null;
    const study = await this.study(vintage, what);
    const index = indexOf(study, area);
    const { running } = study;
    // After a month that was never loaded it begins with its first lines: how far it is along is not known.
    const beginsLate = dayAt(series, last.from) > firstDayOf(last.month);
    const nowcast = beginsLate ? null : (running?.nowcasts[index] ?? null);
    const told =
      running &&
      nowcast &&
      toldOf(nowcast, study.bands.reach({ ...running, ordersToCome: nowcast.ordersToCome }));
    const isEarly = told?.isEarly ?? false;
    return {
      ...answerOf(series, last, measure, told),
      band: BAND,
      months: nowcast ? (running?.learned ?? 0) : 0,
      isFestival: running?.isFestival ?? false,
      usuallyFrom: isEarly ? usuallyToldFrom(study, index, running?.isFestival ?? false) : null,
    };
  }

  /** Every past month with a year before it, as it would have been estimated on given days, if at all. */
  async backtest({ vintage, area, meta }: AreaContext, what: BacktestQuestion): Promise<BacktestAnswer> {
    const study = await this.study(vintage, what);
    const { track, measure } = what;
    return {
      meta,
      area: areaOf(area),
      track,
      measure,
      band: BAND,
      ...backtestOf(study, indexOf(study, area)),
    };
  }

  /** Makes what every area's nowcast rests on, so that nobody waits for it. @throws EngineError */
  async prepare(vintage: Vintage, what: What): Promise<void> {
    await this.study(vintage, what);
  }

  private study(vintage: Vintage, { track, measure }: What): Promise<Study> {
    const whole = asSystem(vintage);
    return this.cache.of(whole, STUDY, { track, measure }, async () => {
      const [belts, set, orders] = await Promise.all([
        this.belts.all(whole),
        this.daily.of(whole, track, measure),
        this.daily.of(whole, track, 'orders'),
      ]);
      const panel = await turns.finish(panelOf(belts, set, orders));
      const { past, running } = monthsOf(whole, set);
      return turns.finish(studyOf(panel, past, running, this.config.BELTLINE_MIN_BASE));
    });
  }
}

/** Complete months with a year before them, and the running one with the number of its days that are known. */
function monthsOf(
  { homeCountry }: Vintage,
  { nation, likeDays }: DailySeriesSet,
): { past: StudiedMonth[]; running: { month: StudiedMonth; known: number } | null } {
  const months = monthDays(nation);
  const conditions = { likeDays, keepsFestival: hasFestival(homeCountry) };
  const studied = (index: number, days: number) =>
    monthToComplete(nation, months, index, { ...conditions, days });
  const past = months.flatMap(({ coverage, from, to }, index) => {
    const one = coverage < 1 ? null : studied(index, to - from + 1);
    return one && one.yearAgo.start >= 0 ? [one] : [];
  });
  const last = months.at(-1);
  if (!last || last.coverage === 1) return { past, running: null };
  const month = studied(months.length - 1, lengthOfMonth(last.month));
  return { past, running: month && { month, known: last.to - last.from + 1 } };
}

const indexOf = ({ panel }: Study, area: ResolvedArea): number => {
  const key = keyOfArea(area);
  return panel.areas.findIndex((one) => one.key === key);
};

function answerOf(
  series: DailySeries,
  { month, from, to, coverage }: MonthDays,
  measure: FlowMeasure,
  told: Told | null,
): Pick<Nowcast, 'month' | 'through' | 'soFar' | 'completion' | 'estimate' | 'low' | 'high'> {
  const unit = UNIT_OF_MEASURE[measure];
  const shown = told?.isEarly ? null : told;
  /** Nobody sells part of an order, a piece or a cent. */
  const inUnit = (value: number) => Math.round(value) / scaleOf(measure);
  const soFar = series.values.subarray(from, to + 1).reduce((total, value) => total + value, 0);
  return {
    month,
    through: dayAt(series, to),
    soFar: soFar / scaleOf(measure),
    completion: shown && soFar / shown.estimate,
    estimate: shown
      ? {
          value: inUnit(shown.estimate),
          unit,
          flag: 'nowcast',
          reason: null,
          period: { firstDay: firstDayOf(month), lastDay: lastDayOf(month) },
          baseline: null,
          numerator: null,
          denominator: null,
          coverage,
          ...UNSTATED,
          definition: 'nowcast',
        }
      : missing('nowcast', unit, told?.isEarly ? 'too-early' : 'too-little-data'),
    low: shown?.low == null ? null : inUnit(shown.low),
    high: shown?.high == null ? null : inUnit(shown.high),
  };
}

export const backtestAnswerer = answerWith('backtest', 'area', NowcastService, (service, context, question) =>
  service.backtest(context, question),
);
