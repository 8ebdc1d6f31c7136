/**
 * Whether the tables are those that the applied migrations made. The description of a table can be lost with part of the
 * engine's folder, and so can the list of what was applied: the engine starts without a word, and either questions about
 * the table fail one by one, or migrations are run over what they made already.
 */
import type { ClickHouseClient } from '@clickhouse/client';
import { DATABASE } from '../engine/configuration.ts';

/** Tables are gone or cannot be read, or the list of migrations is gone. Nothing has been changed; the message names them and the remedy. */
export class TablesLostError extends Error {
  override readonly name = 'TablesLostError';
}

interface Step {
  readonly number: number;
  readonly sql: string;
}

/** @throws TablesLostError */
export async function assertTablesAreThere(
  client: ClickHouseClient,
  migrations: readonly Step[],
  applied: Iterable<number>,
): Promise<void> {
  const done = new Set(applied);
  // Each is recorded when it has run, so that of those not recorded only the next can have left anything.
  const next = migrations.find(({ number }) => !done.has(number))?.number ?? Infinity;
  const there = await tablesOf(client);
  const ahead = migrations.filter(
    ({ number, sql }) => number > next && (done.has(number) || there.has(madeBy(sql) ?? '')),
  );
  if (ahead.length > 0)
    throw lost(`the list of applied migrations ends at ${next - 1}, but later ones have been run`);
  const gone = new Set<string>();
  for (const { number, sql } of migrations) {
    const renamed = renamedBy(sql);
    for (const made of [madeBy(sql) ?? [], renamed.map(({ to }) => to)].flat())
      if (done.has(number) && !there.has(made)) gone.add(made);
    if (number > next) continue;
    const taken = renamed.filter(({ to }) => done.has(number) || there.has(to)).map(({ from }) => from);
    for (const left of [...droppedBy(sql), ...taken]) gone.delete(left);
  }
  if (gone.size > 0) throw lost(`gone are ${[...gone].join(', ')}`);
}

const madeBy = (sql: string): string | undefined => /CREATE TABLE (\w+)/.exec(sql)?.[1];

const NAMED = /(?:DROP TABLE |\{\{database\}\}\.)(?!IF EXISTS)(\w+)/g;

function droppedBy(sql: string): string[] {
  if (!/^DROP TABLE/m.test(sql)) return [];
  return [...sql.matchAll(NAMED)].map(([, name]) => name as string);
}

/** Several tables take other names at once; what was called so before is dropped by an earlier migration. */
function renamedBy(sql: string): { from: string; to: string }[] {
  if (!/^RENAME TABLE/m.test(sql)) return [];
  return [...sql.matchAll(/\{\{database\}\}\.(\w+) TO \{\{database\}\}\.(\w+)/g)].map(([, from, to]) => ({
    from: from as string,
    to: to as string,
  }));
}

async function tablesOf(client: ClickHouseClient): Promise<Set<string>> {
  const result = await client.query({
    query: 'SELECT name FROM system.tables WHERE database = {database:String}',
    query_params: { database: DATABASE },
    format: 'JSONEachRow',
  });
  return new Set((await result.json<{ name: string }>()).map(({ name }) => name));
}

export const lost = (what: string, cause?: unknown): TablesLostError =>
  new TablesLostError(
    `The tables of ClickHouse are not whole: ${what}. Nothing has been changed. Put its data back from a backup (of the embedded ` +
      'one the folder clickhouse of the data directory); or move that folder and clickhouse.marker away, start again, and load ' +
      'the files again. What people wrote is kept elsewhere and is not touched.',
    { cause },
  );

/** The program that made the tables can mend them, as long as none has been changed. */
export const unread = (migration: string, cause: unknown): TablesLostError =>
  new TablesLostError(
    `Some of what is stored in ClickHouse cannot be read (${migration}: ${String((cause as Error).message).slice(0, 300)}). Nothing has been ` +
      'changed. Start the version of Beltline that you had, mend what npm run etl -- verify names (rebuild, or a backup), and update again.',
    { cause },
  );
