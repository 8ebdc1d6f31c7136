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
import { type AreaDays, comparedMonths, lunarGrowth, recoveryLevel, STATE_MONTHS } from './area-facts.ts';
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
    const windows = known ? months.flatMap((month) => windowsOf(vintage, known, month)) : [];
    const found = await this.owners.of(vintage, question, areas, windows);
    // The smallest number is no dead-band at all, and nothing is equal to it.
    const deadBand = Math.max(this.config.BELTLINE_DEAD_BAND, Number.EPSILON);
    const states: RecoveryState[][] = [];
    for (const area of areas) {
      const days = basis.days(area);
      const ofArea: RecoveryState[] = [];
      for (const [index, month] of months.entries()) {
        const figures = {
          level: recoveryLevel(days, month, STATE_MONTHS),
          growth: lunarGrowth(days, month, STATE_MONTHS),
          breadthPeriod: breadthPeriodOf(vintage, month),
        };
        ofArea.push(await turns.finish(stateAt(figures, evidenceOf(found(area), index), deadBand)));
      }
      states.push(ofArea);
    }
    return states;
  }
}

/** The windows of one month, in the order in which `evidenceOf` takes them. */
function windowsOf(vintage: Vintage, days: AreaDays, month: Month): MonthShares[] {
  const growth = comparedMonths(days, month, days.yearBefore);
  const before = growth?.before ?? null;
  const breadth = whyNoBreadth(vintage, month) === null ? breadthWindows(vintage, month) : null;
  return [
    growth?.now ?? comparedMonths(days, month, positions(days))?.now ?? NOTHING,
    before ?? NOTHING,
    comparedMonths(days, month, days.inReference)?.before ?? NOTHING,
    before
      ? wholeMonths({ from: monthOf(days.series.firstDay), to: [...before.keys()].sort().at(-1) ?? month })
      : NOTHING,
    breadth ? wholeMonths(breadth.before) : NOTHING,
    breadth ? wholeMonths(breadth.now) : NOTHING,
  ];
}
const WINDOWS_A_MONTH = 6;

/** Each day is its own counterpart. */
const positions = ({ series }: AreaDays): Int32Array => Int32Array.from(series.values.keys());

function evidenceOf(owners: OwnerWindows, index: number): MonthEvidence {
  const [now, before, reference, sofar, breadthBefore, breadthNow] = owners.sums.slice(
    index * WINDOWS_A_MONTH,
    (index + 1) * WINDOWS_A_MONTH,
  );
  const none = new Float64Array(owners.ownerOf.length);
  return {
    owners,
    now: now ?? none,
    before: before ?? none,
    reference: reference ?? none,
    sofar: sofar ?? none,
    breadthBefore: breadthBefore ?? none,
    breadthNow: breadthNow ?? none,
  };
}

function breadthPeriodOf(vintage: Vintage, month: Month) {
  const reason = whyNoBreadth(vintage, month);
  return reason === null ? { period: daysOfSpan(breadthWindows(vintage, month).now) } : { reason };
}
