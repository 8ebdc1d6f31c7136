import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, Track } from '@beltline/contract';
import type { ResolvedArea } from '../../data/areas/area.ts';
import {
  DailySeriesService,
  type DailySeriesSet,
  seriesOfArea,
} from '../../data/daily/daily-series.service.ts';
import { firstCompleteYear, type MonthDays, monthDays, windowTo } from '../../data/daily/months.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { invalidRequest } from '../../platform/problem/problem-error.ts';
import { AdjustedSeriesService } from '../../data/daily/adjusted-series.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { AreaDays } from './area-facts.ts';

/** What is loaded of a vintage, by months. */
export interface RecoveryMonths {
  readonly months: readonly MonthDays[];
  /** The year that 100 stands for; null where none is completely loaded. */
  readonly reference: number | null;
}

/** The series of a vintage, track and measure with what every indicator of recovery is measured against. */
export interface RecoveryBasis extends RecoveryMonths {
  readonly set: DailySeriesSet;
  days(area: ResolvedArea): AreaDays;
}

interface Question {
  readonly track: Track;
  readonly measure: FlowMeasure;
  readonly reference?: number | undefined;
}

@Injectable()
export class RecoveryBasisService {
  constructor(
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(AdjustedSeriesService) private readonly adjusted: AdjustedSeriesService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** Which months there are, and the year that is measured against. @throws ProblemError where the reference year is not completely loaded. */
  async months(vintage: Vintage, { track, measure, reference }: Question): Promise<RecoveryMonths> {
    const months = monthDays((await this.daily.of(vintage, track, measure)).nation);
    return { months, reference: referenceYear(months, reference) };
  }

  /** @throws ProblemError where the reference year is not completely loaded. */
  async of(vintage: Vintage, { track, measure, reference }: Question): Promise<RecoveryBasis> {
    const [set, orders, outliersOf] = await Promise.all([
      this.daily.of(vintage, track, measure),
      this.daily.of(vintage, track, 'orders'),
      this.adjusted.outliers(vintage, track, measure),
    ]);
    const months = monthDays(set.nation);
    const year = referenceYear(months, reference);
    const base = year === null ? null : { year, matching: set.inYear(year) };
    return {
      set,
      months,
      reference: year,
      days: (area) => ({
        measure,
        series: seriesOfArea(set, area),
        orders: seriesOfArea(orders, area),
        months,
        yearsBefore: set.yearsBefore,
        base,
        outliers: outliersOf(area),
        factors: set.factorsOf(area),
        minBase: this.config.BELTLINE_MIN_BASE,
      }),
    };
  }
}

function referenceYear(months: readonly MonthDays[], asked: number | undefined): number | null {
  if (asked === undefined) return firstCompleteYear(months);
  if (windowTo(months, `${asked}-12`, 12) !== null) return asked;
  throw invalidRequest({ field: 'reference', message: 'this year is not completely loaded' });
}
