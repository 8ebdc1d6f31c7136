import { Inject, Injectable } from '@nestjs/common';
import type { ClockAnswer, ClockQuestion } from '@beltline/contract';
import { areaOf } from '../../data/areas/area.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { DailySeriesService, seriesOfArea } from '../../data/daily/daily-series.service.ts';
import { lastComplete, monthDays, windowTo } from '../../data/daily/months.ts';
import { sumOver } from '../../data/daily/daily-series.ts';
import { addMonths, monthsThrough } from '../../core/calendar.ts';
import { turns } from '../../platform/turns.ts';
import { ratioOf, whyNoRatio } from '../../core/ratio.ts';
import { answerWith } from '../indicator.ts';
import { cyclePoints } from '../../statistics/cycle.ts';
import { clockQuadrant } from '../../statistics/recovery.ts';
import {
  AdjustedSeriesService,
  type Adjustment,
  REVISABLE_MONTHS,
} from '../../data/daily/adjusted-series.service.ts';
import { known } from '../../core/brief-figure.ts';

/** Every area of a level as a point a month on the clock of the cycle. */
@Injectable()
export class ClockService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(AdjustedSeriesService) private readonly adjusted: AdjustedSeriesService,
  ) {}

  async clock(context: Context, question: ClockQuestion): Promise<ClockAnswer> {
    const { vintage, meta } = context;
    const { track, measure, level } = question;
    const areas = await this.contexts.areas(context, level);
    const [set, adjusted] = await Promise.all([
      this.daily.of(vintage, track, measure),
      this.adjusted.of(vintage, { track, measure }, areas),
    ]);
    const all = monthDays(set.nation);
    const last = lastComplete(all)?.month ?? null;
    const first = all[0]?.month ?? '';
    const start = last === null ? '' : addMonths(last, 1 - question.months);
    const months = last === null ? [] : monthsThrough(start > first ? start : first, last);
    const year = last === null ? null : windowTo(all, last, 12);
    const total = year && sumOver(set.nation, year.from, year.to);
    return {
      meta,
      level,
      track,
      measure,
      months,
      revisableFrom: months.at(-REVISABLE_MONTHS) ?? months[0] ?? null,
      areas: await turns.map(areas, (area, index) => {
        const adjustment = adjusted[index] as Adjustment;
        const value = year && sumOver(seriesOfArea(set, area), year.from, year.to);
        return {
          area: areaOf(area),
          share: known(ratioOf(value, total), whyNoRatio(total) ?? 'no-data'),
          reason: 'reason' in adjustment ? adjustment.reason : null,
          points: pointsOf(adjustment, months),
        };
      }),
    };
  }
}

function pointsOf(adjustment: Adjustment, months: readonly string[]): ClockAnswer['areas'][number]['points'] {
  if ('reason' in adjustment) return months.map(() => null);
  const points = cyclePoints(adjustment.trend);
  const found = new Map(adjustment.months.map((month, index) => [month, points[index] ?? null]));
  return months.map((month) => {
    const point = found.get(month) ?? null;
    const quadrant = point && clockQuadrant(point.deviation, point.change);
    if (!point || !quadrant) return null;
    const x = Math.expm1(point.deviation);
    return { x, y: x - Math.expm1(point.deviation - point.change), quadrant };
  });
}

export const clockAnswerer = answerWith('clock', 'version', ClockService, (service, context, question) =>
  service.clock(context, question),
);
