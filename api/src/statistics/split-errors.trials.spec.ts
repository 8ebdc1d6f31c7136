import { intervalOf } from './owner-bootstrap.ts';
import { normal, poisson, random } from './planted.ts';
import { shareError, splitErrors } from './split-errors.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

/** Parts in the baseline and in the period, as shares of an owner's orders: the first gives way to the second, few owners are in the third. */
const BEFORE = [0.6, 0.3, 0.1];
const AFTER = [0.4, 0.5, 0.1];

function planted(draw: () => number, owners: number, growth: number) {
  const parts = BEFORE.map(() => ({ over: new Float64Array(owners), under: new Float64Array(owners) }));
  for (let owner = 0; owner < owners; owner++) {
    const size = 30 * Math.exp(0.8 * normal(draw) - 0.32);
    const own = growth * Math.exp(0.35 * normal(draw) - 0.35 ** 2 / 2);
    // How far an owner has turned from the first part to the second, and whether it sells in the third at all.
    const turned = 2 * draw();
    const isInThird = draw() < 0.4;
    const share = (which: number, after: boolean) => {
      const [from = 0, to = 0] = [BEFORE[which], AFTER[which]];
      if (which === 2) return isInThird ? from / 0.4 : 0;
      return from + (after ? turned * (to - from) : 0);
    };
    parts.forEach(({ over, under }, which) => {
      under[owner] = poisson(draw, size * share(which, false));
      over[owner] = poisson(draw, size * own * share(which, true));
    });
  }
  const truths = BEFORE.map((from, which) => growth * (AFTER[which] ?? 0) - from);
  return { parts, truths };
}
const wholeOf = (parts: ReturnType<typeof planted>['parts']) => {
  const add = (side: 'over' | 'under') =>
    (parts[0]?.[side] ?? new Float64Array()).map((_, owner) =>
      sum(parts.map((part) => part[side][owner] ?? 0)),
    );
  return { over: add('over'), under: add('under') };
};

test.each([
  [60, 0.9],
  [60, 1.2],
  [200, 1.2],
])('intervals of 90 %% hold the contributions of %i owners that grow to %d', (owners, growth) => {
  const draw = random(owners);
  const [told, held] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let trial = 0; trial < 2_400; trial++) {
    const { parts, truths } = planted(draw, owners, growth);
    splitErrors(parts, wholeOf(parts)).forEach((error, part) => {
      if (typeof error === 'string') return;
      told[part] = (told[part] ?? 0) + 1;
      const distance = Math.abs(error.value - (truths[part] ?? NaN));
      if (distance <= error.standardError * error.reach) held[part] = (held[part] ?? 0) + 1;
    });
  }
  told.forEach((count, part) => {
    // The third part has some 24 owners of 60, of whom often fewer than ten count.
    expect([part, count > (part === 2 && owners === 60 ? 1_000 : 2_000)]).toEqual([part, true]);
    const share = (held[part] ?? 0) / count;
    // Such few owners are told too little rather than too much: 92.6 %.
    expect([part, share > 0.88, share < (part === 2 ? 0.94 : 0.92)]).toEqual([part, true, true]);
  });
});

test('parts of all add up to the whole, and errors are those of leaving out one owner with all its parts', () => {
  const { parts } = planted(random(7), 80, 1.1);
  const whole = wholeOf(parts);
  const errors = splitErrors(parts, whole);
  const rate = (part: (typeof parts)[number], left: number) => {
    const of = (side: Float64Array) => sum(side) - (side[left] ?? 0);
    return (of(part.over) - of(part.under)) / of(whole.under);
  };
  parts.forEach((part, index) => {
    const squares = Array.from(whole.under, (_, owner) => (rate(part, owner) - rate(part, -1)) ** 2);
    expect(errors[index]).toMatchObject({
      value: expect.closeTo(rate(part, -1), 12),
      standardError: expect.closeTo(Math.sqrt((sum(squares) * 79) / 80), 10),
    });
  });
  const values = errors.map((error) => (typeof error === 'string' ? NaN : error.value));
  expect(sum(values)).toBeCloseTo(sum(whole.over) / sum(whole.under) - 1, 12);
});

test('of a part of too few owners there is none, and counts have the width of one who came and one who left', () => {
  const ones = Float64Array.from({ length: 50 }, () => 1);
  const few = ones.map((_, owner) => (owner < 18 ? 1 : 0));
  const [all, some] = splitErrors(
    [
      { over: ones, under: ones },
      { over: few, under: few },
    ],
    { over: ones, under: ones },
  );
  expect([all, some]).toEqual([expect.objectContaining({ standardError: 0 }), 'too-few-owners']);
  const [counted, of18] = splitErrors(
    [
      { over: ones, under: ones },
      { over: few, under: few },
    ],
    { over: ones, under: ones },
    true,
  );
  expect([typeof counted === 'string' ? 0 : counted?.standardError, of18]).toEqual([
    expect.closeTo(Math.SQRT2 / 50, 2),
    'too-few-owners',
  ]);
});

/** Owners of uneven sizes, each of whom sells of the part with its own share; some have none. */
function withPart(draw: () => number, owners: number, share: number) {
  const [part, whole] = [new Float64Array(owners), new Float64Array(owners)];
  for (let owner = 0; owner < owners; owner++) {
    const size = 40 * Math.exp(0.8 * normal(draw) - 0.32);
    const own = draw() < 0.2 ? 0 : (2 * share * draw()) / 0.8;
    const sold = poisson(draw, size * own);
    part[owner] = sold;
    whole[owner] = sold + poisson(draw, size * (1 - own));
  }
  return { part, whole };
}

test.each([
  [80, 0.1],
  [80, 0.4],
  [250, 0.05],
])('of %i owners, intervals of 90 %% hold a share of %d', (owners, share) => {
  const draw = random(owners + 100 * share);
  let [told, held] = [0, 0];
  for (let trial = 0; trial < 3_000; trial++) {
    const { part, whole } = withPart(draw, owners, share);
    const error = shareError(part, whole);
    if (typeof error === 'string') continue;
    told += 1;
    const { low, high } = intervalOf(error);
    if (low <= share && share <= high) held += 1;
  }
  expect(told).toBeGreaterThan(2_000);
  expect(held / told).toBeGreaterThan(0.87);
  expect(held / told).toBeLessThan(0.93);
});

test('a share of nobody, of all, or of few has no interval', () => {
  const whole = new Float64Array(60).fill(9);
  const of = (count: number) => whole.map((value, owner) => (owner < count ? value - 2 : 0));
  expect(shareError(of(0), whole)).toBe('too-few-owners');
  expect(shareError(whole, whole)).toBe('too-few-owners');
  expect(shareError(of(5), whole)).toBe('too-few-owners');
  expect(shareError(of(40), whole)).toMatchObject({ scale: 'linear' });
});
