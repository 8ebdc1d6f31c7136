/** What is taken back can be loaded again, looked at before, purged, and is refused by name with nothing changed. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Bench,
  everything,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  startCommand,
  TEST_FOLDER,
} from './etl-harness.ts';
import { HEADER, lineOf, LOOKUPS, seen, takeBack, twoLoads, undo, versionsOf } from './etl-undo-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

it('what was undone can be loaded again, and is', async () => {
  const { folder, second, before, after } = await twoLoads(bench, 'loaded-again');
  await undo(bench, second);
  expect(await seen(bench, 'loaded-again')).toEqual(before);
  const again = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv'])).batch;
  expect(again.state).toBe('committed');
  const { seals: _, ...now } = await seen(bench, 'loaded-again');
  const { seals: __, ...then } = after; // the batches behind the figures are others
  expect(now).toEqual(then);
  expect((await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv'])).batch.state).toBe(
    'unchanged',
  );
});

it('a dry run tells what an undo does, and does nothing', async () => {
  const { second } = await twoLoads(bench, 'dry');
  const untouched = await everything(bench.client);
  const told = await takeBack(bench, { batchId: second, withLater: false }, true);
  expect(await everything(bench.client)).toEqual(untouched);
  expect(told).toMatchObject({ batch: null, undone: [second] });
  const done = await undo(bench, second);
  expect(done.months).toEqual(told.months);
  const [months] = await query<{ lines: number[] }>(
    bench.client,
    `SELECT groupArray(lines) AS lines FROM (SELECT toUInt32(sum(lines)) AS lines FROM rollup_belt_month WHERE source = 'dry' AND level = 'nation'
       AND data_version = ${done.batch?.batchId} GROUP BY month ORDER BY month)`,
  );
  expect(told.months.map(({ lines_after }) => lines_after)).toEqual(months?.lines);
});

it('a batch in the middle is refused by name, and taken back with those after it in one version', async () => {
  const { folder, first, second } = await twoLoads(bench, 'middle');
  const empty = { tables: { order_lines: expect.stringMatching(/^0 rows/) } };
  writeFileSync(
    join(folder, 'data', 'orders-3.csv'),
    'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand\n' +
      'A1,1,2025-01-05 10:00:00,2025-04-01 10:00:00,paid,M1,U1,retailer,CN,CN,wholesale,,1,1.00,0.00,0,0\n',
  );
  const before = await seen(bench, 'middle');
  const third = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-3.csv'])).batch.batchId;
  const untouched = await everything(bench.client);
  await expect(undo(bench, first)).rejects.toThrow(
    `Batch ${first} is not the last of middle: ${second}, ${third} came after it`,
  );
  expect(await everything(bench.client)).toEqual(untouched);
  await undo(bench, third);
  expect(await seen(bench, 'middle')).toEqual(before);
  await expect(undo(bench, third)).rejects.toThrow(
    `Batch ${third} of middle has been undone already, by batch ${third + 1}.`,
  );
  expect((await undo(bench, first, true)).undone).toEqual([first, second]);
  expect(await seen(bench, 'middle')).toMatchObject(empty);
});

it('a purge takes all of a source out, and is undone as a load is', async () => {
  const { folder, first, second, after } = await twoLoads(bench, 'purged');
  const told = await takeBack(bench, { source: 'purged' }, true);
  expect(told.months.map(({ lines_after }) => lines_after)).toEqual([0, 0]);
  const { batch, undone, takenOut } = await takeBack(bench, { source: 'purged' });
  expect({ undone, takenOut }).toEqual({ undone: [first, second], takenOut: 10 });
  const { tables } = await seen(bench, 'purged');
  for (const table of ['order_lines', 'belts', 'merchants', 'memberships', 'sources', 'rollup_belt_month'])
    expect(tables[table]).toMatch(/^0 rows/);
  await expect(takeBack(bench, { source: 'purged' })).rejects.toThrow('There is nothing to purge.');
  await undo(bench, batch?.batchId ?? 0);
  expect(await seen(bench, 'purged')).toEqual(after);
  await takeBack(bench, { source: 'purged' });
  expect((await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).batch.state).toBe(
    'committed',
  );
});

describe('is refused by name, with nothing changed', () => {
  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['a batch that there is not', () => undo(bench, 987_654), /There is no batch 987654/],
    [
      'a source that there is not',
      () => takeBack(bench, { source: 'none' }),
      /Nothing of a source none has been loaded/,
    ],
  ])('%s', async (_, attempt, message) => {
    const untouched = await everything(bench.client);
    await expect(attempt()).rejects.toThrow(message);
    expect(await everything(bench.client)).toEqual(untouched);
  });

  it('a load that was refused or changed nothing', async () => {
    const folder = goldenSource(bench, 'nothing', { 'source.yaml': (text) => text.replace('0.2', '0.05') });
    await expect(loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).rejects.toThrow(
      'invalid-number',
    );
    await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
    const [refused] = await query<{ id: number }>(
      bench.client,
      `SELECT toUInt32(min(batch_id)) AS id FROM load_events WHERE source = 'nothing'`,
    );
    await expect(undo(bench, refused?.id ?? 0)).rejects.toThrow(
      'has published nothing (refused), so there is nothing to undo',
    );
  });

  it('where what a batch took out of force is not kept, or no longer whole', async () => {
    const { second } = await twoLoads(bench, 'lost');
    const untouched = await everything(bench.client);
    const lose = (table: string, where: string) =>
      bench.client.command({
        query: `ALTER TABLE ${table} DELETE WHERE ${where}`,
        clickhouse_settings: { mutations_sync: '2' },
      });
    await lose('replaced_lines', `source = 'lost' AND order_id = 'A9'`);
    await expect(undo(bench, second)).rejects.toThrow(
      new RegExp(`What batch ${second} of lost took out of force is no longer whole \\(4 of 5 lines`),
    );
    await lose('seals', `source = 'lost' AND sealed = 'replaced_lines'`);
    await expect(undo(bench, second)).rejects.toThrow('was published before Beltline kept the lines');
    const { replaced_lines: _, ...left } = await everything(bench.client);
    expect(untouched).toMatchObject(left);
  });
});

it('the command says what it did, and a program reads it', async () => {
  const { second } = await twoLoads(bench, 'told');
  const command = (...args: string[]) => startCommand(bench.dataDir, args).done;
  const dry = await command('undo', String(second), '--dry-run', '--quiet');
  expect([dry.code, dry.output]).toEqual([
    0,
    expect.stringMatching(
      new RegExp(
        `Would take back batch ${second} of told\\. Nothing was changed\\..*- 2025-01: lines 6 → 6, orders 5 → 5, GMV 8289.90 → 8339.80`,
        's',
      ),
    ),
  ]);
  const done = await command('undo', String(second), '--json', '--reason', 'wrong file');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.output)).toMatchObject({
    state: 'committed',
    source: 'told',
    undone: [second],
    takenOut: 5,
  });
  const again = await command('undo', String(second), '--json');
  expect(again.code).toBe(1);
  expect(JSON.parse(again.output.split('\n')[0] ?? '')).toMatchObject({ state: 'refused', batchId: null });
  expect((await command('undo', 'seven')).code).toBe(2);
  expect((await command('undo', '987654')).code).toBe(2);
  expect((await versionsOf(bench, 'told')).at(-1)).toMatchObject({ act: 'undo', reason: 'wrong file' });
});

it('each command that the documents print does what they say', async () => {
  const text = readFileSync(join(TEST_FOLDER, '..', 'docs', 'operations.md'), 'utf8');
  const block = /### When a load was wrong\n\n```sh\n([^]*?)```/.exec(text)?.[1] ?? '';
  const printed = block
    .trim()
    .split('\n')
    .map((line) => line.replace(/^npm run etl -- /, '').replace(/\s+#.*$/, ''));
  const folder = goldenSource(bench, 'shop');
  const orders = (name: string, months: readonly number[], quantity: number): string => {
    const lines = months.map((month) =>
      lineOf({ order: `S${month}`, month, updated: 6, merchant: 'M1', quantity, isPaid: true }).replaceAll(
        '2025-',
        '2024-',
      ),
    );
    writeFileSync(join(folder, name), `${[HEADER, ...lines].join('\n')}\n`);
    return name;
  };
  const load = async (name: string) => (await loadInProcess(bench, folder, [...LOOKUPS, name])).batch.batchId;
  const numbers: Record<string, number> = {
    5: await load(orders('data/orders-1.csv', [2, 3, 4], 1)),
    7: await load(orders('data/orders-2.csv', [3, 4, 5], 2)),
  };
  mkdirSync(join(folder, 'right'));
  for (const name of ['belts', 'merchants', 'memberships'])
    copyFileSync(join(folder, 'data', `${name}.csv`), join(folder, 'right', `${name}.csv`));
  orders('right/orders-right.csv', [3, 4, 5], 9);
  const inForce = async () =>
    (
      await query<{ line: string }>(
        bench.client,
        `SELECT concat(order_id, ' ', toString(quantity)) AS line FROM order_lines FINAL WHERE source = 'shop' AND is_deleted = 0 ORDER BY line`,
      )
    ).map(({ line }) => line);
  const second = ['S2 1', 'S3 2', 'S4 2', 'S5 2'];
  const seenAfter: string[][] = [];
  for (const command of printed) {
    // What comes after an undo down to the first needs something in force again.
    if (command.startsWith('replace') && (await inForce()).length === 0) await load('data/orders-1.csv');
    const args = (command.match(/'[^']*'|\S+/g) ?? []).map((arg) => arg.replaceAll("'", ''));
    const given = args[0] === 'undo' ? args.map((arg) => String(numbers[arg] ?? arg)) : args;
    const { code, output } = await startCommand(bench.dataDir, ['--source-folder', folder, ...given], {
      INIT_CWD: folder,
    }).done;
    expect([command, code, code === 0 ? '' : output]).toEqual([command, 0, '']);
    seenAfter.push(await inForce());
    // 5 is taken back with those after it, so one has to be there.
    if (command.includes('--reason')) numbers['7'] = await load('data/orders-2.csv');
  }
  expect(seenAfter).toEqual([
    second,
    ['S2 1', 'S3 1', 'S4 1'],
    [],
    ['S2 1', 'S3 1', 'S4 1'],
    ['S2 1', 'S3 9', 'S4 9', 'S5 9'],
    [],
  ]);
});
