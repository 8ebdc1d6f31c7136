import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { AreaLevel, FlowMeasure, RecoveryState, Track } from '@beltline/contract';
import { addMonths, type Month, monthsThrough } from '../../core/calendar.ts';
import { areasOf } from '../../data/areas/area.ts';
import { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import { asSystem, type Vintage } from '../../data/versions/vintage.ts';
import { VintageService } from '../../data/versions/vintage.service.ts';
import { turns } from '../../platform/turns.ts';
import { hasStates, monthAsked } from '../recovery/month-asked.ts';
import { type RecoveryBasis, RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { NowcastService } from '../nowcast/nowcast.service.ts';
import { StateService } from '../recovery/state.service.ts';

const STATES = { kind: 'series', name: 'states' } as const;

/** What the pages show before anybody has chosen anything: these measures of all lines, all belts, and a year back. */
const PREPARED = { track: 'all', measures: ['orders', 'gmv'], level: 'belt', months: 13 } as const;
/** Whoever looks at a new version asks first. */
const PREPARE_AFTER_MS = 1_000;

interface Asked {
  readonly track: Track;
  readonly measure: FlowMeasure;
  readonly level: AreaLevel;
}

/**
 * States of every area of a level at the end of a month, made once for a data version whoever asks: a state is the same for every viewer, who
 * takes those of areas that they see as a whole. Those of the pages are made in the background when a version is first seen, month by month, behind the steps of
 * every question, until a newer version is there; a question that comes meanwhile waits for the same making, which then takes its turns as a question does.
 */
@Injectable()
export class VersionStatesService implements OnModuleDestroy {
  /** The newest version of each source. */
  private readonly newest = new Map<string, Vintage>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(StateService) private readonly states: StateService,
    @Inject(NowcastService) private readonly nowcasts: NowcastService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(VintageService) vintages: VintageService,
  ) {
    vintages.onNew((vintage) => {
      this.newest.set(vintage.source, vintage);
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        // What fails here fails again, and is told, where it is asked for.
        void this.prepare(vintage).catch(() => undefined);
      }, PREPARE_AFTER_MS);
      this.timers.add(timer);
    });
  }

  onModuleDestroy(): void {
    this.newest.clear();
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** By the area's id; `reference`: the base year, null where there is none. @throws EngineError */
  of(
    vintage: Vintage,
    { track, measure, level }: Asked,
    reference: number | null,
    month: Month,
  ): Promise<ReadonlyMap<string, RecoveryState>> {
    const whole = asSystem(vintage);
    return this.cache.of(whole, STATES, { track, measure, level, reference, month }, async () => {
      const [belts, basis] = await Promise.all([
        this.registry.all(whole),
        this.bases.of(whole, { track, measure, reference: reference ?? undefined }),
      ]);
      const areas = areasOf(level, belts);
      const states = await this.states.of(whole, { track, measure }, basis, areas, [month]);
      return new Map(areas.flatMap(({ id }, index) => (states[index] ?? []).map((state) => [id, state])));
    });
  }

  /** The last month of each measure first, which is what a page shows first, and then what nowcasts rest on. */
  private async prepare(vintage: Vintage): Promise<void> {
    const { track, measures, level } = PREPARED;
    const bases: [FlowMeasure, RecoveryBasis][] = [];
    for (const measure of measures) {
      if (this.newest.get(vintage.source) !== vintage) return;
      const basis = await turns.behind(() => this.bases.of(asSystem(vintage), { track, measure }));
      bases.push([measure, basis]);
    }
    const months = bases[0]?.[1].months ?? [];
    const last = monthAsked(months, undefined);
    if (last === null) return;
    const asked = monthsThrough(addMonths(last, 1 - PREPARED.months), last).reverse();
    for (const month of asked.filter((one) => hasStates(months, one))) {
      for (const [measure, basis] of bases) {
        if (this.newest.get(vintage.source) !== vintage) return;
        // Each by itself: who comes to wait for one month waits for no other.
        await turns.behind(() => this.of(vintage, { track, measure, level }, basis.reference, month));
      }
      if (month === last)
        for (const measure of measures)
          await turns.behind(() => this.nowcasts.prepare(asSystem(vintage), { track, measure }));
    }
  }
}
