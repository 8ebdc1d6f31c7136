import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, RecoveryState, Track } from '@beltline/contract';
import type { Month } from '../../core/calendar.ts';
import type { ResolvedArea } from '../../data/areas/area.ts';
import { AreaOwners } from '../../data/owners/owner-windows.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { stateAt } from './area-state.ts';
import { breadthPeriodOf, deadBandOf, figuresAt, placesOf, WindowList } from './state-evidence.ts';
import type { AreaMonths } from './state-messages.ts';
import { StateThread } from './state-thread.ts';
import { daysWithout, type OrderPart, ownersWithout } from './left-out.ts';
import { evidenceAt } from './month-evidence.ts';
import type { RecoveryBasis } from './recovery-basis.service.ts';

interface Question {
  readonly track: Track;
  readonly measure: FlowMeasure;
}

interface StateQuestion {
  readonly months: readonly Month[];
  readonly without: (area: ResolvedArea) => readonly OrderPart[] | undefined;
}

/** Areas that the thread has before the one that is made ready: it never waits, and no more than these are in memory twice. */
const AHEAD = 2;

/** The states of areas at the ends of months, with what they are told by. */
@Injectable()
export class StateService {
  constructor(
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(StateThread) private readonly thread: StateThread,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /**
   * One row an area, one state a month, both in the order given. `without`: an order of an area that is left out of all it is told by.
   * @throws EngineError
   */
  async of(
    vintage: Vintage,
    question: Question,
    basis: RecoveryBasis,
    areas: readonly ResolvedArea[],
    months: readonly Month[],
    without: (area: ResolvedArea) => readonly OrderPart[] | undefined = () => undefined,
  ): Promise<RecoveryState[][]> {
    const states: RecoveryState[][] = areas.map(() => []);
    const count = await this.monthsTogether(vintage, question, areas, months);
    for (let from = 0; from < months.length; from += count) {
      const some = await this.together(vintage, question, basis, areas, {
        months: months.slice(from, from + count),
        without,
      });
      for (const [index, ofArea] of some.entries()) states[index]?.push(...ofArea);
    }
    return states;
  }

  /** Windows of all months of a belt are small. Those of the nation or from the engine are not: no more than one month's are in memory at a time. */
  private async monthsTogether(
    vintage: Vintage,
    { measure }: Question,
    areas: readonly ResolvedArea[],
    months: readonly Month[],
  ): Promise<number> {
    const areBelts = areas.every(({ beltIds }) => beltIds?.length === 1);
    const isTogether = months.length > 1 && areBelts && (await this.owners.areKept(vintage, measure));
    return isTogether ? months.length : 1;
  }

  private async together(
    vintage: Vintage,
    question: Question,
    basis: RecoveryBasis,
    areas: readonly ResolvedArea[],
    { months, without }: StateQuestion,
  ): Promise<RecoveryState[][]> {
    const [first] = areas;
    if (first === undefined) return [];
    const isMany = months.length > 1;
    if (isMany) this.thread.begin();
    const windows = new WindowList();
    const asked = months.map((month) => ({
      month,
      breadthPeriod: breadthPeriodOf(vintage, month),
      places: placesOf(windows, vintage, basis.days(first), month),
    }));
    const found = await this.owners.of(vintage, question, areas, windows.all);
    const deadBand = deadBandOf(this.config);
    const states: Promise<RecoveryState[]>[] = [];
    for (const [index, area] of areas.entries()) {
      const parts = without(area);
      const all = basis.days(area);
      const days = parts ? daysWithout(all, parts) : all;
      const sold = await found(area);
      const told = await turns.map(asked, ({ month, breadthPeriod, places }) => ({
        figures: { ...figuresAt(days, month), breadthPeriod },
        places,
      }));
      const ofArea: AreaMonths = {
        windows: parts ? ownersWithout(sold, windows.all, parts, all.series) : sold,
        months: told,
        deadBand,
      };
      const ofMonths = isMany ? this.thread.states(ofArea) : statesHere(ofArea);
      ofMonths.catch(() => undefined); // it may fail while another one is waited for
      states.push(ofMonths);
      await states[index - AHEAD];
    }
    return Promise.all(states);
  }
}

/** In turns with all else that is asked. */
async function statesHere({ windows, months, deadBand }: AreaMonths): Promise<RecoveryState[]> {
  const owners = new AreaOwners(windows);
  const states: RecoveryState[] = [];
  for (const { figures, places } of months)
    states.push(await turns.finish(stateAt(figures, evidenceAt(places, owners), deadBand)));
  return states;
}
