import { growingOwners, random } from './planted.ts';
import { turnoverErrors } from './turnover-errors.ts';
import { turnover } from './turnover.ts';

const MERCHANTS = 400;
const alone = (count: number) => ({
  ownerOf: Uint32Array.from({ length: count }, (_, i) => i),
  owners: count,
});

/** Merchants of which some close and as many open, with the truth of both rates and of what the entrants bring. */
function planted(draw: () => number, growth: number) {
  const { over, under } = growingOwners(draw, {
    owners: MERCHANTS,
    growth,
    skew: 0.8,
    scatter: 0.35,
    orders: 25,
  });
  const [before, after] = [[...under], [...over]];
  for (let merchant = 0; merchant < MERCHANTS; merchant++) {
    const fate = draw();
    if (fate < 0.1) after[merchant] = 0;
    else if (fate < 0.2) before[merchant] = 0;
  }
  return { before, after };
}

test.each([1, 1.2])('intervals of 90 %% cover where merchants grow to %d', (growth) => {
  const draw = random(71);
  const truths = { allStore: growth, sameStore: growth, entrants: (0.1 * growth) / 0.9, exits: -0.1 / 0.9 };
  const [held, told] = [new Map<string, number>(), new Map<string, number>()];
  for (let trial = 0; trial < 2_400; trial++) {
    const { before, after } = planted(draw, growth);
    const { allStore, sameStore, contributions } = turnoverErrors(before, after, alone(MERCHANTS));
    const count = (name: keyof typeof truths, distance: number, half: number) => {
      told.set(name, (told.get(name) ?? 0) + 1);
      if (Math.abs(distance) <= half) held.set(name, (held.get(name) ?? 0) + 1);
    };
    for (const [name, error] of Object.entries({ allStore, sameStore })) {
      if (typeof error === 'string') continue;
      const key = name as 'allStore' | 'sameStore';
      count(key, Math.log(error.ratio / truths[key]), error.reach * error.standardError);
    }
    for (const name of ['entrants', 'exits'] as const) {
      const error = contributions[name];
      if (typeof error !== 'string')
        count(name, error.value - truths[name], error.reach * error.standardError);
    }
  }
  for (const name of Object.keys(truths)) {
    expect([name, (told.get(name) ?? 0) > 2_000]).toEqual([name, true]);
    expect([name, (held.get(name) ?? 0) / (told.get(name) ?? 0)]).toEqual([name, expect.closeTo(0.9, 1.4)]);
  }
});

test('errors are around the figures themselves, and those of leaving out one owner with all of its merchants', () => {
  const { before, after } = planted(random(73), 1.1);
  const ownerOf = before.map((_, merchant) => merchant % 45);
  const found = turnoverErrors(before, after, { ownerOf, owners: 45 });
  const of = (left: number | null) => {
    const kept = (values: readonly number[]) => values.filter((_, merchant) => ownerOf[merchant] !== left);
    const split = turnover(kept(before), kept(after));
    return [Math.log(1 + (split.sameStore.growth ?? NaN)), split.groups.entrants.change / split.before];
  };
  const whole = of(null);
  const { sameStore } = found;
  if (typeof sameStore === 'string') throw new Error(sameStore);
  const same = { ...sameStore, value: Math.log(sameStore.ratio) };
  [same, found.contributions.entrants].forEach((error, index) => {
    const squares = Array.from(
      { length: 45 },
      (_, owner) => ((of(owner)[index] ?? NaN) - (whole[index] ?? NaN)) ** 2,
    );
    const sum = squares.reduce((all, one) => all + one, 0);
    expect(error).toMatchObject({
      value: expect.closeTo(whole[index] ?? NaN, 12),
      standardError: expect.closeTo(Math.sqrt((sum * 44) / 45), 10),
    });
  });
});

test('of too few owners, or where too few stayed, there is none', () => {
  const { before, after } = planted(random(79), 1.1);
  const few = turnoverErrors(before, after, {
    ownerOf: before.map((_, merchant) => merchant % 15),
    owners: 15,
  });
  expect([few.allStore, few.contributions.exits]).toEqual(Array(2).fill('too-few-owners'));
  const changed = after.map((value, merchant) => (merchant < MERCHANTS - 10 ? 0 : value));
  const left = turnoverErrors(before, changed, alone(MERCHANTS));
  expect(left.sameStore).toBe('too-few-owners');
  expect(left.allStore).toMatchObject({ degrees: expect.any(Number) });
});
