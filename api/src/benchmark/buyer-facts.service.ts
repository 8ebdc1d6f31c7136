import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { gunzipSync, gzipSync } from 'node:zlib';
import { TRACK } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { PeerBuyersEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { firstDayOf, type Month } from '../core/calendar.ts';
import type { Vintage, VersionOf } from '../data/versions/vintage.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { type FrozenQuarter, monthsOfQuarter } from './frozen-quarters.ts';
import { type BuyerFacts, DISPATCH_HOURS, TOP_BUYERS } from './owner-facts.ts';

/** Columns rather than rows: the names of nine numbers for each of tens of thousands of owners are most of what would be kept. */
const COLUMNS = [
  ...(['gmv', 'buyers', 'repeatBuyers', 'topGmv', 'channels', 'countries'] as const),
  ...(['due', 'onTime', 'dispatched'] as const),
] as const satisfies (keyof BuyerFacts)[];
const kept = z.object({
  owners: z.array(z.string()),
  columns: z.record(z.enum(COLUMNS), z.array(z.number())),
});

/**
 * To whom the owners of a source sold in a quarter. Lines are kept as they are now and not by version, so they are read once, while they still are those of
 * the version that the quarter is told as of, and what was read is kept in PostgreSQL: later loads, another process and a restart change nothing of it.
 */
@Injectable()
export class BuyerFactsService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @InjectDataSource() private readonly store: DataSource,
  ) {}

  /** By owner; null where lines had been replaced before anybody read them. @throws EngineError; Error where PostgreSQL does not answer */
  async of(
    vintage: Pick<Vintage, 'timeZone' | 'homeCountry'>,
    version: VersionOf,
    frozen: FrozenQuarter,
  ): Promise<ReadonlyMap<string, BuyerFacts> | null> {
    const known = await this.known(version, frozen);
    if (known) return known;
    const read = await this.read(vintage, version, frozen);
    if (read === null) return null;
    const key = keyOf(version, frozen);
    await this.store
      .createQueryBuilder()
      .insert()
      .into(PeerBuyersEntity)
      .values({ ...key, readAt: new Date(), facts: packed(read) })
      .orIgnore()
      .execute();
    // Where another process was first, what it read is what everybody is told.
    return (await this.known(version, frozen)) ?? read;
  }

  private async known(version: VersionOf, frozen: FrozenQuarter): Promise<Map<string, BuyerFacts> | null> {
    const row = await this.store.getRepository(PeerBuyersEntity).findOneBy(keyOf(version, frozen));
    return row && unpacked(row.facts);
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
    if (!(await this.isOfVersion(scope, span))) return null;
    const rows = await this.clickhouse.askNow(scope, queries.peerBuyers, {
      ...span,
      top: TOP_BUYERS,
      distribution_bit: TRACK.distribution.bit,
      home_country: homeCountry,
      dispatch_hours: DISPATCH_HOURS,
      time_zone: timeZone,
    });
    if (rows.length === 0 || !(await this.isOfVersion(scope, span))) return null;
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

  private async isOfVersion(
    scope: VersionOf['scope'],
    span: { data_version: number; from: string; to: string },
  ): Promise<boolean> {
    const [row] = await this.clickhouse.askNow(scope, queries.linesSince, span);
    return row?.row_count === 0;
  }
}

const keyOf = ({ source }: VersionOf, { quarter, version, publishedOn }: FrozenQuarter) => ({
  ...{ source, quarter, dataVersion: version, publishedOn },
});

function packed(facts: ReadonlyMap<string, BuyerFacts>): Buffer {
  const all = [...facts];
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, all.map(([, own]) => own[name])]));
  return gzipSync(JSON.stringify({ owners: all.map(([owner]) => owner), columns }));
}

function unpacked(bytes: Buffer): Map<string, BuyerFacts> {
  const { owners, columns } = kept.parse(JSON.parse(gunzipSync(bytes).toString()));
  return new Map(
    owners.map((owner, at) => [
      owner,
      Object.fromEntries(COLUMNS.map((name) => [name, columns[name][at] ?? 0])) as unknown as BuyerFacts,
    ]),
  );
}
