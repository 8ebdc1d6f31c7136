import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { AreaLevel, FlowMeasure, RecoveryState, Track } from '@beltline/contract';
import { addMonths, type Month, monthsThrough } from '../../core/calendar.ts';
import { at } from '../../core/vector.ts';
import { areasOf } from '../../data/areas/area.ts';
import { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import { KeptSeries } from '../../data/versions/kept-series.service.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import { asSystem, type Vintage } from '../../data/versions/vintage.ts';
import { VintageService } from '../../data/versions/vintage.service.ts';
import { turns } from '../../platform/turns.ts';
import { hasStates, monthAsked } from '../recovery/month-asked.ts';
import { RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { NowcastService } from '../nowcast/nowcast.service.ts';
import { StateService } from '../recovery/state.service.ts';

const STATES = { kind: 'series', name: 'states' } as const;

/** What the pages show before anybody has chosen anything: these measures of all lines, all belts, and a year back. */
const PREPARED = { track: 'all', measures: ['orders', 'gmv'], level: 'belt', months: 13 } as const;
/** The month that a page shows, and the one before, beside which it shows it. */
const SHOWN_FIRST = 2;
/** Whoever looks at a new version asks first. */
const PREPARE_AFTER_MS = 1_000;

/** Of the newest version, and of the one before, which others may still be answered from. */
const KEPT = { name: 'states', versions: 2 } as const;

interface Asked {
  readonly track: Track;
  readonly measure: FlowMeasure;
  readonly level: AreaLevel;
}

type StatesById = ReadonlyMap<string, RecoveryState>;

const isPrepared = ({ track, measure, level }: Asked): boolean =>
  track === PREPARED.track && level === PREPARED.level && PREPARED.measures.some((one) => one === measure);

/**
 * States of every area of a level at the end of a month, made once for a data version whoever asks: a state is the same for every viewer, who
 * takes those of areas that they see as a whole. Those of the pages are made in the background when a version is first seen, behind the steps of
 * every question, until a newer version is there; a question that comes meanwhile waits for the same making, which then takes its turns as a question does. They are kept for the programs that are started later.
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
    @Inject(KeptSeries) private readonly kept: KeptSeries,
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

  /** Of one month. @throws EngineError */
  async ofMonth(vintage: Vintage, asked: Asked, reference: number | null, month: Month): Promise<StatesById> {
    return at(await this.of(vintage, asked, reference, [month]), 0);
  }

  /**
   * Of each month by the area's id; `reference`: the base year, null where there is none. Months that nobody asked before are made together, which takes a
   * fraction of making one after the other: most of what they are told by is the same.
   * @throws EngineError
   */
  of(
    vintage: Vintage,
    { track, measure, level }: Asked,
    reference: number | null,
    months: readonly Month[],
  ): Promise<StatesById[]> {
    const whole = asSystem(vintage);
    // What a page asks besides makes them no other states.
    const asked = { track, measure, level };
    const questions = months.map((month) => ({ ...asked, reference, month }));
    return this.cache.all(whole, STATES, questions, async (missing) => {
      if (!isPrepared(asked))
        return this.make(
          whole,
          asked,
          reference,
          missing.map((place) => at(months, place)),
        );
      const kept = await this.kept.read<StatesById>(
        whole,
        KEPT,
        missing.map((place) => at(questions, place)),
      );
      const unknown = missing.filter((_, place) => !kept[place]);
      if (unknown.length === 0) return kept.filter((states) => states !== null);
      const made = await this.make(
        whole,
        asked,
        reference,
        unknown.map((place) => at(months, place)),
      );
      void this.kept.keep(
        whole,
        KEPT,
        unknown.map((place, index) => [at(questions, place), at(made, index)]),
      );
      return missing.map((place, index) => kept[index] ?? at(made, unknown.indexOf(place)));
    });
  }

  private async make(
    whole: Vintage,
    { track, measure, level }: Asked,
    reference: number | null,
    months: readonly Month[],
  ): Promise<StatesById[]> {
    const [belts, basis] = await Promise.all([
      this.registry.all(whole),
      this.bases.of(whole, { track, measure, reference: reference ?? undefined }),
    ]);
    const areas = areasOf(level, belts);
    const states = await this.states.of(whole, { track, measure }, basis, areas, months);
    return months.map(
      (_, place) =>
        new Map(
          areas.flatMap(({ id }, index) => {
            const state = states[index]?.[place];
            return state ? [[id, state] as const] : [];
          }),
        ),
    );
  }

  /**
   * The last month and the one before of each measure first, which is what a page shows first, then what nowcasts rest on, and then the months behind them,
   * together.
   */
  private async prepare(vintage: Vintage): Promise<void> {
    const { track, measures, level } = PREPARED;
    const whole = asSystem(vintage);
    const isNewest = () => this.newest.get(vintage.source) === vintage;
    const asked: { measure: FlowMeasure; reference: number | null; months: Month[] }[] = [];
    for (const measure of measures) {
      if (!isNewest()) return;
      const { reference, months } = await turns.behind(() => this.bases.months(whole, { track, measure }));
      const last = monthAsked(months, undefined);
      if (last === null) return;
      const back = monthsThrough(addMonths(last, 1 - PREPARED.months), last).reverse();
      asked.push({ measure, reference, months: back.filter((month) => hasStates(months, month)) });
    }
    const statesOf = async (from: number, to?: number) => {
      for (const { measure, reference, months } of asked) {
        if (!isNewest()) return;
        await turns.behind(() =>
          this.of(vintage, { track, measure, level }, reference, months.slice(from, to)),
        );
      }
    };
    await statesOf(0, SHOWN_FIRST);
    for (const measure of measures)
      if (isNewest()) await turns.behind(() => this.nowcasts.prepare(whole, { track, measure }));
    await statesOf(SHOWN_FIRST);
  }
}
