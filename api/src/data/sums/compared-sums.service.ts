import { Inject, Injectable } from '@nestjs/common';
import {
  type DistinctMeasure,
  isDistinct,
  MEASURE,
  type Measure,
  type Track,
  TRACKS,
} from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { areaBelts, isWithin } from '../areas/area.ts';
import type { ComparisonContext } from '../context/context.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import {
  type Amount,
  amountOf,
  type Amounts,
  eachFlow,
  eachMeasure,
  NO_SUMS,
  NOTHING,
  sum,
  type SummedAmounts,
  summed,
  UNKNOWN,
  unitsOf,
} from '../../core/amounts.ts';
import { ActiveUnitsService } from './active-units.service.ts';
import type { CombinationRow } from './month-sums.ts';
import { MonthSumsService } from './month-sums.service.ts';
import { OverlapService } from './overlap.service.ts';
import { addedUnknown, covering, type UnknownRow } from './unknown-buyers.ts';
import { isInTrack, TRACK_BIT } from '../../core/tracks.ts';

/** Amounts of what is in exactly this combination of tracks. */
export interface CombinationAmounts<Of = SummedAmounts> {
  readonly combination: number;
  readonly amounts: Of;
}

/** A measure, and the orders that tell whether its base is too small. */
export interface Measured {
  readonly amount: Amount;
  readonly orders: Amount;
}

/** Belt '' = merchants without a belt; a belt that sold nothing is not in it. */
export interface ByBelt {
  readonly belts: ReadonlyMap<string, Measured>;
  readonly whole: Measured;
}

/**
 * Reads compared figures. Sums come from one query; distinct merchants and buyers of whole months from sets, and of part
 * months from nowhere: they are not known.
 */
