/** Damage that comes to light while a load runs, or while the engine does: each command says what it is and what leads out. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, figures, goldenSource, loadInProcess, openBench, startCommand } from './etl-harness.ts';
import * as kit from './etl-damage-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());

const says = (text: RegExp) => ({ code: 5, output: expect.stringMatching(text) });

it('leads out where a load meets what cannot be read only while it is published', async () => {
  const more = goldenSource(bench, 'more', {
    'data/orders-2.csv': (text) => text.replaceAll('A4,1,', 'NEW,1,'),
  });
  const [its, undisturbed] = [await kit.loadTwice(bench, 'led'), await kit.loadTwice(bench, 'undisturbed')];
  const files = kit.LOOKUPS.map((file) => join(its, file)).concat(join(more, 'data/orders-2.csv'));
  await loadInProcess(bench, undisturbed, files);
  const cli = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', its, ...args]).done;
  const load = startCommand(bench.dataDir, ['--source-folder', its, 'load', 'led', '--files', ...files], {
    BELTLINE_ETL_PAUSE_AT: 'attached',
  });
  await load.until('paused at attached');
  await kit.spoil(bench, 'unit_numbers', 'true');
  load.child.kill('SIGUSR2');
  expect(await load.done).toEqual(says(/decided.*readers still see.*npm run etl -- rebuild led/s));
  expect(await cli('recover')).toEqual(says(/cannot be read.*npm run etl -- verify/s));
  expect(await cli('verify')).toEqual(says(/unit_numbers.*npm run etl -- rebuild led/s));
  expect(await cli('rebuild', 'led')).toMatchObject({ code: 0 });
  expect(await figures(bench.client, 'led')).toEqual(await figures(bench.client, 'undisturbed'));
});

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
