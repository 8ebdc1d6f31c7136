import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TRACK } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { PeerBuyersEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { firstDayOf, type Month } from '../core/calendar.ts';
import { DISPATCH_HOURS } from '../core/service.ts';
import type { Vintage, VersionOf } from '../data/versions/vintage.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { type FrozenQuarter, monthsOfQuarter } from './frozen-quarters.ts';
import { areOfVersion, KeptFacts } from './kept-facts.ts';
import { type BuyerFacts, TOP_BUYERS } from './owner-facts.ts';

const COLUMNS = [
  ...(['gmv', 'buyers', 'repeatBuyers', 'topGmv', 'channels', 'countries'] as const),
  ...(['due', 'onTime', 'dispatched'] as const),
] as const satisfies (keyof BuyerFacts)[];

/**
 * To whom the owners of a source sold in a quarter. Lines are kept as they are now and not by version, so they are read once, while they still are those of
 * the version that the quarter is told as of, and what was read is kept in PostgreSQL: later loads, another process and a restart change nothing of it.
 */
@Injectable()
export class BuyerFactsService {
  private readonly kept: KeptFacts<(typeof COLUMNS)[number]>;

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @InjectDataSource() store: DataSource,
  ) {
    this.kept = new KeptFacts(store, PeerBuyersEntity, COLUMNS);
  }

  /** By owner; null where lines had been replaced before anybody read them. @throws EngineError; Error where PostgreSQL does not answer */
  async of(
    vintage: Pick<Vintage, 'timeZone' | 'homeCountry'>,
    version: VersionOf,
    frozen: FrozenQuarter,
  ): Promise<ReadonlyMap<string, BuyerFacts> | null> {
    return this.kept.of(version, frozen, () => this.read(vintage, version, frozen));
  }

  private async read(
    { timeZone, homeCountry }: Pick<Vintage, 'timeZone' | 'homeCountry'>,
    { scope }: VersionOf,
    { quarter, version }: FrozenQuarter,
  ): Promise<Map<string, BuyerFacts> | null> {
    const months = monthsOfQuarter(quarter);
    const span = {
      data_version: version,
      from: firstDayOf(months[0] as Month),
      to: firstDayOf(months[2] as Month),
    };
    // What is known beforehand to be in vain is not tried.
    if (!(await areOfVersion(this.clickhouse, scope, span))) return null;
    const rows = await this.clickhouse.askNow(scope, queries.peerBuyers, {
      ...span,
      top: TOP_BUYERS,
      distribution_bit: TRACK.distribution.bit,
      home_country: homeCountry,
      dispatch_hours: DISPATCH_HOURS,
      time_zone: timeZone,
    });
    if (rows.length === 0 || !(await areOfVersion(this.clickhouse, scope, span))) return null;
    return new Map(
      rows.map((row) => [
        row.owner,
        {
          ...{ gmv: row.gmv, buyers: row.buyers, repeatBuyers: row.repeat_buyers, topGmv: row.top_gmv },
          ...{ channels: row.channels, countries: row.countries },
          ...{ due: row.due, onTime: row.on_time, dispatched: row.dispatched },
        },
      ]),
    );
  }
}