@Injectable()
export class ComparedSumsService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(MonthSumsService) private readonly sums: MonthSumsService,
    @Inject(OverlapService) private readonly overlap: OverlapService,
    @Inject(ActiveUnitsService) private readonly units: ActiveUnitsService,
  ) {}

  /**
   * An area, on each track; not known where the viewer may not see it as a whole, because a part would pass for it. Orders are
   * always counted, because they tell whether a base is too small; merchants and buyers where they are asked for, on the
   * tracks that are asked for: merging the sets of one track takes an eighth of merging all.
   */
  async byTrack(
    context: ComparisonContext,
    measures: readonly Measure[],
    tracks: readonly Track[] = TRACKS,
  ): Promise<Record<Track, Amounts>> {
    if (!isWithin(context.vintage.scope, context.area)) return eachTrack(() => eachMeasure(() => UNKNOWN));
    const active = (measure: DistinctMeasure) =>
      measures.includes(measure) ? this.activeByTrack(context, measure, tracks) : () => UNKNOWN;
    const sums = await this.sums.of(context.vintage);
    const [rows, others, merchants, buyers, unknown] = await Promise.all([
      sums.byTrack(context.vintage.scope, bothMonths(context), context.area),
      this.besideWholeMonths(context),
      active('merchants'),
      active('buyers'),
      measures.includes('buyers') ? this.unknownBuyers(context, tracks) : NOBODY,
    ]);
    const whole = new Map(rows.map((row) => [row.track, summed(row)]));
    return eachTrack((track) => {
      const flows = withOthers(whole.get(track) ?? NO_SUMS, others, track);
      return {
        ...flows,
        merchants: merchants(track),
        buyers: covering(buyers(track), unknown.get(TRACK_BIT[track]), flows.gmv),
      };
    });
  }

  /** What was sold to buyers that the source does not tell, by bit of the track; nothing where they are not counted at all. */
  private async unknownBuyers(
    context: ComparisonContext,
    tracks: readonly Track[],
  ): Promise<ReadonlyMap<number, UnknownRow>> {
    if (context.compared.distinct === 'unknown') return NOBODY;
    const rows = await this.clickhouse.ask(context.vintage.scope, queries.unknownBuyers, {
      ...wholeMonths(context),
      ...areaBelts(context.area),
      track_bits: tracks.map((track) => TRACK_BIT[track]),
      by_belt: 0,
    });
    return new Map(rows.map((row) => [row.track_bit, row]));
  }

  /** Sums over an area, by exclusive combination of tracks: each order once, under its combination in the area. */
  async byCombination(context: ComparisonContext): Promise<CombinationAmounts[]> {
    const sums = await this.sums.of(context.vintage);
    const [whole, others] = await Promise.all([
      sums.byCombination(context.vintage.scope, bothMonths(context), context.area),
      this.besideWholeMonths(context),
    ]);
    return [...whole.map(ofCombination), ...others];
  }

  /** What is to be added to the sums of whole months: days of part months, and less for orders of several belts. */
  private async besideWholeMonths(context: ComparisonContext): Promise<CombinationAmounts[]> {
    const { scope } = context.vintage;
    const [part, corrections] = await Promise.all([
      hasParts(context)
        ? this.clickhouse.ask(scope, queries.growthByCombinationPart, {
            ...partMonths(context),
            ...areaBelts(context.area),
          })
        : [],
      this.overlap.ordersOf(context),
    ]);
    return [
      ...part.map(ofCombination),
      ...corrections.map(({ combination, orders }) => ({ combination, amounts: { ...NO_SUMS, orders } })),
    ];
  }

  /** Distinct merchants of an area by exclusive combination: what each sold on over the period. */
  async merchantsByCombination(
    context: ComparisonContext,
  ): Promise<CombinationAmounts<{ merchants: Amount }>[]> {
    if (context.compared.distinct === 'unknown') return [];
    const rows = await this.clickhouse.ask(context.vintage.scope, queries.merchantsByCombination, {
      ...wholeMonths(context),
      ...areaBelts(context.area),
    });
    return rows.map((row) => ({ combination: row.combination, amounts: { merchants: unitsOf(row) } }));
  }

  private async activeByTrack(
    context: ComparisonContext,
    measure: DistinctMeasure,
    tracks: readonly Track[],
  ): Promise<(track: Track) => Amount> {
    if (context.compared.distinct === 'unknown') return () => UNKNOWN;
    const found = await this.units.byTrack(context, MEASURE[measure].distinct, tracks, bothMonths(context));
    const amount = (track: Track): Amount => {
      const counts = found.get(track);
      return counts ? unitsOf(counts) : NOTHING;
    };
    return (track) => (tracks.includes(track) ? amount(track) : UNKNOWN);
  }

  /**
   * All belts on one track, and an area as the whole that they are part of. The nation's figures are beside the belts' and
   * come with them; of another area they are asked for.
   */
  async byBelt(context: ComparisonContext, track: Track, measure: Measure): Promise<ByBelt> {
    const [{ belts, nation }, tracks] = await Promise.all([
      this.rolledUp(context, track, measure),
      context.area.level === 'nation' ? null : this.byTrack(context, [measure], [track]),
    ]);
    if (tracks === null) return { belts, whole: nation };
    const amounts = tracks[track];
    return { belts, whole: { amount: amounts[measure], orders: amounts.orders } };
  }

  /** Belts and nation as the rollups have them. The nation is not known where not everything may be seen. */
  private async rolledUp(
    context: ComparisonContext,
    track: Track,
    measure: Measure,
  ): Promise<{ belts: Map<string, Measured>; nation: Measured }> {
    const { scope } = context.vintage;
    const sums = await this.sums.of(context.vintage);
    const [whole, part, count, unknown] = await Promise.all([
      sums.byBelt(scope, bothMonths(context), track),
      hasParts(context)
        ? this.clickhouse.ask(scope, queries.growthByBeltPart, {
            ...partMonths(context),
            track_bit: TRACK_BIT[track],
          })
        : [],
      isDistinct(measure) ? this.activeByBelt(context, measure, track) : null,
      measure === 'buyers' ? this.unknownBuyersByBelt(context, track) : null,
    ]);
    const figures = { belt: new Map<string, Measured>(), nation: new Map<string, Measured>() };
    for (const row of [...whole, ...part]) {
      const before = figures[row.level].get(row.belt_id);
      const counted = count?.(row.level, row.belt_id);
      const amount = counted
        ? covering(counted, unknown?.(row.level, row.belt_id), amountOf('gmv', row))
        : isDistinct(measure)
          ? NOTHING
          : amountOf(measure, row);
      const orders = amountOf('orders', row);
      figures[row.level].set(
        row.belt_id,
        before
          ? { amount: count ? amount : sum([before.amount, amount]), orders: sum([before.orders, orders]) }
          : { amount, orders },
      );
    }
    const nobody = { amount: count?.('nation', '') ?? NOTHING, orders: NOTHING };
    const unseen = { amount: UNKNOWN, orders: UNKNOWN };
    const nation = scope.belts === 'everything' ? (figures.nation.get('') ?? nobody) : unseen;
    return { belts: figures.belt, nation };
  }

  /** Of the nation it is the sum over the belts, whose lines are its lines. */
  private async unknownBuyersByBelt(
    context: ComparisonContext,
    track: Track,
  ): Promise<(level: 'belt' | 'nation', beltId: string) => UnknownRow | undefined> {
    if (context.compared.distinct === 'unknown') return () => undefined;
    const rows = await this.clickhouse.ask(context.vintage.scope, queries.unknownBuyersByBelt, {
      ...wholeMonths(context),
      track_bits: [TRACK_BIT[track]],
      by_belt: 1,
    });
    const found = new Map(rows.map((row) => [row.belt, row]));
    const [first, ...others] = rows;
    const nation = first && others.reduce(addedUnknown, first);
    return (level, beltId) => (level === 'nation' ? nation : found.get(beltId));
  }

  private async activeByBelt(
    context: ComparisonContext,
    measure: DistinctMeasure,
    track: Track,
  ): Promise<(level: 'belt' | 'nation', beltId: string) => Amount> {
    if (context.compared.distinct === 'unknown') return () => UNKNOWN;
    const asked = { unit: MEASURE[measure].distinct, track };
    const rows = await this.units.byBelt(context.vintage, asked, bothMonths(context));
    const found = new Map(rows.map((row) => [`${row.level}/${row.belt_id}`, unitsOf(row)]));
    return (level, beltId) => found.get(`${level}/${beltId}`) ?? NOTHING;
  }
}

