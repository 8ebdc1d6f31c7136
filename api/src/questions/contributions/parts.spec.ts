import type { Belt, BriefFigure } from '@beltline/contract';
import fc from 'fast-check';
import { compare, type Whole } from '../../core/compare.ts';
import { type Part, partsByBelt, presentParts, type Sides } from './parts.ts';

const belt = (beltId: string): Belt => ({
  beltId,
  name: { zh: beltId, en: beltId },
  province: '',
  city: '',
  county: '',
  category: { zh: '', en: '' },
  adcode: '',
  longitude: null,
  latitude: null,
  merchants: 0,
});
const side = fc.record({
  value: fc.integer({ min: -1e12, max: 1e12 }),
  baseline: fc.integer({ min: -1e12, max: 1e12 }),
});

const wholeOf = (sides: Sides, baselineOrders = 3_000): Whole => ({
  baseline: sides.baseline,
  total: compare(
    'gmv',
    { ...sides, baselineOrders },
    {
      ...{ nothingLoaded: false, provisional: false, hasBaseline: true },
      ...{ minBase: 30, unknownBecause: 'no-data' },
    },
  ),
});

test('parts add up to the whole, to the cent, whatever the limit', () => {
  const sides = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'unknown', ''), side), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(side, sides, fc.integer({ min: 1, max: 10 }), (whole, pairs, limit) => {
      const parts = partsByBelt(whole, ['a', 'b', 'c', 'd'].map(belt), new Map<string, Sides>(pairs));
      const shown = presentParts(parts, wholeOf(whole), limit);
      const sum = (of: (part: (typeof shown)[number]) => BriefFigure) =>
        shown.reduce((total, part) => total + Math.round((of(part).value ?? NaN) * 100), 0);
      expect(sum((part) => part.value)).toBe(whole.value);
      expect(sum((part) => part.baseline)).toBe(whole.baseline);
      expect(sum((part) => part.change)).toBe(whole.value - whole.baseline);
      expect(shown.filter((part) => part.kind === 'belt').length).toBeLessThanOrEqual(limit);
    }),
  );
});

test('gains come first and losses last, what lies between together, corrections at the end', () => {
  const parts: Part[] = [
    { value: 100, baseline: 100, of: { kind: 'combination', combination: 64 } },
    { value: 100, baseline: 900, of: { kind: 'combination', combination: 5 } },
    { value: 400, baseline: 100, of: { kind: 'combination', combination: 1 } },
    { value: 0, baseline: 0, of: { kind: 'combination', combination: 8 } },
    { value: -100, baseline: 0, of: { kind: 'spanning' } },
  ];
  const shown = presentParts(parts, wholeOf({ value: 500, baseline: 1000 }), 2);
  expect(
    shown.map(({ kind, combination, change, contribution, members }) => [
      kind,
      combination,
      change.value,
      contribution.value,
      members,
    ]),
  ).toEqual([
    ['combination', ['distribution'], 3, 0.3, 1],
    ['combination', ['distribution', 'custom'], -8, -0.8, 1],
    ['rest', null, 0, 0, 1],
    ['spanning', null, -1, -0.1, 1],
  ]);
});

test('without a baseline there is no contribution', () => {
  const parts: Part[] = [{ value: 5, baseline: 0, of: { kind: 'belt', belt: belt('a') } }];
  const [part] = presentParts(parts, wholeOf({ value: 5, baseline: 0 }), 1);
  expect(part).toMatchObject({ kind: 'belt', change: { value: 0.05 }, belt: { beltId: 'a' } });
  expect(part?.contribution).toEqual({ value: null, flag: 'not-available', reason: 'baseline-zero' });
  expect(part?.belt).not.toHaveProperty('adcode');
});

test('of a total whose base is too small nothing contributes percentage points either', () => {
  const parts: Part[] = [{ value: 500, baseline: 1, of: { kind: 'belt', belt: belt('a') } }];
  const [part] = presentParts(parts, wholeOf({ value: 500, baseline: 1 }, 2_900), 1);
  expect(part).toMatchObject({
    change: { value: 4.99 },
    contribution: { value: null, reason: 'too-little-data' },
  });
});
