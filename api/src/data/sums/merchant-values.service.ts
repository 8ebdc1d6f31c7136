import { Inject, Injectable } from '@nestjs/common';
import type { Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { areaBelts } from '../areas/area.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ComparisonContext } from '../context/context.ts';

/** GMV of each merchant in hundredths, in both periods, in the same order; `ownerSeeds`: whose it is (owner-windows.ts). */
export interface MerchantValues {
  readonly baseline: readonly number[];
  readonly period: readonly number[];
  readonly ownerSeeds: readonly number[];
  /** Baseline orders of the merchants that sold in both; one of several merchants counts with each. */
  readonly sameStoreOrders: number;
}

export const NO_MERCHANTS: MerchantValues = { baseline: [], period: [], ownerSeeds: [], sameStoreOrders: 0 };

@Injectable()
export class MerchantValuesService {
  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** Over whole months only. @throws EngineError */
  async of({ vintage, area, compared }: ComparisonContext, track: Track): Promise<MerchantValues> {
    const { now, baseline } = compared;
    const [row] = await this.clickhouse.ask(vintage.scope, queries.merchantPairs, {
      data_version: vintage.dataVersion,
      ...areaBelts(area),
      track_bit: TRACK_BIT[track],
      months: now.months,
      baseline_months: baseline.months,
    });
    return row
      ? {
          ...{ baseline: row.baseline, period: row.period, ownerSeeds: row.owner_seeds },
          sameStoreOrders: row.same_store_orders,
        }
      : NO_MERCHANTS;
  }
}
