import { Inject, Injectable } from '@nestjs/common';
import type { Figure, NewSkusAnswer, NewSkusQuestion, Period, Reason } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { addMonths, firstDayOf, monthOf, monthsThrough } from '../../core/calendar.ts';
import { toldUncovered } from '../../core/compare.ts';
import { figureOf, missing } from '../../core/figure.ts';
import { isCut, isInGap } from '../../core/period.ts';
import { hasTooFewOrders } from '../../core/ratio.ts';
import { areaBelts } from '../../data/areas/area.ts';
import { withError } from '../../data/owners/figure-error.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { partOf } from '../../data/sums/unknown-buyers.ts';
import { ComparedSumsService } from '../../data/sums/compared-sums.service.ts';
import { shareError } from '../../statistics/split-errors.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { frameOf } from '../decomposition/decomposition-context.ts';
import { answerWith } from '../indicator.ts';

/** A SKU is new where it sold nothing in so many months before the period: a season that comes back is not new. */
const MONTHS_BEFORE = 12;

const DEFINITION = 'new-skus';

/** How much of a period's value comes from SKUs that were not sold in the year before it. */
@Injectable()
export class NewSkusService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(ComparedSumsService) private readonly sums: ComparedSumsService,
  ) {}

  async share(context: ComparisonContext, question: NewSkusQuestion): Promise<NewSkusAnswer> {
    const { period, baseline } = context.compared.meta;
    const { all } = await this.sums.byTrack(context, ['gmv'], ['all']);
    const [now, before] = await Promise.all([
      this.of(context, period, all.orders.value),
      baseline === null ? null : this.of(context, baseline, all.orders.baseline),
    ]);
    return {
      ...frameOf(context, question),
      share: now.share,
      baselineShare: before?.share ?? missing(DEFINITION, 'ratio', 'no-baseline'),
      skus: now.skus,
      newSkus: now.newSkus,
      ...((now.unknownPart > 0 || (before?.unknownPart ?? 0) > 0) && {
        uncovered: toldUncovered(
          { value: now.unknownPart, baseline: before?.unknownPart ?? null },
          context.compared.conditions,
        ),
      }),
    };
  }

  private async of(
    { vintage, area, compared }: ComparisonContext,
    period: Period,
    orders: number | null,
  ): Promise<Found> {
    const start = monthOf(firstDayOf(period.from));
    const earlier = monthsThrough(addMonths(start, -MONTHS_BEFORE), addMonths(start, -1));
    const reason = whyNot(period, earlier, vintage.loaded);
    if (reason !== null) return without(reason);
    const [row] = await this.clickhouse.ask(vintage.scope, queries.newSkus, {
      data_version: vintage.dataVersion,
      ...areaBelts(area),
      months: monthsThrough(period.from, period.to).map(firstDayOf),
      earlier_months: earlier.map(firstDayOf),
    });
    const { value = 0, new_value = 0, sku_count = 0, new_count = 0, owner_sums = [] } = row ?? {};
    const unknown = row?.unknown_value ?? 0;
    const unknownPart = partOf(unknown, value + unknown) ?? 0;
    if (row && sku_count === 0) return without('not-told', unknownPart);
    const share = figureOf({
      definition: DEFINITION,
      unit: 'ratio',
      numerator: new_value / 100,
      denominator: value / 100,
      value: (ratio) => ratio,
      period: { firstDay: period.firstDay, lastDay: period.lastDay },
      baseline: null,
      coverage: period.coverage,
      baseTooSmall: hasTooFewOrders((orders ?? 0) / 100, compared.conditions.minBase),
    });
    return { share: shareWithError(share, owner_sums), skus: sku_count, newSkus: new_count, unknownPart };
  }
}

/** `unknownPart`: of the GMV, what the source tells no SKU of. */
interface Found {
  readonly share: Figure;
  readonly skus: number | null;
  readonly newSkus: number | null;
  readonly unknownPart: number;
}

const without = (reason: Reason, unknownPart = 0): Found => ({
  ...{ share: missing(DEFINITION, 'ratio', reason), skus: null, newSkus: null },
  unknownPart,
});

/** A share with its interval, from the value of new SKUs and of all SKUs of each owner, one owner after the other. */
function shareWithError(share: Figure, sums: readonly number[]): Figure {
  const isOwn = (column: number) => (_: number, index: number) => index % 2 === column;
  const [fresh, all] = [0, 1].map((column) => Float64Array.from(sums.filter(isOwn(column)))) as [
    Float64Array,
    Float64Array,
  ];
  return withError(share, shareError(fresh, all), (ratio) => ratio);
}

/** SKUs are kept by whole month, and one is known to be new only where all of the months before are loaded. */
function whyNot(
  period: Period,
  earlier: readonly string[],
  loaded: Parameters<typeof isInGap>[0] & { firstDay: string },
): Reason | null {
  if (period.without.length > 0) return 'not-loaded';
  if (isCut(period)) return 'part-month';
  const [first = ''] = earlier;
  if (firstDayOf(first) < loaded.firstDay) return 'too-little-data';
  return earlier.some((month) => isInGap(loaded, month)) ? 'not-loaded' : null;
}

export const newSkusAnswerer = answerWith(
  'newSkus',
  'comparison',
  NewSkusService,
  (service, context, question) => service.share(context, question),
);
