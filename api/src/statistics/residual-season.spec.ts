import { normal, random } from './planted.ts';
import { kruskalWallis, qs, RESIDUAL_P, seasonOfRanks, type SeasonTest } from './residual-season.ts';

function noise(seed: number): () => number {
  const draw = random(seed);
  return () => normal(draw);
}

test('Kruskal and Wallis: the published example of Hollander and Wolfe (1973, page 116)', () => {
  const found = kruskalWallis([
    [2.9, 3.0, 2.5, 2.6, 3.2],
    [3.8, 2.7, 4.0, 2.4],
    [2.8, 3.4, 3.7, 2.2, 2.0],
  ]);
  expect(found?.statistic).toBeCloseTo(0.77143, 5);
  expect(found?.p).toBeCloseTo(0.68, 2);
});

test('ties share their ranks, and what is all alike has no season', () => {
  // Ranks 1.5 1.5 3 | 4 5.5 5.5: H = (12 ÷ 42 · (36 ÷ 3 + 225 ÷ 3) − 21) ÷ (1 − 12 ÷ 210)
  const found = kruskalWallis([
    [1, 1, 2],
    [3, 4, 4],
  ]);
  expect(found?.statistic).toBeCloseTo(((12 / 42) * 87 - 21) / (1 - 12 / 210), 10);
  expect(kruskalWallis([[7, 7], [7]])).toEqual({ statistic: 0, p: 1 });
  expect(kruskalWallis([[1, 2]])).toBeNull();
});

const wave = Array.from({ length: 12 }, (_, month) => Math.sin((month * Math.PI) / 6));

test('QS by hand: changes that repeat each year', () => {
  const logs = Array.from({ length: 49 }, (_, index) => wave[index % 12] ?? 0);
  // 48 changes of a pure wave: r12 = 36 ÷ 48, r24 = 24 ÷ 48.
  const expected = 48 * 50 * (0.75 ** 2 / 36 + 0.5 ** 2 / 24);
  expect(qs(logs)?.statistic).toBeCloseTo(expected, 8);
  expect(qs(logs)?.p).toBeLessThan(1e-9);
});

test('too few months have no test; a season turned over has none either', () => {
  expect(qs(wave)).toBeNull();
  expect(seasonOfRanks(wave)).toBeNull();
  const turned = Array.from(
    { length: 49 },
    (_, index) => (wave[index % 12] ?? 0) * (-1) ** Math.floor(index / 12),
  );
  expect(qs(turned)).toEqual({ statistic: 0, p: 1 });
});

const TRIES = 2_000;
function shareFound(
  test: (logs: number[]) => SeasonTest | null,
  make: (draw: () => number) => number[],
  seed: number,
) {
  const draw = noise(seed);
  let found = 0;
  for (let run = 0; run < TRIES; run++) if ((test(make(draw))?.p ?? 1) < RESIDUAL_P) found++;
  return found / TRIES;
}
const white = (draw: () => number) => Array.from({ length: 48 }, draw);
function walk(draw: () => number) {
  let level = 0;
  return Array.from({ length: 48 }, () => (level += draw()));
}
/** Each calendar month has an effect of its own, as large as the noise. */
function seasonal(draw: () => number) {
  const effects = Array.from({ length: 12 }, draw);
  return white(draw).map((value, index) => value + (effects[index % 12] ?? 0));
}

test.each([
  ['QS of noise', qs, white],
  ['QS of a random walk', qs, walk],
  ['ranks of noise', seasonOfRanks, white],
] as const)('%s, in which nothing repeats, hardly ever finds a season', (_, tested, make) => {
  expect(shareFound(tested, make, 5)).toBeLessThan(0.025);
});

test.each([
  ['QS', qs],
  ['ranks', seasonOfRanks],
] as const)('%s finds most planted seasons as large as the noise', (_, tested) => {
  expect(shareFound(tested, seasonal, 6)).toBeGreaterThan(0.6);
});
