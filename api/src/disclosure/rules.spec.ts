import fc from 'fast-check';
import {
  type DisclosureRules,
  guardedQuantile,
  isPeerGroupSafe,
  isRateSafe,
  protectionNeeded,
  type Side,
  type Sides,
  toThreeDigits,
  whyUnsafe,
} from './rules.ts';

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

describe('a quantile', () => {
  const sorted = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((value) => value * 1.001);

  test('is the mean of three, in three digits', () => {
    expect(guardedQuantile(sorted, 0.5)).toBe(toThreeDigits(((16 + 32 + 64) * 1.001) / 3));
    expect(guardedQuantile(sorted, 0.25)).toBe(9.34);
  });

  test('never rests on the smallest or the largest', () => {
    expect(guardedQuantile(sorted, 0)).toBeNull();
    expect(guardedQuantile(sorted, 1)).toBeNull();
    expect(guardedQuantile(sorted, 0.1)).toBeNull();
    expect(guardedQuantile(sorted.slice(0, 4), 0.5)).toBeNull();
  });
});
