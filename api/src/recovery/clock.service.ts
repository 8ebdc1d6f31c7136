import { Inject, Injectable } from '@nestjs/common';
import type { ClockAnswer, ClockQuestion } from '@beltline/contract';
import { areaOf } from '../areas/area.ts';
import { AreasService } from '../areas/areas.service.ts';
import { DailySeriesService, seriesOfArea } from '../daily/daily-series.service.ts';
import { lastComplete, monthDays, windowTo } from '../daily/months.ts';
import { sumOver } from '../daily/daily-series.ts';
import { addMonths, monthsThrough } from '../figures/calendar.ts';
import { turns } from '../platform/turns.ts';
import { KeptOfVintage } from '../sources/kept-of-vintage.ts';
import { ratioOf } from '../figures/ratio.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { metaOf, type Vintage } from '../sources/vintage.ts';
import { cyclePoints } from '../statistics/cycle.ts';
import { clockQuadrant } from '../statistics/recovery.ts';
import { AdjustedSeriesService, type Adjustment, REVISABLE_MONTHS } from './adjusted-series.service.ts';

/** Answers of some 400 KB on the wire. */
const KEPT = { max: 100, bytes: 32 * 2 ** 20 };

/** Every area of a level as a point a month on the clock of the cycle. */
@Injectable()
export class ClockService {
  readonly kept = new KeptOfVintage<ClockAnswer>(KEPT);

  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(AreasService) private readonly areas: AreasService,
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(AdjustedSeriesService) private readonly adjustments: AdjustedSeriesService,
  ) {}

  async clock(question: ClockQuestion): Promise<ClockAnswer> {
    const vintage = await this.vintages.of(question.source, question.asOf);
    return this.kept.of(vintage, question, () => this.compute(vintage, question));
  }

  private async compute(vintage: Vintage, question: ClockQuestion): Promise<ClockAnswer> {
    const { track, measure, level } = question;
    const [areas, set, adjustments] = await Promise.all([
      this.areas.all(vintage, level),
      this.daily.of(vintage, track, measure),
      this.adjustments.of(vintage, track, measure),
    ]);
    const adjusted = await adjustments.ofAll(areas);
    const all = monthDays(set.nation);
    const last = lastComplete(all)?.month ?? null;
    const first = all[0]?.month ?? '';
    const start = last === null ? '' : addMonths(last, 1 - question.months);
    const months = last === null ? [] : monthsThrough(start > first ? start : first, last);
    const year = last === null ? null : windowTo(all, last, 12);
    const total = year && sumOver(set.nation, year.from, year.to);
    return {
      meta: metaOf(vintage),
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
          share: ratioOf(value, total),
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
    return point && quadrant ? { x: point.deviation, y: point.change, quadrant } : null;
  });
}
