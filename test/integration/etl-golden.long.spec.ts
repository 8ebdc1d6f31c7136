/** The golden orders in whatever order their files come: the figures are those that were worked out by hand. */
import { figures, goldenSource, loadInProcess } from './etl-harness.ts';
import { bench, LOOKUPS, AFTER_SECOND, monthsText } from './etl-golden-kit.ts';

describe('the order of loading', () => {
  beforeAll(async () => {
    const folder = goldenSource(bench, 'golden-steps');
    for (const file of ['data/orders-1.csv', 'data/orders-2.csv'])
      await loadInProcess(bench, folder, [...LOOKUPS, file]);
  });

  it.each([
    ['both at once', [[...LOOKUPS, 'data/orders-1.csv', 'data/orders-2.csv']]],
    [
      'the later file first',
      [
        [...LOOKUPS, 'data/orders-2.csv'],
        [...LOOKUPS, 'data/orders-1.csv'],
      ],
    ],
    ['the whole folder', [['data']]],
  ])('makes no difference: %s', async (name, loads) => {
    const id = `golden-${name.replaceAll(/[^a-z]+/g, '-').slice(0, 20)}`;
    const folder = goldenSource(bench, id);
    for (const files of loads) await loadInProcess(bench, folder, files);
    expect(await monthsText(id)).toEqual(AFTER_SECOND);
    const [stepwise, other] = await Promise.all([
      figures(bench.client, 'golden-steps'),
      figures(bench.client, id),
    ]);
    // Which batch a line came from is the one thing that may differ.
    expect({ ...other, rollup_lineage: '' }).toEqual({ ...stepwise, rollup_lineage: '' });
  });
});
