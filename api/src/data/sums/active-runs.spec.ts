import fc from 'fast-check';
import type { Scope } from '@beltline/sql/clickhouse';
import { type ActiveSet, ActiveRunsMaker } from './active-runs.ts';

const everything: Scope = { source: 's', belts: 'everything' };
const FIRST = 24_240;
const MOST = 2 ** 20;

const made = (sets: readonly ActiveSet[], mostBytes = MOST) => {
  const maker = new ActiveRunsMaker(mostBytes);
  for (const set of sets) maker.take(set);
  return maker.made();
};
const set = (area: string | null, month: number, units: readonly number[]): ActiveSet => ({
  area,
  month_no: FIRST + month,
  units: Uint32Array.from(units),
});
const run = (first: number, last: number) => ({ first: FIRST + first, last: FIRST + last });

/** What the definition says: how many are in any of the sets. */
const union = (sets: readonly ActiveSet[], area: string | null, { first, last }: ReturnType<typeof run>) =>
  new Set(
    sets
      .filter((one) => one.area === area && one.month_no >= first && one.month_no <= last)
      .flatMap((one) => [...one.units]),
  ).size;

test('counts of every run of months are those of the union of the sets', () => {
  const ofArea = fc.array(
    fc.record({ month: fc.nat(7), units: fc.uniqueArray(fc.nat(30), { maxLength: 12 }) }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(
      fc.tuple(ofArea, ofArea, ofArea),
      fc.nat(9),
      fc.nat(9),
      fc.nat(9),
      fc.nat(9),
      (areas, ...at) => {
        const names = ['a', '', null];
        const sets = areas.flatMap((months, index) =>
          months
            .toSorted((one, other) => one.month - other.month)
            .map(({ month, units }) => set(names[index] as string | null, month, units)),
        );
        const [b, e, c, f] = at as [number, number, number, number];
        const [now, before] = [run(Math.min(b, e), Math.max(b, e)), run(Math.min(c, f), Math.max(c, f))];
        const wanted = names.flatMap((area) => {
          const [units, base] = [union(sets, area, now), union(sets, area, before)];
          const level = area === null ? 'nation' : 'belt';
          return units + base > 0
            ? [{ level, belt_id: area ?? '', units: 100 * units, baseline_units: 100 * base }]
            : [];
        });
        expect(made(sets)?.byBelt(everything, now, before)).toEqual(wanted);
      },
    ),
    { numRuns: 500 },
  );
});

const BOTH = [set('a', 0, [1, 2]), set('a', 2, [2, 70_000]), set('b', 1, [2]), set(null, 0, [1, 2])];

test('a scope is shown its belts, and the nation with everything alone', () => {
  const runs = made(BOTH);
  const of = (belts: Scope['belts']) => runs?.byBelt({ source: 's', belts }, run(0, 2), null);
  expect(of(['b'])).toEqual([{ level: 'belt', belt_id: 'b', units: 100, baseline_units: 0 }]);
  expect(of(['b', ''])).toHaveLength(1);
  expect(of([])).toEqual([]);
  expect(of('everything')?.map(({ belt_id, units }) => [belt_id, units])).toEqual([
    ['a', 300],
    ['b', 100],
    ['', 200],
  ]);
});

test('an area that nothing was taken of has nobody', () => {
  expect(made(BOTH)?.ofArea(null, run(0, 2), run(2, 2))).toEqual({ units: 200, baseline_units: 0 });
  expect(made(BOTH)?.ofArea('a', null, run(0, 0))).toEqual({ units: 0, baseline_units: 200 });
  expect(made([])?.ofArea('a', run(0, 2), null)).toEqual({ units: 0, baseline_units: 0 });
});

test('a period without months has nobody', () => {
  expect(made(BOTH)?.byBelt(everything, null, null)).toEqual([]);
  expect(made([])?.byBelt(everything, run(0, 5), null)).toEqual([]);
});

test('more counts than there may be are not kept', () => {
  const bytes = 4 * (6 + 1 + 1);
  expect(made(BOTH, bytes)).not.toBeNull();
  expect(made(BOTH, bytes - 1)).toBeNull();
});

test('months of an area that are out of order are refused, rather than counted wrongly', () => {
  expect(() => made([set('a', 2, [1]), set('a', 1, [1])])).toThrow('out of order');
});
