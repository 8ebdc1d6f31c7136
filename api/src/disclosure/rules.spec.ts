import fc from 'fast-check';
import {
  type DisclosureRules,
  guardedMean,
  guardedQuartiles,
  isPeerGroupSafe,
  isUndominated,
  quantileWindow,
  rulesAmongMembers,
  isRateSafe,
  protectionOf,
  type Side,
  type Sides,
  toThreeDigits,
  whyUnsafe,
} from './rules.ts';

const protectionNeeded = ({ sellers, buyers }: Sides, rules: DisclosureRules) =>
  Math.max(protectionOf(sellers, rules), protectionOf(buyers, rules));

const RULES: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
/** The p% rule alone. */
const PERCENT_ALONE = { ...RULES, owners: 1 };

const side = (values: readonly number[], total = values.reduce((sum, one) => sum + one, 0)): Side => ({
  owners: total > values.reduce((sum, one) => sum + one, 0) ? 99 : values.length,
  total,
  largest: [...values].sort((a, b) => b - a),
});
const many: Side = { owners: 200, total: 1000, largest: [5, 5, 5] };
const sold = (values: readonly number[], total?: number): Sides => ({
  sellers: side(values, total),
  buyers: many,
});

describe('the p% rule', () => {
  test('two that know each other within 2 % pass a rule of dominance (1, 90) and not this one', () => {
    const cell = sold([50_000, 49_000], 100_000);
    expect(50_000 / 100_000).toBeLessThan(0.9);
    expect(whyUnsafe(cell, PERCENT_ALONE)).toBe('dominated');
    expect(protectionNeeded(cell, PERCENT_ALONE)).toBeCloseTo(7_500 - 1_000, 9);
  });

  test('52,000 and 50,000 of 110,000 leave 15.4 % of the largest', () => {
    const cell = sold([52_000, 50_000], 110_000);
    expect(whyUnsafe(cell, { ...PERCENT_ALONE, percent: 10 })).toBeNull();
    expect(whyUnsafe(cell, { ...PERCENT_ALONE, percent: 15.38 })).toBeNull();
    expect(whyUnsafe(cell, { ...PERCENT_ALONE, percent: 15.39 })).toBe('dominated');
  });

  test('300 of 330 is unsafe under (1, 85), and here', () => {
    expect(300 / 330).toBeGreaterThan(0.85);
    expect(whyUnsafe(sold([300, 20, 10]), PERCENT_ALONE)).toBe('dominated');
  });

  test('50, 20, 10, 8, 7 and 5 pass', () => {
    const cell = sold([50, 20, 10, 8, 7, 5]);
    expect(whyUnsafe(cell, RULES)).toBeNull();
    expect(protectionNeeded(cell, RULES)).toBe(0);
  });

  test('is of those who pool what they know', () => {
    const cell = sold([50, 30, 20, 2, 2, 2]);
    expect(whyUnsafe(cell, RULES)).toBeNull();
    expect(whyUnsafe(cell, { ...RULES, pooled: 2 })).toBe('dominated');
    expect(protectionNeeded(cell, { ...RULES, pooled: 2 })).toBeCloseTo(7.5 - 6, 9);
  });

  test('of safe cells, the sum is safe too: what is withheld together needs no more than what is withheld alone', () => {
    const values = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(values, values, (one, other) => {
        fc.pre(!whyUnsafe(sold(one), RULES) && !whyUnsafe(sold(other), RULES));
        expect(whyUnsafe(sold(one.map((value, owner) => value + (other[owner] ?? 0))), RULES)).toBeNull();
      }),
    );
  });
});

