/** Damage that comes to light while a load runs, or while the engine does: each command says what it is and what leads out. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, figures, goldenSource, openBench, startCommand } from './etl-harness.ts';
import * as kit from './etl-damage-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());

const says = (text: RegExp, code = 5) => ({ code, output: expect.stringMatching(text) });

/** A load that was killed when its lines were published and its figures were not, with what it takes to end it. */
async function killed(id: string, point: string) {
  const its = await kit.loadTwice(bench, id);
  const more = goldenSource(bench, `${id}-more`, {
    'data/orders-2.csv': (text) => text.replaceAll('A4,1,', 'NEW,1,'),
  });
  const files = kit.LOOKUPS.map((file) => join(its, file)).concat(join(more, 'data/orders-2.csv'));
  const cli = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', its, ...args]).done;
  const run = startCommand(bench.dataDir, ['--source-folder', its, 'load', id, '--files', ...files], {
    BELTLINE_ETL_PAUSE_AT: point,
  });
  await run.until(`paused at ${point}`);
  const everyFile = [...kit.FILES.map((file) => join(its, file)), join(more, 'data/orders-2.csv')];
  return {
    cli,
    run,
    kill: async () => {
      run.child.kill('SIGKILL');
      await run.done;
    },
    loadAgain: () => cli('load', id, '--again', '--files', ...everyFile),
  };
}

/** The figures of a source that nothing happened to. */
let undisturbed: Record<string, string>;
beforeAll(async () => {
  const { run } = await killed('undisturbed', 'attached');
  run.child.kill('SIGUSR2');
  expect(await run.done).toMatchObject({ code: 0 });
  undisturbed = await figures(bench.client, 'undisturbed');
});
const expectUndisturbed = async (id: string) => expect(await figures(bench.client, id)).toEqual(undisturbed);

it('leads out where a load meets what cannot be read only while it is published', async () => {
  const { cli, run } = await killed('led', 'attached');
  await kit.spoil(bench, 'unit_numbers', `source = 'led'`);
  run.child.kill('SIGUSR2');
  expect(await run.done).toEqual(says(/decided.*readers still see.*npm run etl -- rebuild led/s));
  expect(await cli('recover')).toEqual(says(/numbers of its merchants.*npm run etl -- rebuild led/s));
  expect(await cli('verify')).toEqual(says(/unit_numbers.*npm run etl -- rebuild led/s));
  expect(await cli('rebuild', 'led')).toMatchObject({ code: 0 });
  await expectUndisturbed('led');
  for (const other of ['undisturbed', 'led']) await cli('rebuild', other);
});

it.each(['attached', 'rolled-up'])(
  'never seals lines as whole of which some were lost after "%s"',
  async (point) => {
    const id = `lost-${point}`;
    const { cli, kill, loadAgain } = await killed(id, point);
    await kill();
    await kit.run(bench, `ALTER TABLE order_lines DELETE WHERE source = '${id}' AND order_id = 'A5'`);
    expect(await cli('recover')).toEqual(says(new RegExp(`lines that count.*must be.*rebuild ${id}`, 's')));
    expect(await cli('rebuild', id)).toEqual(says(/order_lines.*--again --files/s));
    expect(await loadAgain()).toMatchObject({ code: 0 });
    expect(await cli('rebuild', id)).toMatchObject({ code: 0 });
    await expectUndisturbed(id);
  },
);

it('gives a load up whose own lines can no longer be read', async () => {
  const { cli, run, loadAgain } = await killed('unread', 'attached');
  await kit.spoil(bench, 'order_lines', `source = 'unread' AND order_id = 'NEW'`);
  run.child.kill('SIGUSR2');
  expect(await run.done).toEqual(says(/cannot be read.*npm run etl -- rebuild unread/s));
  expect(await cli('recover')).toEqual(says(/npm run etl -- rebuild unread/));
  const rebuilt = await cli('rebuild', 'unread');
  if (rebuilt.code !== 0) expect(rebuilt).toEqual(says(/order_lines.*--again --files/s));
  expect(await loadAgain()).toMatchObject({ code: 0 });
  expect(await cli('rebuild', 'unread')).toMatchObject({ code: 0 });
  await expectUndisturbed('unread');
});

it('gives no number of a merchant or buyer out again where those that are given are lost', async () => {
  const { cli, kill } = await killed('numbers', 'attached');
  await kill();
  await kit.run(bench, `ALTER TABLE unit_numbers DELETE WHERE source = 'numbers'`);
  expect(await cli('recover')).toEqual(says(/numbers of its merchants.*rebuild numbers/s));
  expect(await cli('rebuild', 'numbers')).toMatchObject({ code: 0 });
  await expectUndisturbed('numbers');
});

it.each(['the event that it was decided', 'every event'])(
  'keeps nothing of a load of which the journal has lost %s',
  async (what) => {
    const id = `journal-${what.length}`;
    const { cli, kill, loadAgain } = await killed(id, 'attached');
    await kill();
    const newest = `(SELECT max(batch_id) FROM load_events)`;
    const which = what === 'every event' ? '' : `AND state = 'publishing'`;
    await kit.run(bench, `ALTER TABLE load_events DELETE WHERE batch_id = ${newest} ${which}`);
    expect(await cli('recover')).toMatchObject({ code: 0 });
    expect(await loadAgain()).toMatchObject({ code: 0 });
    expect(await cli('rebuild', id)).toMatchObject({ code: 0 });
    await expectUndisturbed(id);
  },
);

it('names files of the journal that are gone while the engine runs, and goes on once they are set aside', async () => {
  const its = await kit.loadTwice(bench, 'journal');
  const files = kit.FILES.map((file) => join(its, file));
  const cli = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', its, ...args]).done;
  const stored = await kit.storedIn(bench, 'load_events');
  for (const part of readdirSync(stored).filter((name) => /^all_/.test(name)))
    for (const file of readdirSync(join(stored, part))) rmSync(join(stored, part, file));
  expect(await cli('load', 'journal', '--files', ...files)).toEqual(
    says(/cannot be read.*npm run etl -- verify/s),
  );
  expect(await cli('verify')).toEqual(says(/load_events.*npm run etl -- rebuild journal/s));
  expect(await cli('rebuild', 'journal')).toMatchObject({ code: 0 });
  expect(await cli('load', 'journal', '--again', '--files', ...files)).toMatchObject({ code: 0 });
});
