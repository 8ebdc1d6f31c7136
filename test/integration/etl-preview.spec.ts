/** A preview says what a load does, and leaves nothing behind. */
import { type Bench, goldenSource, openBench } from './etl-harness.ts';
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
