/** DuckDB in this process, on a database file of its own, filled from the demo's CSV files. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Peer, peerSql, STATEMENT_MS, timedSteps } from './peer.ts';

/** What PostgreSQL is filled from: the lines and belts as DuckDB has read them, as CSV files of these names. */
export const EXPORTED = ['lines', 'belts'] as const;

export interface DuckDb extends Peer {
  /** Writes the tables as CSV files into a folder. */
  export(folder: string): Promise<void>;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `csvFolder`: the demo's files. `folder`: an empty one, for the database. */
export async function openDuckDb(csvFolder: string, folder: string): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(join(folder, 'peer.duckdb'));
  const connection = await instance.connect();
  /** A statement that takes too long is interrupted, and then fails. */
  const inTime = async <T>(run: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => connection.interrupt(), STATEMENT_MS);
    return run.finally(() => clearTimeout(timer));
  };
  const run = async (sql: string) => void (await inTime(connection.run(sql)));
  const close = async () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    // A definition of a table takes no parameters.
    await run(`SET VARIABLE folder = ${quoted(csvFolder)}`);
    const filled = await timedSteps({
      'reading the files': async () => {
        await run(peerSql('read-lines'));
        await run(peerSql('read-belts'));
      },
      rollups: async () => {
        await run(peerSql('rollups'));
        await run('CHECKPOINT');
      },
    });
    return {
      name: 'DuckDB',
      filled,
      ask: async (sql, parameters) =>
        (await inTime(connection.runAndReadAll(sql, [...parameters]))).getRowsJson(),
      export: async (to) => {
        for (const table of EXPORTED)
          await run(`COPY ${table} TO ${quoted(join(to, `${table}.csv`))} (HEADER)`);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
