import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, RecoveryState, Track } from '@beltline/contract';
import type { Month } from '../../core/calendar.ts';
import type { ResolvedArea } from '../../data/areas/area.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { stateAt } from './area-state.ts';
import { breadthPeriodOf, deadBandOf, evidenceFrom, figuresAt, WindowList } from './state-evidence.ts';
import { daysWithout, type OrderPart, ownersWithout } from './left-out.ts';
import type { RecoveryBasis } from './recovery-basis.service.ts';

/** The states of areas at the ends of months, with what they are told by. */
@Injectable()
export class StateService {
  constructor(
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /**
   * One row an area, one state a month, both in the order given. `without`: an order of an area that is left out of all it is told by.
   * @throws EngineError
   */
  async of(
    vintage: Vintage,
    question: { track: Track; measure: FlowMeasure },
    basis: RecoveryBasis,
    areas: readonly ResolvedArea[],
    months: readonly Month[],
    without: (area: ResolvedArea) => readonly OrderPart[] | undefined = () => undefined,
  ): Promise<RecoveryState[][]> {
    const known = areas[0] && basis.days(areas[0]);
    const windows = new WindowList();
    const breadthOf = months.map((month) => breadthPeriodOf(vintage, month));
    const evidenceOf = months.map((month) => known && evidenceFrom(windows, vintage, known, month));
    const found = await this.owners.of(vintage, question, areas, windows.all);
    const deadBand = deadBandOf(this.config);
    const states: RecoveryState[][] = [];
    for (const area of areas) {
      const parts = without(area);
      const all = basis.days(area);
      const days = parts ? daysWithout(all, parts) : all;
      const ofArea: RecoveryState[] = [];
      const owners = parts ? ownersWithout(found(area), windows.all, parts, all.series) : found(area);
      for (const [index, month] of months.entries()) {
        const breadthPeriod = breadthOf[index];
        const evidence = evidenceOf[index]?.(owners);
        if (!breadthPeriod || !evidence) continue;
        const figures = { ...figuresAt(days, month), breadthPeriod };
        ofArea.push(await turns.finish(stateAt(figures, evidence, deadBand)));
      }
      states.push(ofArea);
    }
    return states;
  }
}
