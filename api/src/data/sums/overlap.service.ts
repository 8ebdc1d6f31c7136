import { Inject, Injectable } from '@nestjs/common';
import { type Hundredths, queries } from '@beltline/sql/clickhouse';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { AreaContext, ComparisonContext } from '../context/context.ts';
import type { Amount } from '../../core/amounts.ts';
import type { Day } from '../../core/calendar.ts';
import type { Days } from '../../core/period.ts';

/** What to add to the sum over the belts of an area, in one bucket, to the units of one combination. */
export interface Correction {
  readonly bucket: Day;
  readonly combination: number;
  readonly units: Hundredths;
}

/**
 * Orders and buyers of several belts of one area are in the sum over its belts more than once. Reads what to correct that
 * sum by; nothing for one belt, and for the nation, which is counted by itself.
 */
@Injectable()
export class OverlapService {
  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** By month or by day (buyers by day only). `months`: their first days. */
  async corrections(
    { vintage: { scope, dataVersion }, area }: AreaContext,
    of: { unit: 'order' | 'buyer'; by: 'month' | 'day'; months: readonly Day[] },
  ): Promise<Correction[]> {
    if (area.beltIds === null || area.beltIds.length < 2 || of.months.length === 0) return [];
    return this.clickhouse.ask(scope, queries.spreadByBucket, {
      data_version: dataVersion,
      unit: of.unit,
      area_belts: area.beltIds,
      by_day: of.by === 'day' ? 1 : 0,
      months: of.months,
    });
  }

  /** Orders of a period and of its baseline, by exclusive combination. */
  async ordersOf(context: ComparisonContext): Promise<{ combination: number; orders: Amount }[]> {
    const { now, baseline } = context.compared;
    const months = [...new Set([...now.months, ...baseline.months])];
    const partMonths = [...new Set([...now.partMonths, ...baseline.partMonths])];
    const [whole, part] = await Promise.all([
      this.corrections(context, { unit: 'order', by: 'month', months }),
      this.corrections(context, { unit: 'order', by: 'day', months: partMonths }),
    ]);
    const of = (days: Days, correction: Correction, isPart: boolean) =>
      isInDays(days, correction.bucket, isPart) ? correction.units : 0;
    return [whole, part].flatMap((corrections, index) =>
      corrections.map((one) => ({
        combination: one.combination,
        orders: { value: of(now, one, index === 1), baseline: of(baseline, one, index === 1) },
      })),
    );
  }
}

const isInDays = ({ months, partDays }: Days, bucket: Day, isPart: boolean): boolean =>
  (isPart ? partDays : months).includes(bucket);
