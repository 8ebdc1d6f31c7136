import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, Reason } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { weightParameters } from '../../core/amounts.ts';
import { type Day, daysThrough } from '../../core/calendar.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import { asSystem, type Vintage } from '../../data/versions/vintage.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { OrderPart } from '../recovery/left-out.ts';

const KEPT = { kind: 'series', name: 'largest-orders' } as const;
/** Every line, of whatever track. */
const ALL_TRACKS = 0;

/** `amount` in the unit of the series: pieces, or money in hundredths. */
export interface LargestOrder {
  readonly orderId: string;
  readonly amount: number;
  readonly parts: readonly OrderPart[];
}

/** By belt; or why they cannot be told. */
export type LargestOrders =
  { readonly reason: Reason } | { readonly byBelt: ReadonlyMap<string, LargestOrder> };

/** The largest order of each belt on some days, read from the lines in force (ADR 30). */
@Injectable()
export class LargestOrdersService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
  ) {}

  /** Of all belts, for who takes those that may be seen. @throws EngineError */
  of(vintage: Vintage, measure: FlowMeasure, days: { from: Day; to: Day }): Promise<LargestOrders> {
    if (measure === 'orders') return Promise.resolve({ reason: 'each-order-once' });
    const whole = asSystem(vintage);
    return this.cache.of(whole, KEPT, { measure, ...days }, async () => {
      const rows = await this.clickhouse.askNow(whole.scope, queries.largestOrders, {
        data_version: whole.dataVersion,
        ...weightParameters(measure),
        track_bit: ALL_TRACKS,
        ...days,
      });
      if (rows.some((row) => row.is_of_version === 0)) return { reason: 'lines-replaced' as const };
      const first = daysThrough(whole.loaded.firstDay, days.from) - 1;
      return { byBelt: new Map(rows.map((row) => [row.belt_id, largestOf(row, first)])) };
    });
  }
}

type Row = ReturnType<typeof queries.largestOrders.row.parse>;

function largestOf(row: Row, first: number): LargestOrder {
  return {
    orderId: row.order_id,
    amount: row.amount,
    parts: row.positions.map((position, at) => ({
      position: first + position,
      merchantKey: row.merchant_keys[at] ?? 0,
      amount: row.amounts[at] ?? 0,
    })),
  };
}
