/** What the specs of a server with two accounts share: the server, statements by an account, and the command that prepares it. */
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { type PostgresServer, startPostgresServer } from '../fixtures/api/postgres-server.ts';

export let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgresServer();
  await as('postgres', 'CREATE ROLE program LOGIN');
});

afterAll(() => server?.close());

/** Statements by an account, one after the other; the rows of the last. */
export async function as(account: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client(server.urlOf(account));
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}

const program = resolve(import.meta.dirname, '../../api/dist/launch/beltline.js');

/** What a person types on the host. */
export function prepare(account = 'program', owner = 'postgres'): Promise<{ code: number; said: string }> {
  const env = {
    ...{ PATH: process.env.PATH, BELTLINE_DATA: tmpdir() },
    ...{ DATABASE_URL: server.urlOf(account), DATABASE_OWNER_URL: server.urlOf(owner) },
  };
  return new Promise((done) =>
    execFile(process.execPath, [program, 'store', 'prepare'], { env }, (error, out, complaint) =>
      done({ code: error === null ? 0 : Number(error.code), said: out + complaint }),
    ),
  );
}
