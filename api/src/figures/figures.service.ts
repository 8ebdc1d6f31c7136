import { Inject, Injectable } from '@nestjs/common';
import { type Measure, type Track, TRACKS } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { areaBelts, type ResolvedArea } from '../areas/area.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import {
  type Amount,
  type Amounts,
  eachMeasure,
  NO_SUMS,
  NOTHING,
  sum,
  type SummedAmounts,
  summed,
  UNKNOWN,
  unitsOf,
} from './amounts.ts';
import type { Compared } from './compared.ts';
import { SpreadService } from './spread.service.ts';
import { isInTrack, TRACK_BIT } from './tracks.ts';

/** Amounts of what is in exactly this combination of tracks. */
export interface CombinationAmounts<Of = SummedAmounts> {
  readonly combination: number;
  readonly amounts: Of;
}

/** The measures of distinct units, and what the queries call these. */
const UNIT = { merchants: 'merchant', buyers: 'buyer' } as const;
type UnitMeasure = keyof typeof UNIT;
const isOfUnits = (measure: Measure): measure is UnitMeasure => measure in UNIT;

/**
 * Reads compared figures. Sums come from one query; distinct merchants and buyers of whole months from sets, and of part
 * months from nowhere: they are not known.
 */
@Injectable()
export class FiguresService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(SpreadService) private readonly spread: SpreadService,
  ) {}

  /**
   * An area, on each track. Of more than a belt only for who may see everything: a part would pass for the whole. Orders are
   * always counted, because they tell whether a base is too small; merchants and buyers where they are asked for, on the
   * tracks that are asked for: merging the sets of one track takes an eighth of merging all.
   */
  async byTrack(
    compared: Compared,
    area: ResolvedArea,
    measures: readonly Measure[],
    tracks: readonly Track[] = TRACKS,
  ): Promise<Record<Track, Amounts>> {
    const { scope } = compared.vintage;
    if (area.level !== 'belt' && scope.belts !== 'everything')
      return eachTrack(() => eachMeasure(() => UNKNOWN));
    const active = (measure: UnitMeasure) =>
      measures.includes(measure) ? this.activeByTrack(compared, area, measure, tracks) : () => UNKNOWN;
    const [parts, merchants, buyers] = await Promise.all([
      this.byCombination(compared, area),
      active('merchants'),
      active('buyers'),
    ]);
    return eachTrack((track) => ({
      ...amountsOfTrack(parts, track),
      merchants: merchants(track),
      buyers: buyers(track),
    }));
  }

  /** Sums over an area, by exclusive combination of tracks: each order once, under its combination in the area. */
  async byCombination(compared: Compared, area: ResolvedArea): Promise<CombinationAmounts[]> {
    const { scope } = compared.vintage;
    const of = areaBelts(area);
    const [whole, part, corrections] = await Promise.all([
      this.clickhouse.ask(scope, queries.growthByCombination, { ...wholeMonths(compared), ...of }),
      hasParts(compared)
        ? this.clickhouse.ask(scope, queries.growthByCombinationPart, { ...partMonths(compared), ...of })
        : [],
      this.spread.ordersOf(compared, area),
    ]);
    return [
      ...[...whole, ...part].map((row) => ({ combination: row.combination, amounts: summed(row) })),
      ...corrections.map(({ combination, orders }) => ({ combination, amounts: { ...NO_SUMS, orders } })),
    ];
  }

  /** Distinct merchants of an area by exclusive combination: what each sold on over the period. */
  async merchantsByCombination(
    compared: Compared,
    area: ResolvedArea,
  ): Promise<CombinationAmounts<{ merchants: Amount }>[]> {
    if (compared.distinct === 'unknown') return [];
    const rows = await this.clickhouse.ask(compared.vintage.scope, queries.merchantsByCombination, {
      ...wholeMonths(compared),
      ...areaBelts(area),
    });
    return rows.map((row) => ({ combination: row.combination, amounts: { merchants: unitsOf(row) } }));
  }

  private async activeByTrack(
    compared: Compared,
    area: ResolvedArea,
    measure: UnitMeasure,
    tracks: readonly Track[],
  ): Promise<(track: Track) => Amount> {
    if (compared.distinct === 'unknown') return () => UNKNOWN;
    const rows = await this.clickhouse.ask(compared.vintage.scope, queries.activeByTrack, {
      ...wholeMonths(compared),
      ...areaBelts(area),
      unit: UNIT[measure],
      track_bits: tracks.map((track) => TRACK_BIT[track]),
    });
    const found = new Map(rows.map((row) => [row.track_bit, unitsOf(row)]));
    return (track) => (tracks.includes(track) ? (found.get(TRACK_BIT[track]) ?? NOTHING) : UNKNOWN);
  }

  /** All belts on one track: the measure and, to judge the base, the orders. Belt '' = merchants without a belt. */
  async byBelt(
    compared: Compared,
    track: Track,
    measure: Measure,
  ): Promise<Map<string, { amount: Amount; orders: Amount }>> {
    const on = { track_bit: TRACK_BIT[track] };
    const { scope } = compared.vintage;
    const [whole, part, count] = await Promise.all([
      this.clickhouse.ask(scope, queries.growthByBelt, { ...wholeMonths(compared), ...on }),
      hasParts(compared)
        ? this.clickhouse.ask(scope, queries.growthByBeltPart, { ...partMonths(compared), ...on })
        : [],
      isOfUnits(measure) ? this.activeByBelt(compared, measure, on) : null,
    ]);
    const figures = new Map<string, { amount: Amount; orders: Amount }>();
    for (const row of [...whole, ...part]) {
      const amounts = summed(row);
      const amount = isOfUnits(measure) ? NOTHING : amounts[measure];
      const before = figures.get(row.belt_id) ?? { amount: NOTHING, orders: NOTHING };
      figures.set(row.belt_id, {
        amount: count?.(row.belt_id) ?? sum([before.amount, amount]),
        orders: sum([before.orders, amounts.orders]),
      });
    }
    return figures;
  }

  private async activeByBelt(
    compared: Compared,
    measure: UnitMeasure,
    on: { track_bit: number },
  ): Promise<(beltId: string) => Amount> {
    if (compared.distinct === 'unknown') return () => UNKNOWN;
    const rows = await this.clickhouse.ask(compared.vintage.scope, queries.activeByBelt, {
      ...wholeMonths(compared),
      ...on,
      unit: UNIT[measure],
    });
    const found = new Map(rows.map((row) => [row.belt_id, unitsOf(row)]));
    return (beltId) => found.get(beltId) ?? NOTHING;
  }
}

