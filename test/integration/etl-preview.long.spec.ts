/** A preview of odd files says what a load does: corrections, whole exports, any split, refusals, and kills. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type Bench,
  everything,
  goldenSource,
  openBench,
  rewrite,
  startCommand,
  sweptRuns,
} from './etl-harness.ts';
import { killedPreview, previewedThenLoaded } from './etl-preview-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

it('of corrections equals the load', async () => {
  const folder = goldenSource(bench, 'previewed-corrected');
  await previewedThenLoaded(bench, folder, ['data/orders-1.csv']);
  // Every line of the first file is corrected: other pieces, a day later.
  copyFileSync(join(folder, 'data', 'orders-1.csv'), join(folder, 'data', 'orders-3.csv'));
  rewrite(join(folder, 'data', 'orders-3.csv'), (text) =>
    text.replaceAll(/^([^,\n]+,\d+,)(2025-\d\d-\d\d)( [^,]+),[^,]+,/gm, '$1$2$3,2025-03-30 00:00:00,'),
  );
  await previewedThenLoaded(bench, folder, ['data/orders-3.csv']);
});

it('of a full export that lacks lines, and of merchants that move to another belt, equals the load', async () => {
  const folder = goldenSource(bench, 'previewed-full', {
    'source.yaml': (text) => `${text.trimEnd()}\nmode: full\nmaxWithdrawnShare: 1\n`,
  });
  await previewedThenLoaded(bench, folder, ['data/orders-1.csv']);
  rewrite(join(folder, 'data', 'orders-1.csv'), (text) =>
    text
      .split('\n')
      .filter((_, index) => index !== 2)
      .join('\n'),
  );
  rewrite(join(folder, 'data', 'memberships.csv'), (text) => text.replace('M1,LAMP,', 'M1,SOCK,'));
  await previewedThenLoaded(bench, folder, ['data/orders-1.csv']);
});

it('of the same rows in any split and order, each file after the others, equals the load', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 2 }), { minLength: 30, maxLength: 30 }),
      fc.boolean(),
      async (files, isTurned) => {
        const folder = goldenSource(bench, `previewed-split-${run++}`);
        const texts = [1, 2].map((no) =>
          readFileSync(join(folder, 'data', `orders-${no}.csv`), 'utf8')
            .trimEnd()
            .split('\n'),
        );
        const [header = ''] = texts[0] ?? [];
        // The row that is rejected would be too many of a small file.
        const rows = texts.flatMap((text) => text.slice(1)).filter((row) => !row.includes(',many,'));
        const parts = [0, 1, 2].map((no) => rows.filter((_, index) => files[index] === no));
        for (const [no, part] of (isTurned ? parts.reverse() : parts).entries()) {
          if (part.length === 0) continue;
          writeFileSync(join(folder, 'data', `orders-part${no}.csv`), [header, ...part, ''].join('\n'));
          await previewedThenLoaded(bench, folder, [`data/orders-part${no}.csv`]);
        }
      },
    ),
    { numRuns: sweptRuns(6), endOnFailure: true },
  );
});

it('says what a load would be refused for, with the rows, ends with 1, and changes nothing', async () => {
  const folder = goldenSource(bench, 'previewed-bad', {
    'source.yaml': (text) => text.replace('0.2', '0.01'),
  });
  const before = await everything(bench.client);
  const files = ['--files', join(folder, 'data')];
  const run = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', folder, ...args]).done;
  const previewed = await run('preview', 'previewed-bad', ...files, '--quiet');
  const loaded = await run('load', 'previewed-bad', ...files, '--quiet');
  expect([previewed.code, loaded.code]).toEqual([1, 1]);
  const reason = loaded.output.slice(loaded.output.indexOf('break a rule'));
  expect(previewed.output).toContain(`A load would be refused: `);
  expect(previewed.output).toContain(reason);
  expect(previewed.output).toMatch(
    /The first \d+ rows, as they are and as they are mapped:\n- orders-1\.csv, line 2: /,
  );
  expect(await everything(bench.client)).toEqual(before);
  const json = await run('preview', 'previewed-bad', ...files, '--json');
  expect(JSON.parse(json.output.split('\n')[0] ?? '')).toMatchObject({
    outcome: 'refused',
    source: 'previewed-bad',
  });
});

it.each([
  ['a file that is not there', ['nowhere.csv'], 'nowhere.csv'],
  ['another header', ['data'], 'orders-1.csv'],
])('of %s says for programs too why a load would be refused', async (what, files, says) => {
  const id = `previewed-at-once-${what.length}`;
  const folder = goldenSource(bench, id, {
    'data/orders-1.csv': (text) => text.replace('amount', 'price'),
  });
  const paths = files.map((file) => join(folder, file));
  const args = ['--source-folder', folder, 'preview', id, '--json', '--files', ...paths];
  const { code, output } = await startCommand(bench.dataDir, args).done;
  expect(code).toBe(1);
  const told = output.split('\n').find((line) => line.startsWith('{')) ?? '';
  expect(JSON.parse(told)).toMatchObject({
    source: id,
    outcome: 'refused',
    message: expect.stringContaining(says),
    rows: [],
    months: [],
    files: [],
  });
});

it.each(['landed', 'planned'])('killed when it has %s, it is cleared away by the next command', (point) =>
  killedPreview(bench, point),
);

it.each(['preview', 'load'])(
  'of a file with orders to a terminal, %s prints them as text',
  async (command) => {
    const folder = goldenSource(bench, `terminal-${command}`);
    const file = join(folder, 'data', 'orders-1.csv');
    const [header = '', first = '', ...others] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(
      file,
      [header, first.replace(/,delivered,/, ',\u001b]0;title\u0007\u009b2J,'), ...others].join('\n'),
    );
    const { output } = await startCommand(bench.dataDir, [
      '--source-folder',
      folder,
      command,
      `terminal-${command}`,
      '--files',
      join(folder, 'data'),
    ]).done;
    expect(output).toContain('\\u001b]0;title\\u0007');
    expect(output).not.toMatch(/[^\P{Cc}\n\t]/u);
  },
);
