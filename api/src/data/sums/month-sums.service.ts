import { Inject, Injectable } from '@nestjs/common';
import { TRACKS } from '@beltline/contract';
import { queries, type Scope } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { addedSums } from '../../core/amounts.ts';
import { partMonthsOf } from '../../core/period.ts';
import { isInTrack, TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { areaBelts } from '../areas/area.ts';
import { VersionCache } from '../versions/version-cache.ts';
import { asSystem, type VersionOf, type Vintage } from '../versions/vintage.ts';
import { VintageService } from '../versions/vintage.service.ts';
import { bytesOfSums, type MonthSums, MonthSumsInMemory } from './month-sums.ts';
import type { Cells } from './track-months.ts';

type Row = z.output<typeof queries.monthSums.row>;

const NO_SUMS = { row_count: 0, area_count: 0, month_count: 0 };
const SUMS = { kind: 'series', name: 'month-sums' } as const;
const YEAR_AGO = { kind: 'series', name: 'month-sums-year-ago' } as const;

/**
 * The sums of a data version: read once into memory when the version is first seen, and so the same for every question and
 * viewer; of a version whose sums would take more than a set size, the engine is asked each time. Both answer alike.
 */
@Injectable()
export class MonthSumsService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(VintageService) vintages: VintageService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {
    // Who asks first would wait for all of it.
    vintages.onSeen((version) => this.of(version));
    vintages.onNew((vintage) => this.ofYearAgo(vintage));
  }

  /** @throws EngineError */
  async of(version: VersionOf): Promise<MonthSums> {
    const whole = asSystem(version);
    const { sums } = await this.cache.of(whole, SUMS, {}, () => this.read(whole));
    return sums ?? new MonthSumsOfEngine(this.clickhouse, version.dataVersion);
  }

  /**
   * What the months that are not wholly loaded are compared with: the sums of those days of a year ago, under the month that they
   * stand for. In memory whatever the setting: a source has one or two such months.
   * @throws EngineError
   */
  ofYearAgo(vintage: Vintage): Promise<MonthSums> {
    const whole = asSystem(vintage);
    return this.cache.of(whole, YEAR_AGO, {}, async () => {
      const parts = partMonthsOf(whole.loaded);
      if (parts.length === 0) return inMemory([]);
      const rows = await this.clickhouse.askNow(whole.scope, queries.partMonthSums, {
        data_version: whole.dataVersion,
        part_buckets: parts.map(({ bucket }) => bucket),
        part_from: parts.map(({ firstDay }) => firstDay),
        part_to: parts.map(({ lastDay }) => lastDay),
      });
      return inMemory(rows);
    });
  }

  private async read({ scope, dataVersion }: VersionOf): Promise<{ sums: MonthSumsInMemory | null }> {
    const parameters = { data_version: dataVersion };
    const [size] = await this.clickhouse.askNow(scope, queries.monthSumsSize, parameters);
    const { row_count: rowCount, area_count: areas, month_count: months } = size ?? NO_SUMS;
    const bytes = bytesOfSums({ cells: rowCount, areas, months });
    if (bytes > this.config.BELTLINE_SUMS_MB * 2 ** 20) return { sums: null };
    const rows = await this.clickhouse.askNow(scope, queries.monthSums, parameters);
    return { sums: await inMemory(rows) };
  }
}

async function inMemory(rows: readonly Row[]): Promise<MonthSumsInMemory> {
  const cells = await turns.map(rows, (row) => [row, cellsOf(row)] as const);
  const belts = cells.filter(([{ level }]) => level === 'belt');
  return MonthSumsInMemory.of({
    belts: new Map(belts.map(([row, one]) => [row.belt_id, one])),
    nation: cells.find(([{ level }]) => level === 'nation')?.[1] ?? null,
  });
}

const cellsOf = (row: Row): Cells => ({
  months: Uint32Array.from(row.month_nos),
  combinations: Uint16Array.from(row.combinations),
  orders: Float64Array.from(row.orders),
  pieces: Float64Array.from(row.pieces),
  gmv: Float64Array.from(row.gmv),
  refund: Float64Array.from(row.refund),
});

/** Asks the engine, whose queries hold the scope. */
class MonthSumsOfEngine implements MonthSums {
  constructor(
    private readonly clickhouse: ClickHouseService,
    private readonly version: number,
  ) {}

  byBelt(scope: Scope, ...[months, track]: TailOf<MonthSums['byBelt']>) {
    return this.clickhouse.ask(scope, queries.growthByBelt, {
      data_version: this.version,
      track_bit: TRACK_BIT[track],
      ...months,
    });
  }

  async byTrack(scope: Scope, ...[months, area]: TailOf<MonthSums['byTrack']>) {
    const rows = await this.byCombination(scope, months, area);
    return TRACKS.flatMap((track) => {
      const inTrack = rows.filter(({ combination }) => isInTrack(combination, track));
      return inTrack.length === 0 ? [] : [{ track, ...addedSums(inTrack) }];
    });
  }

  byCombination(scope: Scope, ...[months, area]: TailOf<MonthSums['byCombination']>) {
    return this.clickhouse.ask(scope, queries.growthByCombination, {
      data_version: this.version,
      ...areaBelts(area),
      ...months,
    });
  }

  byMonth(scope: Scope, ...[asked, area]: TailOf<MonthSums['byMonth']>) {
    return this.clickhouse.ask(scope, queries.seriesByMonth, {
      data_version: this.version,
      ...areaBelts(area),
      ...asked,
      track_bits: asked.tracks.map((track) => TRACK_BIT[track]),
    });
  }
}

/** The parameters after the scope. */
type TailOf<F extends (scope: Scope, ...rest: never[]) => unknown> =
  Parameters<F> extends [Scope, ...infer Rest] ? Rest : never;
