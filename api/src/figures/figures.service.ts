import { Inject, Injectable } from '@nestjs/common';
import type { Measure, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import {
  type Amount,
  type Amounts,
  buyersOf,
  eachMeasure,
  merchantsOf,
  NOTHING,
  sum,
  summed,
  UNKNOWN,
} from './amounts.ts';
import type { Compared } from './compared.ts';
import { isInTrack, TRACK_BIT } from './tracks.ts';

/** Amounts of the lines, orders, merchants … whose exclusive combination of tracks is this one. */
export interface CombinationAmounts {
  readonly combination: number;
  readonly amounts: Partial<Amounts>;
}

/**
 * Reads compared figures. Sums come from one query; distinct merchants and buyers of one whole month too, of several
 * months from the rollups that keep them by name, and of part months from nowhere: they are not known.
 */
@Injectable()
export class FiguresService {
  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** One belt, or the nation (null), by exclusive combination of tracks. */
  async byCombination(
    compared: Compared,
    beltId: string | null,
    measures: readonly Measure[],
  ): Promise<CombinationAmounts[]> {
    const { scope } = compared.vintage;
    const months = { ...distinctDays(compared), belt: beltId ?? '' };
    const needs = (measure: Measure) => compared.distinct === 'months' && measures.includes(measure);
    const [sums, merchants, buyers] = await Promise.all([
      this.clickhouse.ask(scope, queries.growthByCombination, { ...days(compared), belt: beltId ?? '' }),
      needs('merchants') ? this.clickhouse.ask(scope, queries.merchantsByCombination, months) : [],
      needs('buyers') ? this.clickhouse.ask(scope, queries.buyersByCombination, months) : [],
    ]);
    const isOneMonth = compared.distinct === 'one-month';
    return [
      ...sums.map((row) => ({
        combination: row.combination,
        amounts: {
          ...summed(row),
          ...(isOneMonth ? { merchants: merchantsOf(row), buyers: buyersOf(row) } : {}),
        },
      })),
      ...merchants.map((row) => ({ combination: row.combination, amounts: { merchants: merchantsOf(row) } })),
      ...buyers.map((row) => ({ combination: row.combination, amounts: { buyers: buyersOf(row) } })),
    ];
  }

  /** All belts on one track: the measure and, to judge the base, the orders. Belt '' = merchants without a belt. */
  async byBelt(
    compared: Compared,
    track: Track,
    measure: Measure,
  ): Promise<Map<string, { amount: Amount; orders: Amount }>> {
    const { scope } = compared.vintage;
    const on = { track_bit: TRACK_BIT[track] };
    const isDistinct = measure === 'merchants' || measure === 'buyers';
    const [sums, counts] = await Promise.all([
      this.clickhouse.ask(scope, queries.growthByBelt, { ...days(compared), ...on }),
      isDistinct && compared.distinct === 'months' ? this.distinctByBelt(compared, measure, on) : null,
    ]);
    const figures = new Map<string, { amount: Amount; orders: Amount }>();
    for (const row of sums) {
      const amounts: Amounts = { ...summed(row), merchants: merchantsOf(row), buyers: buyersOf(row) };
      const known = isDistinct && compared.distinct === 'unknown' ? UNKNOWN : amounts[measure];
      figures.set(row.belt_id, {
        amount: counts ? (counts.get(row.belt_id) ?? NOTHING) : known,
        orders: amounts.orders,
      });
    }
    return figures;
  }

  private async distinctByBelt(
    compared: Compared,
    measure: 'merchants' | 'buyers',
    on: { track_bit: number },
  ): Promise<Map<string, Amount>> {
    const { scope } = compared.vintage;
    const parameters = { ...distinctDays(compared), ...on };
    if (measure === 'merchants') {
      const rows = await this.clickhouse.ask(scope, queries.merchantsByBelt, parameters);
      return new Map(rows.map((row) => [row.belt_id, merchantsOf(row)]));
    }
    const rows = await this.clickhouse.ask(scope, queries.buyersByBelt, parameters);
    return new Map(rows.map((row) => [row.belt_id, buyersOf(row)]));
  }
}

/**
 * The amounts of a track: the sum over the combinations in it, because each unit is in exactly one combination. Of the
 * nation (null) only for who may see all of it: a part of it would pass for the whole.
 */
export function amountsOfTrack(
  parts: readonly CombinationAmounts[],
  track: Track,
  beltId: string | null,
  { distinct, vintage }: Compared,
): Amounts {
  if (beltId === null && vintage.scope.belts !== 'everything') return eachMeasure(() => UNKNOWN);
  const inTrack = parts.filter((part) => isInTrack(part.combination, track));
  return eachMeasure((measure) => {
    if (distinct === 'unknown' && (measure === 'merchants' || measure === 'buyers')) return UNKNOWN;
    return sum(inTrack.flatMap((part) => part.amounts[measure] ?? []));
  });
}

const days = ({ vintage, now, baseline }: Compared) => ({
  data_version: vintage.dataVersion,
  months: now.months,
  part_months: now.partMonths,
  first_day: now.firstDay,
  last_day: now.lastDay,
  baseline_months: baseline.months,
  baseline_part_months: baseline.partMonths,
  baseline_first_day: baseline.firstDay,
  baseline_last_day: baseline.lastDay,
});

const distinctDays = ({ vintage, now, baseline }: Compared) => ({
  data_version: vintage.dataVersion,
  months: now.months,
  baseline_months: baseline.months,
});
