/** What the specs of landing share: an engine of their own, and the way from a file's bytes to what was landed of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, type Engine, LOAD_DATABASE_PREFIX, openEngine } from '@beltline/sql/engine';
import type { SourceDefinition, TableDefinition } from '../source/definition.ts';
import { fingerprintFile } from '../files/index.ts';
import { createLandedViews, createLandingTables, landFile, type LandedFile } from './index.ts';

export type Fields = Record<string, string>;

/** A malformed record as `landing_faults` has it. */
export interface Fault {
  readonly line: number;
  readonly raw: string;
  readonly rule: string;
  readonly value: string;
}

export interface Landed extends LandedFile {
  /** The view's rows in the order of their lines. */
  readonly records: readonly (Fields & { _line: string })[];
  readonly faults: readonly Fault[];
  /** Raw text of every record by its line. */
  readonly raw: ReadonlyMap<number, string>;
}

export function tableOf(
  columns: readonly string[],
  overrides: Partial<TableDefinition> = {},
): TableDefinition {
  const format = overrides.format ?? 'csv';
  return {
    table: 'orders',
    role: 'facts',
    match: '*',
    optional: false,
    format,
    encoding: 'utf-8',
    delimiter: format === 'tsv' ? '\t' : ',',
    columns,
    ...overrides,
  };
}

/** An engine on a fresh data directory, and a database a file. */
export class LandingBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'landing-'));
  #engine: Engine | undefined;
  #made = 0;

  async open(): Promise<void> {
    this.#engine = await openEngine(
      { kind: 'embedded', dataDir: join(this.folder, 'data dir') },
      { as: 'load' },
    );
  }

  async close(): Promise<void> {
    await this.#engine?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes a file; `name` may be hostile. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** A new load database with the tables of a source, for as long as `work` takes. */
  async withDatabase<T>(
    tables: readonly TableDefinition[],
    work: (client: ClickHouseClient, database: string) => Promise<T>,
  ): Promise<T> {
    const engine = this.#engine as Engine;
    const database = `${LOAD_DATABASE_PREFIX}${(this.#made += 1)}`;
    const server = engine.client('loader', 'default');
    await server.command({ query: `CREATE DATABASE ${database}` });
    const client = engine.client('loader', database);
    try {
      await createLandingTables(client, database, sourceOf(tables));
      return await work(client, database);
    } finally {
      await client.close();
      await server.command({ query: `DROP DATABASE ${database} SYNC` });
      await server.close();
    }
  }

  /** Lands a file as the only one of a load, and reads all of it back. */
  async land(table: TableDefinition, path: string): Promise<Landed> {
    return this.withDatabase([table], async (client, database) => {
      const landed = await landFile({
        client,
        database,
        fileNo: 7,
        table,
        path,
        expected: await fingerprintFile(path),
      });
      await createLandedViews(client, database, sourceOf([table]));
      return { ...landed, ...(await readBack(client, table)) };
    });
  }

  /** Writes content and lands it. */
  async landText(table: TableDefinition, content: string | Uint8Array, name = 'orders.csv'): Promise<Landed> {
    return this.land(table, this.write(name, content));
  }
}

export const sourceOf = (tables: readonly TableDefinition[]): SourceDefinition =>
  ({ tables }) as unknown as SourceDefinition;

async function readBack(client: ClickHouseClient, { table }: TableDefinition) {
  const rows = async <Row>(query: string) =>
    (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  const records = await rows<Fields & { _line: string; _file_no?: number }>(
    `SELECT * FROM \`${table}\` ORDER BY _line`,
  );
  const faults = await rows<Fault>(`SELECT line, raw, rule, value FROM landing_faults ORDER BY line`);
  const raw = await rows<{ _line: string; _raw: string }>(
    `SELECT _line, _raw FROM \`${table}__records\` ORDER BY _line`,
  );
  return {
    records: records.map(({ _file_no, ...record }) => {
      if (_file_no !== 7) throw new Error(`file number ${_file_no}`);
      return record as Fields & { _line: string };
    }),
    faults: faults.map((fault) => ({ ...fault, line: Number(fault.line) })),
    raw: new Map(raw.map(({ _line, _raw }) => [Number(_line), _raw])),
  };
}
