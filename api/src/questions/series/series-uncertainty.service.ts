import { Inject, Injectable } from '@nestjs/common';
import {
  isFlow,
  type Measure,
  type SeriesPoint,
  type SeriesUncertaintyAnswer,
  type SeriesUncertaintyQuestion,
  type SureFigure,
  type Track,
} from '@beltline/contract';
import { festivalMonths } from '../../core/merged-months.ts';
import { addMonths, monthOf } from '../../core/calendar.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { sure, sureGrowth } from '../../data/owners/figure-error.ts';
import { ownerMonths, wholly } from '../../data/owners/owner-months.ts';
import type { MonthShares } from '../../data/owners/owner-windows.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { turns } from '../../platform/turns.ts';
import { countGrowthError } from '../../statistics/count-errors.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { answerWith } from '../indicator.ts';
import { SeriesService } from './series.service.ts';

/** How sure the growth of each month of a series is, from the owners of the month and of the same month a year ago. */
@Injectable()
export class SeriesUncertaintyService {
  constructor(
    @Inject(SeriesService) private readonly series: SeriesService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
  ) {}

  /** @throws ProblemError as the series itself. @throws EngineError */
  async of(context: AreaContext, question: SeriesUncertaintyQuestion): Promise<SeriesUncertaintyAnswer> {
    const { meta, measure, area, lines } = await this.series.series(context, question);
    const sureLines: SeriesUncertaintyAnswer['lines'] = [];
    for (const { track, points } of lines) {
      const growth = await this.growthOf(context, { track, measure }, points);
      sureLines.push({ track, points: points.map((point) => ({ day: point.day, growth: growth(point) })) });
    }
    return { meta, measure, area, lines: sureLines };
  }

  private async growthOf(
    { vintage, area }: AreaContext,
    { track, measure }: { track: Track; measure: Measure },
    points: readonly SeriesPoint[],
  ): Promise<(point: SeriesPoint) => SureFigure> {
    if (measure === 'buyers') return ({ growth }) => sure(growth, 'buyers-of-many-owners');
    // Owners are kept by month.
    const whole = points.filter((point) => point.growth.value !== null && point.coverage >= 1);
    const windows = whole.map((point) => ({ day: point.day, ...windowsOf(point) }));
    const months = [
      ...new Set(windows.flatMap(({ now, before }) => [...now.keys(), ...before.keys()])),
    ].sort();
    // A merchant is active in a month in which it has orders.
    const isActive = (orders: number) => Number(orders > 0);
    const owners = isFlow(measure)
      ? await ownerMonths(this.owners, vintage, { track, measure }, area, months)
      : await ownerMonths(this.owners, vintage, { track, measure: 'orders' }, area, months, isActive);
    const found = new Map(
      await turns.map(windows, ({ day, now, before }) => {
        const pair = { over: owners.of(now), under: owners.of(before) };
        return [
          day,
          isFlow(measure) ? ratioError({ ...pair, scale: 'log' }) : countGrowthError(pair),
        ] as const;
      }),
    );
    return ({ day, growth }) => {
      const error = found.get(day);
      return error === undefined ? sure(growth, 'part-month') : sureGrowth(growth, error);
    };
  }
}

/** The months of a point's growth, and the same a year before: January and February together where it is of both. */
function windowsOf({ day, merged }: SeriesPoint): { now: MonthShares; before: MonthShares } {
  const months = merged ? festivalMonths(monthOf(day)) : [monthOf(day)];
  return { now: wholly(months), before: wholly(months.map((one) => addMonths(one, -12))) };
}

export const seriesUncertaintyAnswerer = answerWith(
  'seriesUncertainty',
  'area',
  SeriesUncertaintyService,
  (service, context, question) => service.of(context, question),
);
