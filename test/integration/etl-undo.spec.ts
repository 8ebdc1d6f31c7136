/** Batches that are taken back: what was before them is in force again, to the last figure; or it is refused by name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Bench,
  everything,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';
import { LOOKUPS, seen, takeBack, undo } from './etl-undo-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Two loads, the second of which corrects, moves and cancels lines, renames a belt, and moves and sells merchants. */
async function twoLoads(id: string) {
  const folder = goldenSource(bench, id);
  const first = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).batch.batchId;
  const before = await seen(bench, id);
  rewrite(
    join(folder, 'data', 'belts.csv'),
    (text) => `${text.replace('Lamps', 'Lights')}TOYS,玩具,Toys,广东省\n`,
  );
  rewrite(join(folder, 'data', 'merchants.csv'), (text) => `${text.replace('O3', 'O1')}M4,丁,O4\n`);
  rewrite(
    join(folder, 'data', 'memberships.csv'),
    (text) => `${text.replaceAll('2025-02-10', '2025-02-09')}M4,TOYS,2020-01-01,\n`,
  );
  const second = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv'])).batch.batchId;
  return { folder, first, second, before, after: await seen(bench, id) };
}

const versionsOf = (source: string) =>
  query<{ version: number; act: string; actor: string; reason: string; undone: number[] }>(
    bench.client,
    `SELECT toUInt32(data_version) AS version, act, actor, reason, CAST(undone, 'Array(UInt32)') AS undone
     FROM data_versions WHERE source = {source:String} ORDER BY version`,
    { source },
  );

it('the last batch: yesterday is in force again, and the undo can be undone', async () => {
  const { first, second, before, after } = await twoLoads('undone');
  expect(after).not.toEqual(before);
  const { batch, undone, takenOut, putBack } = await undo(bench, second);
  // Six lines of orders-2, of which one is older than what is in force; five of them replaced one.
  expect({ undone, takenOut, putBack }).toEqual({ undone: [second], takenOut: 5, putBack: 5 });
  expect(batch?.message).toBe(
    `Undid ${second}: 5 lines in force were taken out, and what they had replaced is back; 2 months rebuilt.`,
  );
  expect(await seen(bench, 'undone')).toEqual(before);
  const third = batch?.batchId ?? 0;
  expect((await undo(bench, third)).undone).toEqual([third]);
  expect(await seen(bench, 'undone')).toEqual(after);
  await undo(bench, second);
  await undo(bench, first);
  expect((await seen(bench, 'undone')).tables['order_lines']).toMatch(/^0 rows/);
  const acts = await versionsOf('undone');
  expect(acts.map(({ act, undone: of }) => [act, of])).toEqual([
    ['load', []],
    ['load', []],
    ['undo', [second]],
    ['undo', [third]],
    ['undo', [second, third, third + 1]],
    ['undo', [first, second, third, third + 1, third + 2]],
  ]);
  expect(acts.every(({ actor }) => /.+@.+/.test(actor))).toBe(true);
  expect(acts.at(-1)?.reason).toBe('a spec');
});

it('what was undone can be loaded again, and is', async () => {
  const { folder, second, before, after } = await twoLoads('loaded-again');
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
  const { second } = await twoLoads('dry');
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
  const { folder, first, second } = await twoLoads('middle');
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
  const { folder, first, second, after } = await twoLoads('purged');
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
    const { second } = await twoLoads('lost');
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

it('etl-undo, killed: "attached" completes in what is right', async () => {
  const { second, before } = await twoLoads('killed');
  const run = startCommand(bench.dataDir, ['undo', String(second)], { BELTLINE_ETL_PAUSE_AT: 'attached' });
  await run.until('paused at attached');
  run.child.kill('SIGKILL');
  await run.done;
  const { code, output } = await startCommand(bench.dataDir, ['recover']).done;
  expect([code, output]).toEqual([0, expect.stringContaining('Completed: batch')]);
  expect(await seen(bench, 'killed')).toEqual(before);
});

it('the command says what it did, and a program reads it', async () => {
  const { second } = await twoLoads('told');
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
  expect((await versionsOf('told')).at(-1)).toMatchObject({ act: 'undo', reason: 'wrong file' });
});

it('keeps each column of a line that it replaces', async () => {
  const [row] = await query<{ missing: string[]; more: string[] }>(
    bench.client,
    `WITH (SELECT groupArray((name, type)) FROM (SELECT * FROM system.columns WHERE database = 'beltline' AND table = 'order_lines' AND default_kind != 'ALIAS' ORDER BY position)) AS lines,
       (SELECT groupArray((name, type)) FROM (SELECT * FROM system.columns WHERE database = 'beltline' AND table = 'replaced_lines' ORDER BY position)) AS kept
     SELECT arrayFilter(one -> NOT has(kept, one), lines) AS missing, kept[1] = lines[1] AND arraySlice(kept, 1, length(lines)) = lines AS same, length(kept) - length(lines) AS more`,
  );
  expect(row).toEqual({ missing: [], same: 1, more: '1' });
});
