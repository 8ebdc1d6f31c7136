import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, RecoveryState, Track } from '@beltline/contract';
import { type Month, monthOf } from '../../core/calendar.ts';
import type { ResolvedArea } from '../../data/areas/area.ts';
import { type MonthShares, OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import type { OwnerWindows } from '../../data/owners/owner-windows.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { breadthWindows, daysOfSpan, whyNoBreadth, wholeMonths } from '../breadth/breadth-windows.ts';
import { type AreaDays, comparedMonths, lunarGrowth, STATE_MONTHS } from './area-facts.ts';
import { levelMonths, levelWithoutOutliers, recoveryLevel } from './recovery-level.ts';
import { type MonthEvidence, stateAt } from './area-state.ts';
import type { RecoveryBasis } from './recovery-basis.service.ts';

const NOTHING: MonthShares = new Map();

/** The states of areas at the ends of months, with what they are told by. */
@Injectable()
export class StateService {
  constructor(
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** One row an area, one state a month, both in the order given. @throws EngineError */
  async of(
    vintage: Vintage,
    question: { track: Track; measure: FlowMeasure },
    basis: RecoveryBasis,
    areas: readonly ResolvedArea[],
    months: readonly Month[],
  ): Promise<RecoveryState[][]> {
    const known = areas[0] && basis.days(areas[0]);
    const windows = new WindowList();
    const breadthOf = months.map((month) => breadthPeriodOf(vintage, month));
    const evidenceOf = months.map((month) => known && evidenceFrom(windows, vintage, known, month));
    const found = await this.owners.of(vintage, question, areas, windows.all);
    // The smallest number is no dead-band at all, and nothing is equal to it.
    const deadBand = Math.max(this.config.BELTLINE_DEAD_BAND, Number.EPSILON);
    const states: RecoveryState[][] = [];
    for (const area of areas) {
      const days = basis.days(area);
      const ofArea: RecoveryState[] = [];
      const owners = found(area);
      for (const [index, month] of months.entries()) {
        const breadthPeriod = breadthOf[index];
        const evidence = evidenceOf[index]?.(owners);
        if (!breadthPeriod || !evidence) continue;
        const level = recoveryLevel(days, month, STATE_MONTHS);
        const figures = {
          level,
          levelWithoutOutliers: levelWithoutOutliers(days, month, STATE_MONTHS, level),
          growth: lunarGrowth(days, month, STATE_MONTHS),
          breadthPeriod,
        };
        ofArea.push(await turns.finish(stateAt(figures, evidence, deadBand)));
      }
      states.push(ofArea);
    }
    return states;
  }
}

/** Windows that are asked for together; each is named by its place. */
class WindowList {
  readonly all: MonthShares[] = [];

  /** Adds a window; what it gives is the sums of its merchants. */
  add(window: MonthShares | null | undefined): (owners: OwnerWindows) => Float64Array {
    const place = this.all.push(window ?? NOTHING) - 1;
    return ({ sums, ownerOf }) => sums[place] ?? new Float64Array(ownerOf.length);
  }
}

/** Asks for the windows of one month; what it gives makes its evidence of what was found. */
function evidenceFrom(
  windows: WindowList,
  vintage: Vintage,
  days: AreaDays,
  month: Month,
): (owners: OwnerWindows) => MonthEvidence {
  const growth = comparedMonths(days, month, days.yearsBefore(1));
  const before = growth?.before ?? null;
  const breadth = whyNoBreadth(vintage, month) === null ? breadthWindows(vintage, month) : null;
  const level = levelMonths(days, month);
  const places = {
    now: windows.add(growth?.now ?? comparedMonths(days, month, days.yearsBefore(0))?.now),
    before: windows.add(before),
    sofar: windows.add(
      before &&
        wholeMonths({ from: monthOf(days.series.firstDay), to: [...before.keys()].sort().at(-1) ?? month }),
    ),
    breadthBefore: windows.add(breadth && wholeMonths(breadth.before)),
    breadthNow: windows.add(breadth && wholeMonths(breadth.now)),
  };
  const ofLevel = level && {
    base: windows.add(level.base),
    seasons: level.seasons.map(({ window, year }) => ({
      window: windows.add(window),
      year: windows.add(year),
    })),
  };
  return (owners) => ({
    owners,
    now: places.now(owners),
    before: places.before(owners),
    sofar: places.sofar(owners),
    breadthBefore: places.breadthBefore(owners),
    breadthNow: places.breadthNow(owners),
    level: ofLevel && {
      base: ofLevel.base(owners),
      seasons: ofLevel.seasons.map(({ window, year }) => ({ window: window(owners), year: year(owners) })),
    },
  });
}

function breadthPeriodOf(vintage: Vintage, month: Month) {
  const reason = whyNoBreadth(vintage, month);
  return reason === null ? { period: daysOfSpan(breadthWindows(vintage, month).now) } : { reason };
}
