/**
 * A PostgreSQL server of its own, from Debian's packages, on a socket in a temporary folder: no network, nothing of a server that
 * runs already is touched. Ended, and its folder deleted, by `close`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EXPORTED } from './duckdb.ts';
import { type Peer, peerSql, STATEMENT_MS, timedSteps } from './peer.ts';

const PACKAGES = '/usr/lib/postgresql';

/** Where the newest of Debian's servers keeps its programs; null where none is installed. */
export function postgresPrograms(): string | null {
  if (!existsSync(PACKAGES)) return null;
  const versions = readdirSync(PACKAGES).sort((a, b) => Number(b) - Number(a));
  return (
    versions
      .map((version) => join(PACKAGES, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres'))) ?? null
  );
}

/** The server refuses to run as root; Debian's package brings a user for it. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** As for a machine that it has for itself: a quarter of 8 GiB for its cache, and memory for sorts and hashes. */
const SETTINGS = {
  listen_addresses: '',
  shared_buffers: '1GB',
  effective_cache_size: '4GB',
  work_mem: '128MB',
  maintenance_work_mem: '512MB',
  max_wal_size: '4GB',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '2',
  statement_timeout: `${STATEMENT_MS}`,
};

async function connected(folder: string, server: ChildProcess): Promise<pg.Client> {
  const end = performance.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ host: folder, user: 'bench', database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (server.exitCode !== null || performance.now() > end) throw error;
      await sleep(100);
    }
  }
}

/** `folder`: an empty one, with the exported files in it, for the server's data. `bin`: from `postgresPrograms`. */
export async function openPostgres(bin: string, folder: string): Promise<Peer> {
  const user = serverUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  for (const table of EXPORTED) chmodSync(join(folder, `${table}.csv`), 0o644);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, ...settings], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill); // where the benchmark is interrupted
  const close = async () => {
    process.off('exit', kill);
    if (server.exitCode !== null) return;
    server.kill('SIGINT'); // ends its sessions and then itself
    await once(server, 'exit');
  };
  try {
    const client = await connected(folder, server);
    const run = async (sql: string) => void (await client.query(sql));
    const filled = await timedSteps({
      'copying the lines': async () => {
        await run(peerSql('server-tables'));
        for (const table of EXPORTED)
          await run(
            `COPY ${table} FROM '${join(folder, `${table}.csv`)}' (FORMAT csv, HEADER, FORCE_NOT_NULL (belt_id))`,
          );
        await run(peerSql('server-line-indexes'));
        await run('VACUUM ANALYZE');
      },
      rollups: async () => {
        await run(peerSql('rollups'));
        await run(peerSql('server-rollup-indexes'));
        await run('VACUUM ANALYZE');
      },
    });
    return {
      name: 'PostgreSQL',
      filled,
      ask: async (sql, parameters) =>
        (await client.query({ text: sql, values: [...parameters], rowMode: 'array' })).rows as unknown[][],
      close: async () => {
        await client.end();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
