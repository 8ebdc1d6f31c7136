import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, type Engine, openEngine } from '@beltline/sql/engine';
import { MutexHeldError, withMutex } from './mutex.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline-mutex-'));
let engine: Engine;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  client = engine.client('loader', 'default');
  await client.command({ query: 'CREATE DATABASE beltline' });
});
afterAll(async () => {
  await client?.close();
  await engine?.close();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
});

describe('the mutex', () => {
  const owner = (nonce: string) => ({ name: 'spec', owner: `elsewhere:1:${nonce}` });

  it('lets one work at a time', async () => {
    let inside = 0;
    let most = 0;
    await Promise.all(
      ['a', 'b', 'c'].map((nonce) =>
        withMutex(client, owner(nonce), async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 100));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
  });

  it('names the holder to who does not wait', async () => {
    await withMutex(client, owner('holder'), async () => {
      const attempt = withMutex(client, { ...owner('late'), waitMs: 0 }, async () => undefined);
      await expect(attempt).rejects.toThrow(MutexHeldError);
      await expect(attempt).rejects.toThrow(/elsewhere:1:holder/);
    });
  });

  it('is free after work that failed', async () => {
    await expect(
      withMutex(client, owner('x'), async () => Promise.reject(new Error('broken'))),
    ).rejects.toThrow('broken');
    await expect(withMutex(client, { ...owner('y'), waitMs: 0 }, async () => 'worked')).resolves.toBe(
      'worked',
    );
  });

  describe("where beats are ahead of the clock, which was set back or is another machine's", () => {
    const before = process.env['BELTLINE_LOCK_STALE_MS'];
    beforeAll(() => void (process.env['BELTLINE_LOCK_STALE_MS'] = '600'));
    afterAll(() => {
      if (before === undefined) delete process.env['BELTLINE_LOCK_STALE_MS'];
      else process.env['BELTLINE_LOCK_STALE_MS'] = before;
    });
    const beatAhead = async (table: string) =>
      client.command({ query: `INSERT INTO beltline.${table} SELECT now64(3) + INTERVAL 5 DAY, false` });

    it('is free once its holder no longer beats', async () => {
      await client.command({
        query: `CREATE TABLE beltline.mutex_ahead_1 (at DateTime64(3, 'UTC'), released Bool)
          ENGINE = MergeTree ORDER BY at COMMENT 'elsewhere:1:killed'`,
      });
      await beatAhead('mutex_ahead_1');
      const next = withMutex(
        client,
        { ...owner('next'), name: 'ahead', waitMs: 5_000 },
        async () => 'worked',
      );
      await expect(next).resolves.toBe('worked');
    });

    it('is held as long as its holder beats', async () => {
      await withMutex(client, { ...owner('alive'), name: 'alive' }, async () => {
        await beatAhead('mutex_alive_1');
        await expect(
          withMutex(client, { ...owner('late'), name: 'alive', waitMs: 1_500 }, async () => undefined),
        ).rejects.toThrow(MutexHeldError);
      });
    });
  });

  // Also while the program runs: nothing but the next start of the engine would mend it.
  it.each(['of the beats', 'of the whole lock'])(
    'is free where the files %s are gone, and its holder is too',
    async (what) => {
      const { pid } = spawnSync(process.execPath, ['-e', '']);
      const dead = { name: 'spec', owner: `${hostname()}:${pid}:gone` };
      await withMutex(client, dead, async ({ generation }) => {
        const folder = await folderOf(`mutex_spec_${generation}`);
        for (const name of readdirSync(folder))
          if (what === 'of the whole lock' || /^all_/.test(name))
            rmSync(join(folder, name), { recursive: true });
        const next = withMutex(client, { ...owner('next'), waitMs: 0 }, async () => 'worked');
        await expect(next).resolves.toBe('worked');
      });
    },
  );
});

async function folderOf(table: string): Promise<string> {
  const result = await client.query({
    query: `SELECT data_paths[1] AS path FROM system.tables WHERE database = 'beltline' AND name = '${table}'`,
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ path: string }>();
  return row?.path ?? '';
}
