/** Why concentration and price indices are not told, in any precision: what they would give away beside what is (docs/disclosure.md, "What is not told, and why"). */

/** As the p% rule asks: how uncertain the largest must stay for the second. */
const PERCENT = 15;
const hhiOf = (sold: readonly number[]) => {
  const all = sold.reduce((sum, one) => sum + one, 0);
  return 10_000 * sold.reduce((sum, one) => sum + (one / all) ** 2, 0);
};
/** The classes of competition authorities: under 1,500, to 2,500, above. */
const classOf = (hhi: number): readonly [from: number, to: number] =>
  hhi < 1_500 ? [0, 1_500] : hhi < 2_500 ? [1_500, 2_500] : [2_500, 10_000];

/**
 * What whoever sold `own` and knows the total and between which numbers the index lies makes of the largest: what is left is one owner's at most, and no less than the squares ask for where it is divided among
 * one as large as can be and others of none. `total`: what all sold.
 */
function boundsOfLargest(
  total: number,
  own: number,
  [from, to]: readonly [number, number],
): [number, number] {
  const rest = total - own;
  const squares = (hhi: number) => Math.max(0, (hhi / 10_000) * total ** 2 - own ** 2);
  // Largest with x, the others at most x each: x² ≤ Σ squares ≤ x · rest.
  return [Math.min(rest, squares(from) / rest), Math.min(rest, Math.sqrt(squares(to)))];
}

test('of a published total and a rounded index the second has the largest within p %, where the total alone does not give them', () => {
  // A belt that the p% rule lets pass: without its two largest there is more than p % of the largest left.
  const sold = [600, 200, ...Array.from({ length: 20 }, () => 10)];
  const [largest = 0, second = 0] = sold;
  const total = sold.reduce((sum, one) => sum + one, 0);
  expect(total - largest - second).toBeGreaterThan((PERCENT / 100) * largest);
  expect(total - second).toBeGreaterThan((1 + PERCENT / 100) * largest);
  // To a hundred points.
  const rounded = 100 * Math.round(hhiOf(sold) / 100);
  const [, most] = boundsOfLargest(total, second, [rounded - 50, rounded + 50]);
  expect(most).toBeGreaterThanOrEqual(largest);
  expect(most).toBeLessThan((1 + PERCENT / 100) * largest);
});

test('a class of it bounds the largest from below and, at a border, within p %', () => {
  const sold = [470, 200, ...Array.from({ length: 33 }, () => 10)];
  const [largest = 0, second = 0] = sold;
  const total = sold.reduce((sum, one) => sum + one, 0);
  expect(total - second).toBeGreaterThan((1 + PERCENT / 100) * largest);
  const hhi = hhiOf(sold);
  expect(classOf(hhi)).toEqual([2_500, 10_000]);
  const [least] = boundsOfLargest(total, second, classOf(hhi));
  expect(least).toBeLessThanOrEqual(largest);
  // Of the total alone nothing is known from below.
  expect(boundsOfLargest(total, second, [0, 10_000])[0]).toBe(0);
  expect(least).toBeGreaterThan(0.4 * largest);
  // A belt as large, with the border just above it.
  const below = [430, 200, ...Array.from({ length: 37 }, () => 10)];
  expect(classOf(hhiOf(below))).toEqual([1_500, 2_500]);
  const [, most] = boundsOfLargest(1_000, second, classOf(hhiOf(below)));
  expect(most).toBeLessThan((1 + PERCENT / 100) * 430);
  expect(1_000 - second).toBeGreaterThan((1 + PERCENT / 100) * 430);
});

test('of a city’s price index and those of all its belts but one, with what they sold, the last follows', () => {
  /** Value then and now of each belt's matched goods; the Laspeyres index of a city is the mean of its belts', weighted by what they sold then. */
  const belts = [
    { before: 500, index: 0.98 },
    { before: 300, index: 1.01 },
    // One firm's.
    { before: 90, index: 0.71 },
  ];
  const before = belts.reduce((sum, one) => sum + one.before, 0);
  const ofCity = belts.reduce((sum, one) => sum + one.before * one.index, 0) / before;
  const round = (value: number) => Math.round(1_000 * value) / 1_000;
  const [told, last] = [belts.slice(0, 2), belts[2]];
  const others = told.reduce((sum, one) => sum + one.before * round(one.index), 0);
  const derived = (round(ofCity) * before - others) / (last?.before ?? NaN);
  expect(Math.abs(derived - (last?.index ?? NaN))).toBeLessThan(0.02);
  // The other two alone say nothing of it; and in classes of five per cent it is the city's class, at its border, that one firm's price decides.
  const classed = (value: number) => Math.floor(20 * value);
  const without = told.reduce((sum, one) => sum + one.before * one.index, 0) / (before - (last?.before ?? 0));
  expect(classed(ofCity)).not.toBe(classed((without * (before - 90) + 90 * 1.1) / before));
});
