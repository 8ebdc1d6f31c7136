import { Inject, Injectable } from '@nestjs/common';
import {
  type RecoveryAnswer,
  type RecoveryPoint,
  type RecoveryQuestion,
  UNIT_OF_MEASURE,
} from '@beltline/contract';
import { areaOf } from '../areas/area.ts';
import { AreasService } from '../areas/areas.service.ts';
import { breadthMonths, BreadthService } from '../breadth/breadth.service.ts';
import { addMonths } from '../figures/calendar.ts';
import { hasFestival } from '../figures/spring-festival.ts';
import { NowcastService } from '../nowcast/nowcast.service.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { turns } from '../platform/turns.ts';
import { KeptOfVintage } from '../sources/kept-of-vintage.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { metaOf, type Vintage } from '../sources/vintage.ts';
import type { HolidayEffect } from '../statistics/holiday-effect.ts';
import { trough } from '../statistics/recovery.ts';
import { turningPoints } from '../statistics/turning-points.ts';
import { AdjustedSeriesService, type Adjustment } from './adjusted-series.service.ts';
import { lunarGrowth, stateAt, STATE_MONTHS } from './area-facts.ts';
import { headlineGrowth } from './headline.ts';
import { monthAsked } from './month-asked.ts';
import { RecoveryBasisService } from './recovery-basis.service.ts';
import { recoveryPoints } from './recovery-points.ts';

/** Answers of some 12 KB. */
const KEPT = 1_000;
/** Under so many months of data every turning point is tentative. */
const CERTAIN_MONTHS = 48;

/** Everything about the recovery of one area. */
@Injectable()
export class RecoveryService {
  readonly kept = new KeptOfVintage<RecoveryAnswer>(KEPT);

  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(AreasService) private readonly areas: AreasService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(AdjustedSeriesService) private readonly adjustments: AdjustedSeriesService,
    @Inject(BreadthService) private readonly breadths: BreadthService,
    @Inject(NowcastService) private readonly nowcasts: NowcastService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async recovery(question: RecoveryQuestion): Promise<RecoveryAnswer> {
    const vintage = await this.vintages.of(question.source, question.asOf);
    return this.kept.of(vintage, question, () => this.compute(vintage, question));
  }

  private async compute(vintage: Vintage, question: RecoveryQuestion): Promise<RecoveryAnswer> {
    const { track, measure } = question;
    const area = await this.areas.of(vintage, question);
    const basis = await this.bases.of(vintage, question);
    const days = basis.days(area);
    const month = monthAsked(basis.months, question.month);
    const known = breadthMonths(vintage).filter((one) => one === month);
    const [adjustments, breadth] = await Promise.all([
      this.adjustments.of(vintage, track, measure),
      this.breadths.of(vintage, { track, measure }, [area], known),
    ]);
    const adjustment = await adjustments.of(area);
    const mergesFestival = hasFestival(vintage.homeCountry);
    await turns.next();
    const points = recoveryPoints(days, adjustment, { measure, mergesFestival });
    const end = month ?? addMonths(basis.months[0]?.month ?? '1970-01', -1);
    return {
      meta: metaOf(vintage),
      area: areaOf(area),
      track,
      measure,
      month,
      unit: UNIT_OF_MEASURE[measure],
      reference: basis.reference,
      holiday: holidayOf(adjustments.holiday),
      adjustedReason: 'reason' in adjustment ? adjustment.reason : null,
      points,
      growth: headlineGrowth(days, end, mergesFestival),
      lunarGrowth: lunarGrowth(days, end, STATE_MONTHS),
      state: stateAt(days, end, breadth(area, end), this.config.BELTLINE_DEAD_BAND),
      nowcast: await this.nowcasts.of(vintage, basis.set, days),
      trough: troughOf(
        points.filter((point) => point.month <= end),
        basis.reference,
      ),
      turningPoints: turnsOf(adjustment),
    };
  }
}

const holidayOf = ({ beta, standardError, observations, reason }: HolidayEffect) => ({
  coefficient: beta,
  standardError,
  observations,
  reason: reason === null ? null : ('too-little-data' as const),
});

/** The lowest month after the reference year, of the months up to the one in view. */
function troughOf(points: readonly RecoveryPoint[], reference: number | null): RecoveryAnswer['trough'] {
  const after = points.filter(({ month }) => reference !== null && month > `${reference}-12`);
  const found = trough(after.map(({ level }) => level));
  const lowest = found && after[found.index];
  return found && lowest
    ? {
        month: lowest.month,
        level: 100 - found.depth,
        monthsSince: found.monthsSince,
        regained: found.regained,
      }
    : null;
}

function turnsOf(adjustment: Adjustment): RecoveryAnswer['turningPoints'] {
  if ('reason' in adjustment) return [];
  const { months, adjusted } = adjustment;
  return turningPoints(adjusted).map(({ index, kind }) => ({
    month: months[index] ?? '',
    kind,
    tentative: months.length < CERTAIN_MONTHS,
  }));
}
