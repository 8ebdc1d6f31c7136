import { composition } from './composition.ts';
import { intervalOf } from './owner-bootstrap.ts';
import { random } from './planted.ts';

const alone = (owners: number) => ({ ownerOf: Uint32Array.from({ length: owners }, (_, at) => at), owners });

test('entrants, stayers and leavers by hand', () => {
  const { entrants, allStore, sameStore, gap } = composition([100, 200, 50, 0], [110, 190, 0, 60], alone(4));
  expect(entrants.value).toBeCloseTo(60 / 360, 12);
  expect(allStore.value).toBeCloseTo(360 / 350 - 1, 12);
  expect(sameStore.value).toBeCloseTo(0, 12);
  expect(gap.value).toBeCloseTo(10 / 350, 12);
  expect([entrants.error, gap.error]).toEqual(['too-few-owners', 'too-few-owners']);
});

test('a second shop of an owner that was there is no entrant', () => {
  const owners = { ownerOf: Uint32Array.from([0, 0]), owners: 1 };
  expect(composition([100, 0], [100, 50], owners).entrants.value).toBe(0);
  expect(composition([100, 0], [100, 50], owners).gap.value).toBeCloseTo(0.5, 12);
});

test('without a baseline there is no growth, and without sales no share', () => {
  expect(composition([0], [5], alone(1))).toMatchObject({
    entrants: { value: 1 },
    allStore: { value: null },
    gap: { value: null },
  });
  expect(composition([], [], alone(0)).entrants.value).toBeNull();
});

test('intervals of 90 % of share and gap hold what is planted nine times in ten', () => {
  const next = random(30);
  const draw = () => Math.round(1000 * Math.exp(next() + next() + next() - 1.5));
  const owners = 150;
  const held = { share: 0, gap: 0 };
  const draws = 600;
  // Who enters is drawn, as owners are; entrants are as large as the others and nobody grows or leaves: a third of value, half of the baseline.
  for (let one = 0; one < draws; one++) {
    const before = Array.from({ length: owners }, () => (next() < 1 / 3 ? 0 : draw()));
    const after = Array.from({ length: owners }, draw);
    const { entrants, gap } = composition(before, after, alone(owners));
    if (typeof entrants.error === 'string' || typeof gap.error === 'string' || gap.value === null)
      throw new Error('of owners enough');
    const { low, high } = intervalOf(entrants.error);
    if (low <= 1 / 3 && high >= 1 / 3) held.share++;
    if (Math.abs(gap.value - 0.5) <= gap.error.reach * gap.error.standardError) held.gap++;
  }
  for (const share of Object.values(held)) {
    expect(share / draws).toBeGreaterThan(0.86);
    expect(share / draws).toBeLessThan(0.95);
  }
});
