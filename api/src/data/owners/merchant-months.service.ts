import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { weightParameters } from '../../core/amounts.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { VersionCache } from '../versions/version-cache.ts';
import { asSystem, type Vintage } from '../versions/vintage.ts';
import { BYTES_A_CELL, type MerchantMonths, merchantMonthsOf } from './merchant-months.ts';

const KEPT = { kind: 'series', name: 'merchant-months' } as const;
/** One row of the engine is parsed without letting others in between. */
const CELLS_A_SLICE = 20_000;

/** `null`: the engine is to be asked. */
interface Kept {
  readonly months: MerchantMonths | null;
}

/**
 * What merchants of a data version sold by month, in memory, a measure with all of its tracks: read once, and so the same for every question and viewer.
 * Who takes it applies the viewer's scope.
 */
@Injectable()
export class MerchantMonthsService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /**
   * Null where the version's would take more than a set size; and where a merchant has two owners, as of versions from before owners were kept in the
   * rollups: whose it is then depends on the window.
   * @throws EngineError
   */
  async of(vintage: Vintage, measure: FlowMeasure): Promise<MerchantMonths | null> {
    const whole = asSystem(vintage);
    return (await this.cache.of(whole, KEPT, { measure }, () => this.read(whole, measure))).months;
  }

  /** The same where it has been read already, without waiting for anything. */
  known(vintage: Vintage, measure: FlowMeasure): MerchantMonths | null {
    return this.cache.made<Kept>(asSystem(vintage), KEPT, { measure })?.months ?? null;
  }

  private async read({ scope, dataVersion }: Vintage, measure: FlowMeasure): Promise<Kept> {
    const version = { data_version: dataVersion };
    const [size] = await this.clickhouse.askNow(scope, queries.merchantMonthsSize, version);
    const { row_count: cells, largest_belt: largest } = size ?? { row_count: 0, largest_belt: 0 };
    if (cells * BYTES_A_CELL > this.config.BELTLINE_MERCHANTS_MB * 2 ** 20) return { months: null };
    const slices = await this.clickhouse.askNow(scope, queries.merchantMonths, {
      ...version,
      ...weightParameters(measure),
      slices: Math.min(MOST_SLICES, Math.max(1, Math.ceil(largest / CELLS_A_SLICE))),
    });
    if (slices.some((slice) => slice.of_two_owners > 0)) return { months: null };
    return { months: await merchantMonthsOf(slices) };
  }
}

const MOST_SLICES = 65_535;
