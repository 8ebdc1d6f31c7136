import type { SureFigure } from '@beltline/contract';
import { stripOf, stripScale } from './growth-strips.ts';

const rate = (value: number | null, low?: number, high?: number): SureFigure => ({
  ...{ value, flag: value === null ? 'not-available' : 'final', reason: value === null ? 'no-data' : null },
  uncertainty: low === undefined || high === undefined ? null : { low, high, grade: 'A' },
  uncertaintyReason: null,
});

it('has one scale for all rates, with no growth in it, and puts each where it belongs', () => {
  const rates = [rate(0.1, 0.05, 0.15), rate(-0.2, -0.3, -0.1), rate(0.6, 0.5, 0.7)];
  const scale = stripScale(rates);
  expect(scale.low).toBeLessThanOrEqual(-0.3);
  expect(scale.high).toBeGreaterThanOrEqual(0.7);
  const strips = rates.map((one) => stripOf(one, scale));
  expect(strips[1]?.at).toBeLessThan(scale.zero);
  expect(strips[0]?.at).toBeGreaterThan(scale.zero);
  // As far apart as the rates are.
  const of = (place: number) => strips[place]?.at ?? NaN;
  expect((of(2) - of(0)) / (of(0) - of(1))).toBeCloseTo(0.5 / 0.3, 9);
});

it('cuts an interval that would press all others together, and says on which side', () => {
  const wide = rate(0.2, -0.9, 14);
  const scale = stripScale([rate(0.1, 0.05, 0.15), wide]);
  expect(scale.high).toBeLessThan(1);
  expect(stripOf(wide, scale)).toMatchObject({ from: 0, to: 1, isCutLow: true, isCutHigh: true });
  expect(stripOf(rate(0.1, 0.05, 0.15), scale)).toMatchObject({ isCutLow: false, isCutHigh: false });
});

it('draws nothing of what has no rate, or must not be shown, and nothing of it widens the scale', () => {
  const small: SureFigure = { ...rate(90), flag: 'base-too-small' };
  expect(stripScale([small, rate(0.1)])).toEqual(stripScale([rate(0.1)]));
  expect([stripOf(small, stripScale([])).at, stripOf(rate(null), stripScale([])).at]).toEqual([null, null]);
});