/** The sums of a track: over the combinations in it, because each line and order is in exactly one. */
export function amountsOfTrack(parts: readonly CombinationAmounts[], track: Track): SummedAmounts {
  const inTrack = parts.filter((part) => isInTrack(part.combination, track));
  return eachFlow((measure) => sum(inTrack.map((part) => part.amounts[measure])));
}

/** The sums of a track in whole months, and what of the others is in it. */
function withOthers(
  whole: SummedAmounts,
  others: readonly CombinationAmounts[],
  track: Track,
): SummedAmounts {
  if (others.length === 0) return whole;
  const inTrack = amountsOfTrack(others, track);
  return eachFlow((measure) => sum([whole[measure], inTrack[measure]]));
}

const ofCombination = (row: CombinationRow): CombinationAmounts => ({
  combination: row.combination,
  amounts: summed(row),
});

const eachTrack = <T>(of: (track: Track) => T): Record<Track, T> =>
  Object.fromEntries(TRACKS.map((track) => [track, of(track)])) as Record<Track, T>;

const NOBODY: ReadonlyMap<number, UnknownRow> = new Map();

const bothMonths = ({ compared: { now, baseline } }: ComparisonContext) => ({
  months: now.months,
  baseline_months: baseline.months,
});

const wholeMonths = (context: ComparisonContext) => ({
  data_version: context.vintage.dataVersion,
  ...bothMonths(context),
});

const hasParts = ({ compared: { now, baseline } }: ComparisonContext): boolean =>
  now.partMonths.length + baseline.partMonths.length > 0;

const partMonths = ({ vintage, compared: { now, baseline } }: ComparisonContext) => ({
  data_version: vintage.dataVersion,
  part_months: now.partMonths,
  part_days: now.partDays,
  baseline_part_months: baseline.partMonths,
  baseline_part_days: baseline.partDays,
});
