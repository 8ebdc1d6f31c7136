/** How the program ends, and what it says: as docs/operations.md has it. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withMutex } from '@beltline/sql/clickhouse';
import {
  type Bench,
  goldenSource,
  openBench,
  query,
  rewrite,
  startCommand,
  TEST_FOLDER,
} from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const run = (folder: string, ...args: string[]) =>
  startCommand(bench.dataDir, ['--source-folder', folder, ...args]).done;

it('names each rule that rejected lines, with file and line, also where the load is committed', async () => {
  const folder = goldenSource(bench, 'codes-rejects');
  const { code, output } = await run(folder, 'load', 'codes-rejects', '--files', join(folder, 'data'));
  expect(code).toBe(0);
  expect(output).toMatch(
    /Rejected lines, by rule.*\n- invalid-number in quantity: 1 row, first in orders-1\.csv, line 13: "many"/,
  );
});

it('gives the hash of every file to programs', async () => {
  const folder = goldenSource(bench, 'codes-json');
  const { code, output } = await run(folder, 'load', 'codes-json', '--json', '--files', join(folder, 'data'));
  expect(code).toBe(0);
  const { files, rejectedLines } = JSON.parse(output.trim().split('\n').at(-1) as string) as {
    files: { name: string; sha256: string | null }[];
    rejectedLines: unknown[];
  };
  expect(files).toHaveLength(5);
  for (const { name, sha256 } of files)
    expect([name, sha256]).toEqual([name, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(rejectedLines).toHaveLength(1);
});

it.each([
  ['a file that is not there', 'nowhere.csv', 'nowhere.csv', {}],
  ['a file with another header', 'data', 'orders-1.csv', { 'data/orders-1.csv': ['amount', 'price'] }],
  ['too many rows that break a rule', 'data', 'break a rule', { 'source.yaml': ['0.2', '0.01'] }],
] as const)('tells programs of a refusal, too: %s', async (what, files, says, faults) => {
  const id = `codes-refused-${what.length}`;
  const changes = Object.entries(faults as Record<string, readonly [string, string]>);
  const folder = goldenSource(
    bench,
    id,
    Object.fromEntries(changes.map(([file, [old, wrong]]) => [file, (text) => text.replace(old, wrong)])),
  );
  const { code, output } = await run(folder, 'load', id, '--json', '--files', join(folder, files));
  expect(code).toBe(1);
  const [told = '', ...more] = output.split('\n').filter((line) => line.startsWith('{'));
  expect(more).toEqual([]);
  expect(JSON.parse(told)).toMatchObject({
    source: id,
    state: 'refused',
    message: expect.stringContaining(says),
    months: [],
    reconciliation: { loaded: { lines: 0 } },
    files: [],
    seconds: expect.any(Number),
  });
});

it('ends with 3 where another load runs and it was told not to wait', async () => {
  const folder = goldenSource(bench, 'codes-busy');
  await withMutex(bench.client, { name: 'load', owner: `elsewhere:1:x` }, async () => {
    const { code, output } = await run(
      folder,
      'load',
      'codes-busy',
      '--no-wait',
      '--files',
      join(folder, 'data'),
    );
    expect(output).toContain('Another load is running (process 1 on elsewhere)');
    expect(code).toBe(3);
  });
});

it('makes nothing where somebody only asks for the status', async () => {
  const dataDir = join(bench.folder, 'not there');
  const { code, output } = await startCommand(dataDir, ['status']).done;
  expect([code, output.trim()]).toEqual([0, 'Nothing has been loaded yet.']);
  expect(existsSync(dataDir)).toBe(false);
});

it('names the file of a source.yaml that unfolds without end, and one with an alias to nothing', async () => {
  const folder = goldenSource(bench, 'codes-bomb');
  const file = join(folder, 'source.yaml');
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'
      .split('')
      .map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[n]}`).join(',')}]`),
  ];
  const golden = readFileSync(file, 'utf8');
  writeFileSync(file, `${golden}\n${bomb.join('\n')}\n`);
  for (const command of [
    ['check', 'codes-bomb'],
    ['load', 'codes-bomb', '--files', folder],
  ]) {
    const { code, output } = await run(folder, ...command);
    expect([code, output]).toEqual([2, expect.stringContaining(file)]);
  }
  writeFileSync(file, golden);
  rewrite(file, (text) => text.replace('currency: CNY', 'currency: *none'));
  expect(await run(folder, 'check', 'codes-bomb')).toMatchObject({
    code: 2,
    output: expect.stringContaining(file),
  });
});

it('names a SELECT that is no text of a reasonable length, and neither waits nor reads for ever', async () => {
  const folder = goldenSource(bench, 'codes-select');
  const file = join(folder, 'belts.sql');
  const golden = readFileSync(file, 'utf8');
  for (const [make, says] of [
    [() => execFileSync('mkfifo', [file]), 'it is a named pipe, not a file'],
    [() => symlinkSync('/dev/zero', file), 'it is a device, not a file'],
    [() => mkdirSync(file), 'it is a folder, not a file'],
    [() => writeFileSync(file, Buffer.from(golden, 'utf16le').fill(0xff, 0, 2)), 'it is not UTF-8'],
    [() => writeFileSync(file, `${golden}\n-- ${'x'.repeat(200_000)}`), '200000 are the most'],
  ] as const) {
    rmSync(file, { recursive: true });
    make();
    const { code, output } = await run(folder, 'check', 'codes-select');
    expect([code, output]).toEqual([1, expect.stringContaining(`${file} cannot be read: `)]);
    expect(output).toContain(says);
  }
});

it('warns of a hole of one day between two memberships of a merchant: valid_to is the first day after', async () => {
  const folder = goldenSource(bench, 'codes-gap', {
    'data/memberships.csv': (text) => text.replace('2025-02-10\n', '2025-02-09\n'),
  });
  const { code, output } = await run(folder, 'load', 'codes-gap', '--files', join(folder, 'data'));
  expect(code).toBe(0);
  expect(output).toContain('membership-one-day-gap 1');
});

it('warns of a last record without a line end, and refuses a file that was cut off in one', async () => {
  const folder = goldenSource(bench, 'codes-cut', {
    'data/orders-2.csv': (text) => text.trimEnd(),
    'data/belts.csv': (text) => text.trimEnd(),
  });
  const load = () => run(folder, 'load', 'codes-cut', '--files', join(folder, 'data'));
  const whole = readFileSync(join(folder, 'data', 'orders-2.csv'), 'utf8');
  rewrite(join(folder, 'data', 'orders-2.csv'), (text) => text.slice(0, -30));
  const refused = await load();
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(
    /orders-2\.csv, line 7: the file ends here, without a line end and with \d+ of 17 columns/,
  );
  writeFileSync(join(folder, 'data', 'orders-2.csv'), whole);
  const { code, output } = await load();
  expect(code).toBe(0);
  expect(output).toContain('The last record of belts.csv and of 1 other file has no line end.');
  expect(output).toContain('no-line-end 2');
});

it.each<Record<string, string>>([
  { BELTLINE_TIMEZONE: 'Europe/Berlin' },
  { BELTLINE_TIME_ZONE: 'Nowhere/At_All' },
  { BELTLINE_MIN_BASE: 'x' },
  { LOG_LEVEL: 'foo' },
  { BELTLINE_DATA: '/dev/null' },
])('stops with the name of a variable that is unknown or wrong: %j', async (environment) => {
  const { code, output } = await startCommand(bench.dataDir, ['status'], environment).done;
  expect([code, output]).toEqual([2, expect.stringContaining(Object.keys(environment)[0] as string)]);
});

it('ends at once at Ctrl-C also while it waits for a data directory that another process has', async () => {
  const dataDir = join(bench.folder, 'held');
  const lock = join(dataDir, 'engine', 'engine.lock');
  mkdirSync(join(dataDir, 'engine'), { recursive: true });
  const hold = `require('fs-native-extensions').tryLock(require('fs').openSync(process.argv[1], 'a+')); console.log('held'); process.stdin.resume()`;
  const holder = spawn(process.execPath, ['-e', hold, lock], { cwd: TEST_FOLDER });
  try {
    await once(holder.stdout, 'data');
    const untouched = statSync(lock).ctimeMs;
    const waiting = startCommand(dataDir, ['verify', '--quiet']);
    // Whoever asks for the lock touches its file first.
    while (statSync(lock).ctimeMs === untouched) await sleep(50);
    await sleep(500);
    const asked = Date.now();
    waiting.child.kill('SIGINT');
    const { code } = await waiting.done;
    expect(code).toBe(130);
    expect(Date.now() - asked).toBeLessThan(5_000); // of the 20 s that it would wait
  } finally {
    holder.kill();
  }
});

it('is told, where it is interrupted too late, that the next run completes what was decided', async () => {
  const folder = goldenSource(bench, 'late');
  const args = ['--source-folder', folder, 'load', 'late', '--files', join(folder, 'data')];
  const run = startCommand(bench.dataDir, args, { BELTLINE_ETL_PAUSE_AT: 'rolled-up' });
  await run.until('paused at rolled-up');
  run.child.kill('SIGINT');
  const { code, output } = await run.done;
  expect([code, output]).toEqual([
    130,
    expect.stringMatching(/had been decided.*etl -- recover.*completes it/),
  ]);
  expect(output).not.toContain('nothing of the load is published');
  expect((await startCommand(bench.dataDir, ['recover']).done).output).toContain('Completed: batch');
  const [last] = await query<{ state: string }>(
    bench.client,
    `SELECT state FROM load_events WHERE source = 'late' ORDER BY event_no DESC LIMIT 1`,
  );
  expect(last).toEqual({ state: 'committed' });
});

it.each([
  ['order-lines.sql', 'order_id,', "order_id, 'x' AS order_id,", 'the column order_id is given twice'],
  ['belts.sql', '_file_no, _line', 'NULL AS _file_no, 0 AS _line', 'the column _file_no must be'],
  ['belts.sql', '_file_no, _line', '70000 AS _file_no, 0 AS _line', 'the column _file_no must be'],
  ['belts.sql', '_file_no, _line', '0 AS _file_no, -1 AS _line', 'the column _line must be'],
])('refuses %s with %s made %s, before it is run', async (file, from, to, message) => {
  const folder = goldenSource(bench, 'codes-columns', { [file]: (text) => text.replace(from, to) });
  const { code, output } = await run(folder, 'check', 'codes-columns');
  expect([code, output]).toEqual([1, expect.stringContaining(`${file}: ${message}`)]);
});
