import { Inject, Injectable } from '@nestjs/common';
import type {
  BriefFigure,
  RecoveryPoint,
  RecoveryUncertaintyAnswer,
  RecoveryUncertaintyQuestion,
  SureFigure,
} from '@beltline/contract';
import { addMonths } from '../../core/calendar.ts';
import { festivalMonths } from '../../core/merged-months.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import type { AreaContext } from '../../data/context/context.ts';
import type { Adjustment } from '../../data/daily/adjusted-series.service.ts';
import { areaOf } from '../../data/areas/area.ts';
import { sure, sureGrowth, uncertaintyOf } from '../../data/owners/figure-error.ts';
import { type OwnerMonths, ownerMonths, wholly } from '../../data/owners/owner-months.ts';
import type { MonthShares } from '../../data/owners/owner-windows.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { turns } from '../../platform/turns.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { answerWith } from '../indicator.ts';
import { type AreaDays, comparedMonths } from './area-facts.ts';
import { levelRatio } from './area-state.ts';
import { levelMonths } from './recovery-level.ts';
import { RecoveryBasisService } from './recovery-basis.service.ts';
import { recoveryPoints } from './recovery-points.ts';

type Rates = RecoveryUncertaintyAnswer['points'][number];

/** How sure level and growth of each month of an area are: states look at three months together, a chart shows each alone. */
@Injectable()
export class RecoveryUncertaintyService {
  constructor(
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
  ) {}

  /** @throws ProblemError where the reference year is not completely loaded. @throws EngineError */
  async of(
    { vintage, area, meta }: AreaContext,
    question: RecoveryUncertaintyQuestion,
  ): Promise<RecoveryUncertaintyAnswer> {
    const { track, measure } = question;
    const basis = await this.bases.of(vintage, question);
    const days = basis.days(area);
    const mergesFestival = hasFestival(vintage.homeCountry);
    await turns.next();
    const points = recoveryPoints(days, UNADJUSTED, { measure, mergesFestival });
    const owners = await ownerMonths(
      this.owners,
      vintage,
      { track, measure },
      area,
      points.map(({ month }) => month),
    );
    return {
      meta,
      area: areaOf(area),
      track,
      measure,
      reference: basis.reference,
      points: await turns.map(points, (point) => ratesOf(owners, days, point)),
    };
  }
}

/** What is asked here is not of adjusted values. */
const UNADJUSTED: Adjustment = { reason: 'too-little-data' };

function ratesOf(owners: OwnerMonths, days: AreaDays, point: RecoveryPoint): Rates {
  const { month } = point;
  const together = point.merged ? festivalMonths(month) : [month];
  const aligned = comparedMonths(days, month, days.yearsBefore(1), 1);
  const rate = (growth: BriefFigure, over: MonthShares | undefined, under: MonthShares | undefined) =>
    growth.value === null
      ? sure(growth, 'no-data')
      : sureGrowth(growth, ratioError({ over: owners.of(over), under: owners.of(under), scale: 'log' }));
  return {
    month,
    growth: rate(point.growth, wholly(together), wholly(together.map((one) => addMonths(one, -12)))),
    lunarGrowth: rate(point.lunarGrowth, aligned?.now, aligned?.before),
    level: sureLevel(point.level, () => {
      const parts = levelMonths(days, month, 1);
      // Also where there is no year before to grow against.
      const now = owners.of(aligned?.now ?? comparedMonths(days, month, days.yearsBefore(0), 1)?.now);
      if (parts === null) return 'too-few-owners';
      const seasons = parts.seasons.map(({ window, year }) => ({
        window: owners.of(window),
        year: owners.of(year),
      }));
      const base = owners.of(parts.base).map((value) => value / parts.base.size);
      return ratioError(levelRatio(now, { base, seasons }));
    }),
  };
}

/** A level with its interval, around the exact one. */
function sureLevel(level: BriefFigure, errorOf: () => ReturnType<typeof ratioError>): SureFigure {
  if (level.value === null) return sure(level, 'no-data');
  const error = errorOf();
  if (typeof error === 'string') return sure(level, error);
  return sure(
    level,
    uncertaintyOf({ ...error, ratio: level.value / 100 }, (ratio) => 100 * ratio),
  );
}

export const recoveryUncertaintyAnswerer = answerWith(
  'recoveryUncertainty',
  'area',
  RecoveryUncertaintyService,
  (service, context, question) => service.of(context, question),
);
