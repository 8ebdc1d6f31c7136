/** What is read of a quarter's order lines once, and kept in PostgreSQL: later loads, another process and a restart change nothing of it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { queries, type Scope } from '@beltline/sql/clickhouse';
import type { KeptFactsEntity } from '@beltline/sql/postgres';
import type { DataSource, EntityTarget } from 'typeorm';
import { z } from 'zod';
import type { VersionOf } from '../data/versions/vintage.ts';
import type { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import type { FrozenQuarter } from './frozen-quarters.ts';

/** Columns rather than rows: the names of nine numbers for each of tens of thousands of owners are most of what would be kept. */
const keptSchema = z.object({
  owners: z.array(z.string()),
  columns: z.record(z.string(), z.array(z.number())),
});

/** Numbers of owners by name, a row of a table for each quarter and version. */
export class KeptFacts<Name extends string> {
  constructor(
    private readonly store: DataSource,
    private readonly table: EntityTarget<KeptFactsEntity>,
    private readonly names: readonly Name[],
  ) {}

  /** By owner; null where `read` came too late. @throws Error where PostgreSQL does not answer */
  async of(
    version: VersionOf,
    frozen: FrozenQuarter,
    read: () => Promise<ReadonlyMap<string, Readonly<Record<Name, number>>> | null>,
  ): Promise<ReadonlyMap<string, Readonly<Record<Name, number>>> | null> {
    const key = keyOf(version, frozen);
    const known = await this.known(key);
    if (known) return known;
    const facts = await read();
    if (facts === null) return null;
    await this.store
      .createQueryBuilder()
      .insert()
      .into(this.table)
      .values({ ...key, readAt: new Date(), facts: this.packed(facts) })
      .orIgnore()
      .execute();
    // Where another process was first, what it read is what everybody is told.
    return (await this.known(key)) ?? facts;
  }

  private async known(key: ReturnType<typeof keyOf>) {
    const row = await this.store.getRepository(this.table).findOneBy(key);
    return row && this.unpacked(row.facts);
  }

  private packed(facts: ReadonlyMap<string, Readonly<Record<Name, number>>>): Buffer {
    const all = [...facts];
    const columns = Object.fromEntries(this.names.map((name) => [name, all.map(([, own]) => own[name])]));
    return gzipSync(JSON.stringify({ owners: all.map(([owner]) => owner), columns }));
  }

  private unpacked(bytes: Buffer): ReadonlyMap<string, Readonly<Record<Name, number>>> {
    const { owners, columns } = keptSchema.parse(JSON.parse(gunzipSync(bytes).toString()));
    return new Map(
      owners.map((owner, at) => [
        owner,
        Object.fromEntries(this.names.map((name) => [name, columns[name]?.[at] ?? 0])) as Record<
          Name,
          number
        >,
      ]),
    );
  }
}

const keyOf = ({ source }: VersionOf, { quarter, version, publishedOn }: FrozenQuarter) => ({
  ...{ source, quarter, dataVersion: version, publishedOn },
});

/** Whether the lines in force of some months are still those of a version. */
export async function areOfVersion(
  clickhouse: ClickHouseService,
  scope: Scope,
  span: { readonly data_version: number; readonly from: string; readonly to: string },
): Promise<boolean> {
  const [row] = await clickhouse.askNow(scope, queries.linesSince, span);
  return row?.row_count === 0;
}
