import { Inject, Injectable } from '@nestjs/common';
import type { ClockAnswer, ClockQuestion } from '@beltline/contract';
import { known } from '../../core/brief-figure.ts';
import { addMonths, type Month, monthsThrough } from '../../core/calendar.ts';
import { ratioOf, whyNoRatio } from '../../core/ratio.ts';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { sumOver } from '../../data/daily/daily-series.ts';
import { seriesOfArea } from '../../data/daily/daily-series.service.ts';
import { lastComplete, windowTo } from '../../data/daily/months.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { ownerSums, type OwnerWindows } from '../../data/owners/owner-windows.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { turns } from '../../platform/turns.ts';
import {
  clockErrors,
  clockIntervals,
  clockQuadrant,
  QUARTER_MONTHS,
  quadrantProbability,
  YEAR_MONTHS,
} from '../../statistics/clock.ts';
import type { NoError } from '../../statistics/owner-bootstrap.ts';
import { certaintyOf } from '../../statistics/recovery.ts';
import { answerWith } from '../indicator.ts';
import { type AreaDays, comparedMonths } from '../recovery/area-facts.ts';
import { type RecoveryBasis, RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { type Placed, placeOf } from './clock-place.ts';

type ClockPoint = ClockAnswer['areas'][number]['points'][number];

/** Months whose owners are held at once: each needs four sums of every merchant. */
const MONTHS_AT_ONCE = 12;

/** Every area of a level as a point a month on the clock. */
@Injectable()
export class ClockService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(RecoveryBasisService) private readonly basis: RecoveryBasisService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
  ) {}

  async clock(context: Context, question: ClockQuestion): Promise<ClockAnswer> {
    const { vintage, meta } = context;
    const { track, measure, level } = question;
    const [areas, basis] = await Promise.all([
      this.contexts.areas(context, level),
      this.basis.of(vintage, { track, measure }),
    ]);
    const last = lastComplete(basis.months)?.month ?? null;
    const first = basis.months[0]?.month ?? '';
    const start = last === null ? '' : addMonths(last, 1 - question.months);
    const months = last === null ? [] : monthsThrough(start > first ? start : first, last);
    const placed = await turns.map(areas, (area) => {
      const days = basis.days(area);
      return months.map((month) => placeOf(days, month));
    });
    const points = await this.points(vintage, question, { areas, basis, months, placed });
    const year = last === null ? null : windowTo(basis.months, last, YEAR_MONTHS);
    const total = year && sumOver(basis.set.nation, year.from, year.to);
    return {
      ...{ meta, level, track, measure, months },
      areas: areas.map((area, index) => {
        const value = year && sumOver(seriesOfArea(basis.set, area), year.from, year.to);
        return {
          area: areaOf(area),
          share: known(ratioOf(value, total), whyNoRatio(total) ?? 'no-data'),
          reason: placed[index]?.findLast((place) => typeof place === 'string') ?? null,
          points: points[index] ?? [],
        };
      }),
    };
  }

  /** Places with what their owners say of them. @throws EngineError */
  private async points(
    vintage: Vintage,
    question: ClockQuestion,
    asked: {
      readonly areas: readonly ResolvedArea[];
      readonly basis: RecoveryBasis;
      readonly months: readonly Month[];
      readonly placed: readonly (readonly Placed[])[];
    },
  ): Promise<ClockPoint[][]> {
    const { areas, basis, months, placed } = asked;
    const points: ClockPoint[][] = areas.map(() => []);
    const known = areas[0] && basis.days(areas[0]);
    if (known === undefined) return points;
    for (let from = 0; from < months.length; from += MONTHS_AT_ONCE) {
      const some = months.slice(from, from + MONTHS_AT_ONCE);
      const windows = some.flatMap((month) => windowsOf(known, month));
      const found = await this.owners.of(vintage, question, areas, windows);
      for (const [index, area] of areas.entries()) {
        const owners = await found(area);
        const places = placed[index]?.slice(from, from + MONTHS_AT_ONCE) ?? [];
        points[index]?.push(...(await turns.map(places, (place, at) => pointOf(place, owners, at))));
      }
    }
    return points;
  }
}

const WINDOWS_A_MONTH = 4;
const NOTHING: ReadonlyMap<Month, number> = new Map();

/** What is asked of owners for one month: both windows, each with what it is compared with. */
function windowsOf(days: AreaDays, month: Month) {
  return [YEAR_MONTHS, QUARTER_MONTHS].flatMap((count) => {
    const compared = comparedMonths(days, month, days.yearsBefore(1), count);
    return [compared?.now ?? NOTHING, compared?.before ?? NOTHING];
  });
}

function pointOf(place: Placed | undefined, owners: OwnerWindows, month: number): ClockPoint {
  if (place === undefined || typeof place === 'string') return null;
  const { x, y } = place;
  const quadrant = clockQuadrant(x, y);
  const errors = errorsOf(owners, month);
  if (typeof errors === 'string')
    return { x, y, quadrant, certainty: null, interval: null, intervalReason: errors };
  return {
    ...{ x, y, quadrant },
    certainty: certaintyOf(quadrantProbability(x, y, errors)),
    interval: clockIntervals(x, y, errors),
    intervalReason: null,
  };
}

function errorsOf(owners: OwnerWindows, month: number): ReturnType<typeof clockErrors> | NoError {
  const at = month * WINDOWS_A_MONTH;
  const [year, yearBefore, quarter, quarterBefore] = owners.sums
    .slice(at, at + WINDOWS_A_MONTH)
    .map((sums) => ownerSums(owners, sums));
  if (!year || !yearBefore || !quarter || !quarterBefore) return 'too-few-owners';
  return clockErrors({ year, yearBefore, quarter, quarterBefore });
}

export const clockAnswerer = answerWith('clock', 'version', ClockService, (service, context, question) =>
  service.clock(context, question),
);
