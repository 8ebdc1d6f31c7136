import { discoveries } from './discoveries.ts';
import { normal, random } from './planted.ts';
import { pValueOf } from './studentised.ts';

// Benjamini and Hochberg (1995), section 4: fifteen hypotheses of a trial of thrombolysis.
const PUBLISHED = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1.0,
];

test('of the published fifteen four are found, in whatever order they come', () => {
  expect(discoveries(PUBLISHED, 0.05).filter(Boolean)).toHaveLength(4);
  const mixed = [...PUBLISHED].reverse();
  expect(discoveries(mixed, 0.05)).toEqual([...discoveries(PUBLISHED, 0.05)].reverse());
});

test('what lies above its own line is found with what lies below a later one', () => {
  expect(discoveries([0.04, 0.045, 0.9], 0.1)).toEqual([true, true, false]);
  expect(discoveries([0.04, 0.07, 0.9], 0.1)).toEqual([false, false, false]);
});

test('of nothing nothing is found', () => {
  expect(discoveries([], 0.1)).toEqual([]);
  expect(discoveries([1, 1], 0.1)).toEqual([false, false]);
});

/** The part of what is found that is false, on average over lists: 0 where nothing is found. */
function falselyFound(changing: number, standing: number): { falseShare: number; found: number } {
  const draw = random(1995 + changing);
  let [falseShare, found] = [0, 0];
  for (let list = 0; list < LISTS; list++) {
    const truths = [...Array<number>(changing).fill(0.35), ...Array<number>(standing).fill(0)];
    const p = truths.map((truth) => {
      const degrees = 5 + Math.floor(40 * draw());
      const spread = Math.sqrt(
        Array.from({ length: degrees }, () => normal(draw) ** 2).reduce((a, b) => a + b) / degrees,
      );
      const value = truth + 0.1 * normal(draw);
      return pValueOf({ value, standardError: 0.1 * spread, degrees }, 0);
    });
    const told = discoveries(p, 0.1);
    const falsely = told.filter((is, index) => is && truths[index] === 0).length;
    const all = told.filter(Boolean).length;
    falseShare += all === 0 ? 0 : falsely / all / LISTS;
    found += (all - falsely) / LISTS;
  }
  return { falseShare, found };
}
const LISTS = 300;

test.each([
  [0, 130],
  [20, 110],
  [65, 65],
])(
  'of %i belts that change and %i that do not, no more than a tenth of what is found is false',
  (changing, standing) => {
    const { falseShare, found } = falselyFound(changing, standing);
    // Two standard errors of so many lists, of a share between 0 and 1, above a tenth.
    expect(falseShare).toBeLessThan(0.1 + 2 * Math.sqrt((0.1 * 0.9) / LISTS));
    expect(found).toBeGreaterThanOrEqual(0.7 * changing);
  },
);
