import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, QualityAnswer, QualityQuestion, RecoveryState } from '@beltline/contract';
import { type Month, monthOf } from '../../core/calendar.ts';
import { coveredPeriod } from '../../core/period.ts';
import { hasFestival, isFestivalShifted } from '../../core/spring-festival.ts';
import { areaOf, areasOf, isIn, type ResolvedArea } from '../../data/areas/area.ts';
import { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { dayAt, type DailySeries } from '../../data/daily/daily-series.ts';
import { windowTo } from '../../data/daily/months.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { asSystem, type Vintage } from '../../data/versions/vintage.ts';
import { turns } from '../../platform/turns.ts';
import { type Composition, composition } from '../../statistics/composition.ts';
import { breadthWindows, whyNoBreadth, wholeMonths } from '../breadth/breadth-windows.ts';
import { answerWith } from '../indicator.ts';
import { STATE_MONTHS } from '../recovery/area-facts.ts';
import { monthAsked } from '../recovery/month-asked.ts';
import { type RecoveryBasis, RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { StateService } from '../recovery/state.service.ts';
import { VersionStatesService } from '../states/version-states.service.ts';
import { agreementOf } from './agreement.ts';
import { type LargestOrders, LargestOrdersService } from './largest-orders.service.ts';
import { type BeltFacts, composedFigures, countsOf, rowOf } from './quality-figures.ts';
import { sumsOverLevels } from './levels.ts';
import { SourceQualityService } from './source-quality.service.ts';

const TRACK = 'all';
const WITHOUT = { kind: 'series', name: 'states-without-largest' } as const;

/** What is worked out for the belts of a month. */
interface Told {
  readonly facts: readonly BeltFacts[];
  readonly ofArea: Composition | null;
  readonly orders: LargestOrders;
  readonly window: { readonly from: number; readonly to: number };
}

/** What the figures of a data version are worth. */
@Injectable()
export class QualityService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(VersionStatesService) private readonly ofVersion: VersionStatesService,
    @Inject(StateService) private readonly states: StateService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(LargestOrdersService) private readonly largest: LargestOrdersService,
    @Inject(SourceQualityService) private readonly source: SourceQualityService,
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(VersionCache) private readonly cache: VersionCache,
  ) {}

  async quality(context: AreaContext, { measure, month: asked }: QualityQuestion): Promise<QualityAnswer> {
    const { vintage, area } = context;
    const [basis, ofSource] = await Promise.all([
      this.bases.of(vintage, { track: TRACK, measure }),
      this.source.of(vintage, area),
    ]);
    const month = monthAsked(basis.months, asked);
    const other = measure === 'orders' ? 'gmv' : 'orders';
    const belts = (await this.contexts.areas(context, 'belt')).filter(({ id }) => isIn(area, id));
    const told =
      month === null ? null : await this.told(vintage, { measure, other, month }, basis, area, belts);
    const facts = told?.facts ?? [];
    const rows = await turns.map(facts, (one) =>
      rowOf(one, measure, seriesOf(basis, one.area), told?.window ?? NO_WINDOW),
    );
    const { largest, ...counts } = countsOf(facts, rows);
    return {
      meta: context.meta,
      area: areaOf(area),
      measure,
      month,
      completeness: ofSource.completeness,
      timeliness: ofSource.timeliness,
      accuracy: {
        ...counts,
        ...composedFigures(told?.ofArea ?? null),
        largest: { reason: told && 'reason' in told.orders ? told.orders.reason : null, ...largest },
      },
      agreement: { other, ...agreementOf(facts) },
      levels: told && area.beltIds === null ? sumsOverLevels(basis.set, measure, told.window) : null,
      comparability: {
        ...ofSource.comparability,
        reference: basis.reference,
        festivalShifted: month !== null && isShifted(vintage, month),
        tooFewOwners: facts.filter(({ now }) => now.growth.uncertaintyReason === 'too-few-owners').length,
      },
      rows: rows.toSorted((a, b) => placeOf(b) - placeOf(a)),
    };
  }

  private async told(
    vintage: Vintage,
    { measure, other, month }: { measure: FlowMeasure; other: FlowMeasure; month: Month },
    basis: RecoveryBasis,
    area: ResolvedArea,
    belts: readonly ResolvedArea[],
  ): Promise<Told> {
    const window = windowTo(basis.months, month, STATE_MONTHS) ?? NO_WINDOW;
    const series = basis.set.nation;
    const otherBasis = await this.bases.of(vintage, { track: TRACK, measure: other });
    const asked = { track: TRACK, level: 'belt' } as const;
    const [now, byOther, orders, compositionOf, ofArea] = await Promise.all([
      this.ofVersion.ofMonth(vintage, { ...asked, measure }, basis.reference, month),
      this.ofVersion.ofMonth(vintage, { ...asked, measure: other }, otherBasis.reference, month),
      window === NO_WINDOW
        ? ({ byBelt: new Map() } as LargestOrders)
        : this.largest.of(vintage, measure, {
            from: dayAt(series, window.from),
            to: dayAt(series, window.to),
          }),
      this.compositions(vintage, measure, month, belts),
      this.compositions(vintage, measure, month, [area]),
    ]);
    const without = await this.withoutLargest(vintage, { measure, month }, orders);
    const facts = belts.flatMap((belt): BeltFacts[] => {
      const [own, others] = [now.get(belt.id), byOther.get(belt.id)];
      if (!own || !others) return [];
      return [
        {
          ...{ area: belt, now: own, other: others, composition: compositionOf.get(belt.id) ?? null },
          largest: 'reason' in orders ? undefined : orders.byBelt.get(belt.id),
          without: without.get(belt.id),
        },
      ];
    });
    return { facts, ofArea: ofArea.get(area.id) ?? null, orders, window };
  }

  /** Of areas of one level, by their id: the three months of breadth against the same a year before. */
  private async compositions(
    vintage: Vintage,
    measure: FlowMeasure,
    month: Month,
    areas: readonly ResolvedArea[],
  ): Promise<ReadonlyMap<string, Composition>> {
    if (whyNoBreadth(vintage, month) !== null) return new Map();
    const { now, before } = breadthWindows(vintage, month);
    const windows = [wholeMonths(before), wholeMonths(now)];
    const found = await this.owners.of(vintage, { track: TRACK, measure }, areas, windows);
    const compositions = new Map<string, Composition>();
    for (const area of areas) {
      const { sums, ownerOf, seeds } = await found(area);
      await turns.next();
      const [base = [], value = []] = sums;
      compositions.set(area.id, composition(base, value, { ownerOf, owners: seeds.length }));
    }
    return compositions;
  }

  /**
   * The states of belts without their largest order, by the function that makes those with it. Of every belt, once for a data version whoever asks: a state is
   * the same for every viewer, who takes those of belts that they see.
   */
  private withoutLargest(
    vintage: Vintage,
    { measure, month }: { measure: FlowMeasure; month: Month },
    orders: LargestOrders,
  ): Promise<ReadonlyMap<string, RecoveryState>> {
    if ('reason' in orders) return Promise.resolve(new Map());
    const whole = asSystem(vintage);
    return this.cache.of(whole, WITHOUT, { measure, month }, async () => {
      const [belts, basis] = await Promise.all([
        this.registry.all(whole),
        this.bases.of(whole, { track: TRACK, measure }),
      ]);
      const asked = areasOf('belt', belts).filter(({ id }) => orders.byBelt.has(id));
      const states = await this.states.of(
        whole,
        { track: TRACK, measure },
        basis,
        asked,
        [month],
        ({ id }) => orders.byBelt.get(id)?.parts,
      );
      return new Map(asked.flatMap(({ id }, index) => (states[index] ?? []).map((state) => [id, state])));
    });
  }
}

/** A share is below 1, so that a belt whose state changes stands before all others. */
const placeOf = ({ largest }: QualityAnswer['rows'][number]): number =>
  (largest?.changed ? 2 : 0) + (largest?.share.value ?? -1);

const NO_WINDOW = { from: -1, to: -1 } as const;

const seriesOf = (basis: RecoveryBasis, area: ResolvedArea): DailySeries => basis.days(area).series;

/** Whether the months of breadth, which owners are compared by, hold another number of the festival's days than a year before. */
function isShifted(vintage: Vintage, month: Month): boolean {
  if (!hasFestival(vintage.homeCountry)) return false;
  const { now, before } = breadthWindows(vintage, month);
  if (before.from < monthOf(vintage.loaded.firstDay)) return false;
  return isFestivalShifted(
    coveredPeriod(now.from, now.to, vintage.loaded),
    coveredPeriod(before.from, before.to, vintage.loaded),
  );
}

export const qualityAnswerer = answerWith('quality', 'area', QualityService, (service, context, question) =>
  service.quality(context, question),
);
