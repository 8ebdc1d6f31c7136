import fc from 'fast-check';
import { sameStoreGrowth } from './same-store.ts';

test('of 300, a fifth from newcomers, and 200, a tenth from who left: 240 against 180', () => {
  expect(sameStoreGrowth([{ value: 300, newcomers: 0.2 }], 200, 0.1).value).toBeCloseTo(240 / 180 - 1, 12);
  const both = [
    { value: 300, newcomers: 0.2 },
    { value: 100, newcomers: 0.5 },
  ];
  expect(sameStoreGrowth(both, 400, 0.25).value).toBeCloseTo(290 / 300 - 1, 12);
});

test('where shares are rounded, it is within half a percentage point of what it is, or is not told', () => {
  const told = fc.sample(
    fc.tuple(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 0.1, max: 5, noNaN: true }),
    ),
    2_000,
  );
  const rounded = (share: number) => Math.round(1_000 * share) / 1_000;
  let open = 0;
  for (const [newcomers, leavers, ratio] of told) {
    const true_ = (ratio * (1 - newcomers)) / (1 - leavers) - 1;
    const { value, reason } = sameStoreGrowth(
      [{ value: ratio, newcomers: rounded(newcomers) }],
      1,
      rounded(leavers),
    );
    if (value === null) expect(reason).toBe('too-little-data');
    else {
      open += 1;
      expect(Math.abs(value - true_)).toBeLessThan(0.0055);
    }
  }
  expect(open).toBeGreaterThan(1_000);
  expect(open).toBeLessThan(2_000);
});