/** The sums of a track: over the combinations in it, because each line and order is in exactly one. */
export function amountsOfTrack(parts: readonly CombinationAmounts[], track: Track): SummedAmounts {
  const inTrack = parts.filter((part) => isInTrack(part.combination, track));
  const of = (measure: keyof SummedAmounts) => sum(inTrack.map((part) => part.amounts[measure]));
  return { orders: of('orders'), pieces: of('pieces'), gmv: of('gmv'), 'net-gmv': of('net-gmv') };
}

const eachTrack = <T>(of: (track: Track) => T): Record<Track, T> =>
  Object.fromEntries(TRACKS.map((track) => [track, of(track)])) as Record<Track, T>;

const wholeMonths = ({ vintage, now, baseline }: Compared) => ({
  data_version: vintage.dataVersion,
  months: now.months,
  baseline_months: baseline.months,
});

const hasParts = ({ now, baseline }: Compared): boolean =>
  now.partMonths.length + baseline.partMonths.length > 0;

const partMonths = ({ vintage, now, baseline }: Compared) => ({
  data_version: vintage.dataVersion,
  part_months: now.partMonths,
  first_day: now.firstDay,
  last_day: now.lastDay,
  baseline_part_months: baseline.partMonths,
  baseline_first_day: baseline.firstDay,
  baseline_last_day: baseline.lastDay,
});
