import { Inject, Injectable } from '@nestjs/common';
import {
  type BreadthAnswer,
  type BreadthQuestion,
  type FlowMeasure,
  PROGRAMME_TRACKS,
  type Reason,
  type Track,
  type Uncertainty,
} from '@beltline/contract';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { sumOver } from '../../data/daily/daily-series.ts';
import {
  DailySeriesService,
  type DailySeriesSet,
  seriesOfArea,
} from '../../data/daily/daily-series.service.ts';
import { monthDays, windowTo } from '../../data/daily/months.ts';
import { sure, uncertaintyOf } from '../../data/owners/figure-error.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { type Month, monthsThrough } from '../../core/calendar.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { answerWith } from '../indicator.ts';
import { type Breadth, breadth } from '../../statistics/breadth.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { breadthRatio } from './breadth-ratio.ts';
import {
  breadthMonths,
  breadthWindows,
  type MonthSpan,
  NOBODY,
  whyNoBreadth,
  wholeMonths,
} from './breadth-windows.ts';
import { known } from '../../core/brief-figure.ts';

/** How many merchants, belts or tracks rise: three months against the same three of the year before. */
@Injectable()
export class BreadthService {
  constructor(
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** Breadth month by month, over all months that have both windows. */
  async curve(context: AreaContext, question: BreadthQuestion): Promise<BreadthAnswer> {
    const { vintage, area } = context;
    const months = breadthMonths(vintage);
    const told = months.filter((month) => whyNoBreadth(vintage, month) === null);
    const found = await this.membersOf(vintage, question, area, told);
    return {
      meta: context.meta,
      area: areaOf(area),
      track: question.track,
      measure: question.measure,
      over: question.over,
      deadBand: this.config.BELTLINE_DEAD_BAND,
      points: await turns.map(months, (month) => {
        const missing = whyNoBreadth(vintage, month);
        const { rising, unchanged, falling, value, error } = missing === null ? found(month) : NO_MEMBERS;
        return {
          month,
          rising,
          unchanged,
          falling,
          breadth: sure(known(value, missing ?? 'no-merchants'), error),
        };
      }),
    };
  }

  private async membersOf(
    vintage: Vintage,
    { track, measure, over }: BreadthQuestion,
    area: ResolvedArea,
    months: readonly Month[],
  ): Promise<(month: Month) => SureBreadth> {
    if (over === 'merchants') return this.overMerchants(vintage, { track, measure }, area, months);
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
      const { now, before } = breadthWindows(vintage, month);
      const counted = breadth(sumsOver(before), sumsOver(now), this.config.BELTLINE_DEAD_BAND);
      return { ...counted, error: 'directions-of-parts' };
    };
  }

  /** Breadth over the merchants of an area at the ends of given months. */
  private async overMerchants(
    vintage: Vintage,
    question: { track: Track; measure: FlowMeasure },
    area: ResolvedArea,
    months: readonly Month[],
  ): Promise<(month: Month) => SureBreadth> {
    const windows = months.flatMap((month) => {
      const { now, before } = breadthWindows(vintage, month);
      return [wholeMonths(before), wholeMonths(now)];
    });
    const found = await this.owners.of(vintage, question, [area], windows);
    const owners = await found(area);
    const deadBand = this.config.BELTLINE_DEAD_BAND;
    const nothing = new Float64Array();
    const breadths = new Map(
      await turns.map(months, (month, index) => {
        const [before = nothing, now = nothing] = owners.sums.slice(2 * index, 2 * index + 2);
        const error = ratioError(breadthRatio(owners, before, now, deadBand));
        const interval = typeof error === 'string' ? error : uncertaintyOf(error, (ratio) => 100 * ratio);
        return [month, { ...breadth(before, now, deadBand), error: interval }] as const;
      }),
    );
    return (month) => breadths.get(month) ?? NO_MEMBERS;
  }
}

/** Breadth, and how sure it is, or why that cannot be told. */
interface SureBreadth extends Breadth {
  readonly error: Uncertainty | Reason;
}
const NO_MEMBERS: SureBreadth = { ...NOBODY, error: 'no-merchants' };

export const breadthAnswerer = answerWith('breadth', 'area', BreadthService, (service, context, question) =>
  service.curve(context, question),
);