describe('the threshold', () => {
  test('is of sellers and of buyers', () => {
    const five = side([3, 3, 3, 3, 3]);
    const four = side([4, 4, 4, 3]);
    expect(whyUnsafe({ sellers: five, buyers: five }, RULES)).toBeNull();
    expect(whyUnsafe({ sellers: four, buyers: five }, RULES)).toBe('few-owners');
    expect(whyUnsafe({ sellers: five, buyers: four }, RULES)).toBe('few-owners');
  });

  test('asks for p% of the largest, whoever the others are', () => {
    expect(protectionNeeded(sold([100]), RULES)).toBe(15);
    expect(protectionNeeded(sold([25, 25, 25, 25]), RULES)).toBe(3.75);
  });

  test('a zero is of nobody, and may be shown', () => {
    const nobody = { owners: 0, total: 0, largest: [] };
    expect(whyUnsafe({ sellers: nobody, buyers: nobody }, RULES)).toBeNull();
    expect(protectionNeeded({ sellers: nobody, buyers: nobody }, RULES)).toBe(0);
  });

  test('of a peer group is of the others', () => {
    expect(isPeerGroupSafe(9, RULES)).toBe(false);
    expect(isPeerGroupSafe(10, RULES)).toBe(true);
  });
});

test('a rate needs both of its periods', () => {
  const [safe, unsafe] = [sold([3, 3, 3, 3, 3]), sold([3, 3, 3])];
  expect(isRateSafe(safe, safe, RULES)).toBe(true);
  expect(isRateSafe(safe, unsafe, RULES)).toBe(false);
  expect(isRateSafe(unsafe, safe, RULES)).toBe(false);
});

describe('quartiles of a peer group', () => {
  const among = rulesAmongMembers(RULES);
  const even = (count: number) => Array.from({ length: count }, (_, at) => 100 + 10 * at);
  /** Three neighbours are enough where members tell each other nothing. */
  const alone = { ...RULES, pooled: 0 };

  test('are means of at least three neighbours, in three digits', () => {
    expect(quantileWindow(even(11), 0.5, alone)).toEqual({ first: 4, last: 6 });
    expect(
      guardedMean(
        [1, 2, 4, 8, 16, 32, 64].map((value) => value * 1.001),
        { first: 2, last: 4 },
      ),
    ).toBe(toThreeDigits(((4 + 8 + 16) * 1.001) / 3));
  });

  test('have as many neighbours as members who tell each other what they see cannot undo', () => {
    expect(quantileWindow(even(25), 0.5, among)).toEqual({ first: 10, last: 14 });
    expect(quantileWindow(even(25), 0.5, { ...among, pooled: 4 })).toEqual({ first: 9, last: 15 });
  });

  test('never rest on the smallest or the largest', () => {
    for (const share of [0, 0.05, 1]) expect(quantileWindow(even(40), share, among)).toBeNull();
    expect(quantileWindow(even(4), 0.5, alone)).toBeNull();
  });

  test('stand at the same places from below and from above', () => {
    for (let count = 11; count < 60; count++) {
      const [lower, upper] = [0.25, 0.75].map((share) => quantileWindow(even(count), share, alone));
      expect(upper).toEqual({
        first: count - 1 - (lower?.last ?? NaN),
        last: count - 1 - (lower?.first ?? NaN),
      });
    }
  });

  test('have no value in common: in a small group there is a median alone', () => {
    expect(guardedQuartiles(even(11), among)).toEqual([null, 150, null]);
    expect(guardedQuartiles(even(21), among)).toEqual([150, 200, 250]);
    expect(guardedQuartiles(even(10), among)).toEqual([null, null, null]);
  });

  test('are withheld where one value decides every mean', () => {
    const steep = Array.from({ length: 41 }, (_, at) => 10 ** at);
    expect(guardedQuartiles(steep, among)).toEqual([null, null, null]);
  });

  test('of those who have nothing are nothing', () => {
    expect(
      guardedQuartiles(
        Array.from({ length: 30 }, () => 0),
        among,
      ),
    ).toEqual([0, 0, 0]);
  });
});

test('one is dominant where the others together hide them too little', () => {
  const among = rulesAmongMembers(RULES);
  expect(isUndominated([100, 50, 40, 16], among)).toBe(true);
  expect(isUndominated([100, 50, 40, 14], among)).toBe(false);
  expect(isUndominated([0, 0, 0], among)).toBe(true);
});
