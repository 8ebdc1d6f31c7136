/** Sources that are loaded to be damaged, and whether their figures are whole again. */
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_SEALED, damageOfNewest, findDamage } from '@beltline/sql/clickhouse';
import { type Bench, figures, goldenSource, loadInProcess, query, sellToTwoBelts } from './etl-harness.ts';

export const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
export const FILES = [...LOOKUPS, 'data/orders-1.csv', 'data/orders-2.csv'];

/** A source of two versions, of which the second made both months anew. Gives its folder. */
export async function loadTwice(bench: Bench, id: string): Promise<string> {
  const folder = goldenSource(bench, id);
  sellToTwoBelts(folder);
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
  return folder;
}

/** Loads the files of a source once more, all of them unless given. */
export const loadAgain = (bench: Bench, folder: string, files = FILES) =>
  loadInProcess(bench, folder, files, undefined, false, true);

/** A statement that has done all of its work when it ends. */
export const run = (bench: Bench, sql: string) =>
  bench.client.command({ query: sql, clickhouse_settings: { mutations_sync: '2' } });

/** Where a table's files lie. */
export async function storedIn(bench: Bench, table: string): Promise<string> {
  const [stored] = await query<{ path: string }>(
    bench.client,
    `SELECT data_paths[1] AS path FROM system.tables WHERE database = 'beltline' AND name = '${table}'`,
  );
  return stored?.path ?? '';
}

/** The figures of a source are those of one that nobody damaged, and nothing of its newest version is missed. */
export async function expectWhole(bench: Bench, id: string, whole: Record<string, string>): Promise<void> {
  expect(await figures(bench.client, id)).toEqual(whole);
  const findings = await findDamage(bench.client, { tables: ALL_SEALED, source: id });
  expect(damageOfNewest(findings)).toEqual([]);
}

/** Overwrites the data of the parts of a table. */
export async function spoil(bench: Bench, table: string, where: string): Promise<void> {
  const stored = await storedIn(bench, table);
  const parts = await query<{ part: string }>(
    bench.client,
    `SELECT DISTINCT _part AS part FROM ${table} WHERE ${where}`,
  );
  for (const { part } of parts) {
    const place = join(stored, part);
    for (const file of readdirSync(place).filter((name) => name.endsWith('.bin'))) {
      const handle = openSync(join(place, file), 'r+');
      const length = Math.min(64, statSync(join(place, file)).size);
      writeSync(handle, Buffer.alloc(length, 0xa5), 0, length, 0);
      closeSync(handle);
    }
  }
}
