/** Commands without the product beside them: each load has an engine of its own, so one waits for the other to be done with it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '@beltline/sql/engine';
import { type EngineProxy, startEngineProxy } from '../fixtures/engine-proxy.ts';
import {
  type Bench,
  goldenSource,
  openBench,
  rewrite,
  type RunningCommand,
  startCommand,
} from './etl-harness.ts';

const FILES = ['belts', 'merchants', 'memberships', 'orders-1'].map((name) => `data/${name}.csv`);
const MORE = ['belts', 'merchants', 'memberships', 'orders-2'].map((name) => `data/${name}.csv`);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'beltline alone-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

function load(
  source: string,
  files: readonly string[],
  { pauseAt = '', more = [] as readonly string[] } = {},
): RunningCommand {
  const paths = files.map((file) => join(source, file));
  return startCommand(
    join(folder, 'data'),
    ['--source-folder', source, 'load', 'shop', ...more, '--files', ...paths],
    pauseAt === '' ? {} : { BELTLINE_ETL_PAUSE_AT: pauseAt },
  );
}
const command = (...args: string[]) => startCommand(join(folder, 'data'), args);

test('a second load, and what else takes the lock, waits for the first and its engine; a look does not', async () => {
  const source = goldenSource({ folder } as Bench, 'shop');
  const first = load(source, FILES, { pauseAt: 'decided' });
  await first.until('paused at decided');
  const second = load(source, MORE);
  const verify = command('verify', '--quiet');
  await Promise.all([second.until('waiting for it to finish'), verify.until('waiting for it to finish')]);
  expect((await command('status').done).code).toBe(0);
  const busy = await load(source, MORE, { more: ['--no-wait'] }).done;
  expect([busy.code, busy.output]).toEqual([3, expect.stringContaining('Another load is running (process ')]);
  first.child.kill('SIGUSR2');
  const [one, two, three] = await Promise.all([first.done, second.done, verify.done]);
  expect([one.code, two.code, three.code, two.output + three.output]).toEqual([
    0,
    0,
    0,
    expect.not.stringContaining('ECONNRESET'),
  ]);
});

test('a load that does not wait for loads waits for a look, which takes a moment', async () => {
  const source = goldenSource({ folder } as Bench, 'shop');
  expect((await load(source, FILES).done).code).toBe(0);
  const looks = [command('status'), command('status')];
  const [second, ...looked] = await Promise.all([
    load(source, MORE, { more: ['--no-wait'] }).done,
    ...looks.map(({ done }) => done),
  ]);
  expect([second.code, second.output]).toEqual([0, expect.not.stringContaining('Another load')]);
  expect(looked.map(({ code }) => code)).toEqual([0, 0]);
});

test('Ctrl-C ends one that waits, and not the one it waits for', async () => {
  const source = goldenSource({ folder } as Bench, 'shop');
  const first = load(source, FILES, { pauseAt: 'decided' });
  await first.until('paused at decided');
  const waiting = [load(source, MORE), command('verify'), command('rebuild', 'shop'), command('recover')];
  for (const one of waiting) {
    await one.until('waiting for it to finish');
    one.child.kill('SIGINT');
    const { code, output } = await one.done;
    expect([code, output]).toEqual([130, expect.stringContaining('Stopped by Ctrl-C')]);
  }
  first.child.kill('SIGUSR2');
  expect((await first.done).code).toBe(0);
});

test('Ctrl-C ends one that waits for a load which shares the engine of the product', async () => {
  const bench = await openBench();
  try {
    const source = goldenSource(bench, 'shop');
    const start = (...args: string[]) => startCommand(bench.dataDir, args);
    const paths = FILES.map((file) => join(source, file));
    const first = startCommand(
      bench.dataDir,
      ['--source-folder', source, 'load', 'shop', '--files', ...paths],
      {
        BELTLINE_ETL_PAUSE_AT: 'decided',
      },
    );
    await first.until('paused at decided');
    for (const one of [start('verify'), start('rebuild', 'shop'), start('recover')]) {
      await one.until('waiting for it.');
      one.child.kill('SIGINT');
      const { code, output } = await one.done;
      expect([code, output]).toEqual([130, expect.stringContaining('Stopped by Ctrl-C')]);
    }
    first.child.kill('SIGUSR2');
    expect((await first.done).code).toBe(0);
  } finally {
    await bench.close();
  }
});

describe('a look that shares the engine of a load', () => {
  /** An engine as a load has it, which others reach by a way of ours. */
  async function asLoad() {
    const dataDir = join(folder, 'data');
    const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'load' });
    const way = await startEngineProxy(dataDir);
    rewrite(join(dataDir, 'engine', 'endpoint.json'), (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), url: way.environment['CLICKHOUSE_URL'] }),
    );
    return { engine, way };
  }
  /** The load ends when it is asked that for the first time. Tells how often it was. */
  function endAt(part: string, { engine, way }: { engine: { close(): Promise<void> }; way: EngineProxy }) {
    const asked = { times: 0 };
    way.failing = (statement) => {
      if (asked.times === 0 && !statement.includes(part)) return null;
      if (asked.times++ === 0) void engine.close();
      return 'reset';
    };
    return asked;
  }
  const times = (text: string, part: string) => text.split(part).length - 1;

  test('asks again where that load ends just then, and says it once', async () => {
    const source = goldenSource({ folder } as Bench, 'shop');
    expect((await load(source, FILES).done).code).toBe(0);
    for (const [part, ...args] of [
      ['CREATE DATABASE IF NOT EXISTS', 'status'],
      ['FROM beltline.load_events', 'status'],
      ['CREATE DATABASE {database', 'check', 'shop'],
      ['DESCRIBE', 'check', 'shop'],
      ['DROP DATABASE', 'check', 'shop'],
    ] as const) {
      const its = await asLoad();
      const asked = endAt(part, its);
      const { code, output } = await command('--source-folder', source, ...args).done;
      await its.way.close();
      await its.engine.close();
      expect([part, code, output]).toEqual([part, 0, expect.not.stringContaining('ECONN')]);
      expect([part, asked.times > 0]).toEqual([part, true]);
      expect(times(output, args[0] === 'status' ? 'committed' : 'fit.')).toBe(1);
    }
  });

  test('gives up where it is lost each time, and asks once where the mapping does not fit', async () => {
    const source = goldenSource({ folder } as Bench, 'shop');
    const { engine, way } = await asLoad();
    try {
      let lost = 0;
      way.failing = (statement) => (statement.includes('load_events') && ++lost > 0 ? 'reset' : null);
      expect((await command('status').done).code).toBe(3);
      expect(lost).toBeGreaterThan(1);
      expect(lost).toBeLessThan(10);
      let checks = 0;
      way.failing = (statement) => {
        checks += Number(/^CREATE DATABASE \{database/m.test(statement));
        return null;
      };
      const file = join(source, 'belts.sql');
      writeFileSync(file, readFileSync(file, 'utf8').replace('name_zh', 'name_zh, no_such_column'));
      const { code, output } = await command('--source-folder', source, 'check', 'shop').done;
      expect([code, times(output, 'belts.sql'), checks]).toEqual([1, 1, 1]);
    } finally {
      await way.close();
      await engine.close();
    }
  });
});
