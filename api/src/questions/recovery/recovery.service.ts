import { Inject, Injectable } from '@nestjs/common';
import { type Figure, type RecoveryAnswer, type RecoveryQuestion, UNIT_OF_MEASURE } from '@beltline/contract';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { addMonths, monthOf } from '../../core/calendar.ts';
import { at } from '../../core/vector.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import { NowcastService } from '../nowcast/nowcast.service.ts';
import { turns } from '../../platform/turns.ts';
import { answerWith } from '../indicator.ts';
import type { HolidayEffect } from '../../statistics/holiday-effect.ts';
import { checkedTurns } from '../../statistics/turning-points.ts';
import { AdjustedSeriesService, type Adjustment } from '../../data/daily/adjusted-series.service.ts';
import type { MonthOutlier } from '../../data/daily/month-outliers.ts';
import { wholeMonths } from '../breadth/breadth-windows.ts';
import { growthWithError } from '../../data/owners/figure-error.ts';
import { headlineGrowth } from './headline.ts';
import { monthAsked } from './month-asked.ts';
import { RecoveryBasisService } from './recovery-basis.service.ts';
import { recoveryPoints } from './recovery-points.ts';
import { troughOf } from './recovery-trough.ts';
import { StateService } from './state.service.ts';
import { known } from '../../core/brief-figure.ts';

/** Under so many months of data every turning point is tentative. */
const CERTAIN_MONTHS = 48;

/** Everything about the recovery of one area. */
@Injectable()
export class RecoveryService {
  constructor(
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(AdjustedSeriesService) private readonly adjusted: AdjustedSeriesService,
    @Inject(StateService) private readonly states: StateService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(NowcastService) private readonly nowcasts: NowcastService,
  ) {}

  async recovery({ vintage, area, meta }: AreaContext, question: RecoveryQuestion): Promise<RecoveryAnswer> {
    const { track, measure } = question;
    const basis = await this.bases.of(vintage, question);
    const days = basis.days(area);
    const month = monthAsked(basis.months, question.month);
    const end = month ?? addMonths(basis.months[0]?.month ?? '1970-01', -1);
    const [holiday, [adjustment], [states]] = await Promise.all([
      this.adjusted.holiday(vintage, track, measure),
      this.adjusted.of(vintage, question, [area]) as Promise<[Adjustment]>,
      this.states.of(vintage, { track, measure }, basis, [area], [end]),
    ]);
    const mergesFestival = hasFestival(vintage.homeCountry);
    await turns.next();
    const points = recoveryPoints(days, adjustment, { measure, mergesFestival });
    const state = at(states ?? [], 0);
    return {
      meta,
      area: areaOf(area),
      track,
      measure,
      month,
      unit: UNIT_OF_MEASURE[measure],
      reference: basis.reference,
      outliers: days.outliers.map(outlierMonth),
      holiday: holidayOf(holiday(area)),
      adjustedReason: 'reason' in adjustment ? adjustment.reason : null,
      points,
      growth: await this.withError(headlineGrowth(days, end, mergesFestival), vintage, question, area),
      lunarGrowth: state.growth,
      state,
      nowcast: await this.nowcasts.of(vintage, area, question),
      trough: troughOf(
        points.filter((point) => point.month <= end),
        basis.reference,
      ),
      turningPoints: turnsOf(adjustment),
    };
  }

  /** The headline with its interval, from the owners of its months. */
  private async withError(
    growth: Figure,
    vintage: Vintage,
    { track, measure }: RecoveryQuestion,
    area: ResolvedArea,
  ): Promise<Figure> {
    if (growth.value === null || growth.period === null || growth.baseline === null) return growth;
    const windows = [growth.period, growth.baseline].map(({ firstDay, lastDay }) =>
      wholeMonths({ from: monthOf(firstDay), to: monthOf(lastDay) }),
    );
    const found = await this.owners.of(vintage, { track, measure }, [area], windows);
    return growthWithError(growth, await found(area));
  }
}

function holidayOf({ beta, standardError, observations, reason }: HolidayEffect): RecoveryAnswer['holiday'] {
  if (beta === null && reason === null) return null;
  return { coefficient: known(beta, 'too-little-data'), standardError, observations };
}

/** What a month sells beyond what was expected of it, as a ratio. */
const outlierMonth = ({ month, kind, effect, isSure }: MonthOutlier): RecoveryAnswer['outliers'][number] => ({
  month,
  kind,
  effect: known(Math.expm1(effect), 'too-little-data'),
  isSure,
});

function turnsOf(adjustment: Adjustment): RecoveryAnswer['turningPoints'] {
  if ('reason' in adjustment) return [];
  const { months, undisturbed } = adjustment;
  // By logarithms: the noise of a belt that triples triples too.
  return checkedTurns(undisturbed.map(Math.log)).map(({ index, kind, isConfirmed }) => ({
    month: months[index] ?? '',
    kind,
    tentative: months.length < CERTAIN_MONTHS || !isConfirmed,
  }));
}

export const recoveryAnswerer = answerWith(
  'recovery',
  'area',
  RecoveryService,
  (service, context, question) => service.recovery(context, question),
);
