/** A preview says what a load does, and leaves nothing behind. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, goldenSource, openBench, startCommand } from './etl-harness.ts';
import { killedPreview, preview, previewedThenLoaded } from './etl-preview-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

it('of two files one after the other, and of one again, says what the load does', async () => {
  const folder = goldenSource(bench, 'previewed');
  await previewedThenLoaded(bench, folder, ['data/orders-1.csv']);
  await previewedThenLoaded(bench, folder, ['data/orders-2.csv']);
  const again = await preview(bench, folder, ['data/orders-2.csv']);
  expect([again.outcome, again.months]).toEqual(['unchanged', []]);
});

it('shows the first rows beside their raw text', async () => {
  const folder = goldenSource(bench, 'previewed-rows');
  const { rows } = await preview(bench, folder, ['data/orders-1.csv']);
  expect(rows[0]).toMatchObject({ file: 'orders-1.csv', line: 2, mapped: { currency: 'CNY' } });
  const mapped: Readonly<Record<string, string>> = rows[0]?.mapped ?? {};
  expect(rows[0]?.raw.split(',').slice(0, 2)).toEqual([mapped['order_id'], mapped['line_no']]);
  expect(rows.length).toBeLessThanOrEqual(20);
});

// At other points: etl-preview.long.spec.ts.
it.each(['staged'])('killed when it has %s, it is cleared away by the next command', (point) =>
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
