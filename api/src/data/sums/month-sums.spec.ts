import { type Track, TRACKS } from '@beltline/contract';
import type { Scope } from '@beltline/sql/clickhouse';
import fc from 'fast-check';
import { bytesOf } from '../../platform/bytes-of.ts';
import { isInTrack } from '../../core/tracks.ts';
import type { ResolvedArea } from '../areas/area.ts';
import { bytesOfSums, MonthSumsInMemory } from './month-sums.ts';
import type { Cells } from './track-months.ts';

interface Cell {
  readonly month: string;
  readonly combination: number;
  readonly orders: number;
  readonly pieces: number;
  readonly gmv: number;
  readonly refund: number;
}

const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const cellsOf = (rows: readonly Cell[]): Cells => ({
  months: Uint32Array.from(rows.map((row) => number(row.month))),
  combinations: Uint16Array.from(rows.map((row) => row.combination)),
  orders: Float64Array.from(rows.map((row) => row.orders)),
  pieces: Float64Array.from(rows.map((row) => row.pieces)),
  gmv: Float64Array.from(rows.map((row) => row.gmv)),
  refund: Float64Array.from(rows.map((row) => row.refund)),
});

const MONTHS = ['2022-12-01', '2023-01-01', '2023-02-01', '2023-12-01', '2024-01-01', '2024-02-01'];
const BELTS = ['', 'a', 'b', 'c'];
const EVERYTHING: Scope = { source: 'demo', belts: 'everything' };
const NATION = { level: 'nation', beltIds: null } as ResolvedArea;
const areaOf = (...beltIds: string[]) => ({ level: 'province', beltIds }) as unknown as ResolvedArea;

const cell = fc.record({
  month: fc.constantFrom(...MONTHS),
  combination: fc.integer({ min: 0, max: 65_535 }),
  orders: fc.nat(1_000),
  pieces: fc.nat(10_000),
  gmv: fc.integer({ min: -5, max: 900_000_000_000 }),
  refund: fc.nat(900_000),
});
const tables = fc.record({
  nation: fc.array(cell, { maxLength: 20 }),
  belts: fc.tuple(...BELTS.map(() => fc.array(cell, { maxLength: 12 }))),
});
const sides = fc.record({
  months: fc.uniqueArray(fc.constantFrom(...MONTHS)),
  baseline_months: fc.uniqueArray(fc.constantFrom(...MONTHS)),
});
const track = fc.constantFrom<Track>('all', 'custom', 'wholesale', 'overseas-local');

const inMemory = (of: { nation: Cell[]; belts: Cell[][] }): Promise<MonthSumsInMemory> =>
  MonthSumsInMemory.of({
    nation: cellsOf(of.nation),
    belts: new Map(of.belts.map((rows, index) => [BELTS[index] as string, cellsOf(rows)])),
  });
/** One figure at a time, over plain rows. */
const sum = (rows: readonly Cell[], months: readonly string[], of: (row: Cell) => number) =>
  rows.filter((row) => months.includes(row.month)).reduce((total, row) => total + of(row), 0);
const naive = (
  rows: readonly Cell[],
  { months, baseline_months }: { months: string[]; baseline_months: string[] },
) => ({
  orders: 100 * sum(rows, months, (row) => row.orders),
  baseline_orders: 100 * sum(rows, baseline_months, (row) => row.orders),
  pieces: 100 * sum(rows, months, (row) => row.pieces),
  baseline_pieces: 100 * sum(rows, baseline_months, (row) => row.pieces),
  gmv: sum(rows, months, (row) => row.gmv),
  baseline_gmv: sum(rows, baseline_months, (row) => row.gmv),
  refund: sum(rows, months, (row) => row.refund),
  baseline_refund: sum(rows, baseline_months, (row) => row.refund),
});

test('sums by belt are those of a naive count', () =>
  fc.assert(
    fc.asyncProperty(tables, sides, track, async (of, both, on) => {
      const rows = await (await inMemory(of)).byBelt(EVERYTHING, both, on);
      const met = (all: readonly Cell[]) =>
        all.filter(
          (row) =>
            isInTrack(row.combination, on) && [...both.months, ...both.baseline_months].includes(row.month),
        );
      const belts = of.belts.map((all, index) => ({ level: 'belt', belt_id: BELTS[index], met: met(all) }));
      const all = [...belts, { level: 'nation', belt_id: '', met: met(of.nation) }];
      expect(rows).toEqual(
        all
          .filter((one) => one.met.length > 0)
          .map(({ level, belt_id, met: mine }) => ({ level, belt_id, ...naive(mine, both) })),
      );
    }),
  ));

test('sums by track are those of a naive count', () =>
  fc.assert(
    fc.asyncProperty(tables, sides, fc.subarray(['a', 'b', 'c'], { minLength: 1 }), async (of, both, ids) => {
      const sums = await inMemory(of);
      const asked = [...both.months, ...both.baseline_months];
      const rows = ids.flatMap((id) => of.belts[BELTS.indexOf(id)] ?? []);
      const met = (track: Track) =>
        rows.filter((row) => isInTrack(row.combination, track) && asked.includes(row.month));
      expect(await sums.byTrack(EVERYTHING, both, areaOf(...ids))).toEqual(
        TRACKS.filter((one) => met(one).length > 0).map((one) => ({
          track: one,
          ...naive(met(one), both),
        })),
      );
    }),
  ));

test('sums by combination, and by month, are those of a naive count', () =>
  fc.assert(
    fc.asyncProperty(tables, sides, fc.subarray(['a', 'b', 'c'], { minLength: 1 }), async (of, both, ids) => {
      const sums = await inMemory(of);
      const rows = ids.flatMap((id) => of.belts[BELTS.indexOf(id)] ?? []);
      const asked = [...both.months, ...both.baseline_months];
      const combinations = new Set(
        rows.filter((row) => asked.includes(row.month)).map((row) => row.combination),
      );
      expect(await sums.byCombination(EVERYTHING, both, areaOf(...ids))).toEqual(
        [...combinations]
          .sort((a, b) => a - b)
          .map((combination) => ({
            combination,
            ...naive(
              rows.filter((row) => row.combination === combination),
              both,
            ),
          })),
      );
      const months = {
        tracks: ['custom' as const],
        from: MONTHS[1] as string,
        to: MONTHS[4] as string,
      };
      const custom = rows.filter(
        (row) => isInTrack(row.combination, 'custom') && row.month >= months.from && row.month <= months.to,
      );
      expect(await sums.byMonth(EVERYTHING, months, areaOf(...ids))).toEqual(
        MONTHS.filter((month) => custom.some((row) => row.month === month)).map((bucket) => ({
          track: 'custom',
          bucket,
          orders: 100 * sum(custom, [bucket], (row) => row.orders),
          pieces: 100 * sum(custom, [bucket], (row) => row.pieces),
          gmv: sum(custom, [bucket], (row) => row.gmv),
          refund: sum(custom, [bucket], (row) => row.refund),
        })),
      );
    }),
  ));

test('nothing is given of what the scope does not show', async () => {
  const one: Cell = { month: '2024-01-01', combination: 4, orders: 1, pieces: 1, gmv: 1, refund: 0 };
  const sums = await inMemory({ nation: [one], belts: BELTS.map(() => [one]) });
  const both = { months: ['2024-01-01'], baseline_months: [] };
  const two: Scope = { source: 'demo', belts: ['a', 'b'] };
  expect((await sums.byBelt(two, both, 'all')).map((row) => row.belt_id)).toEqual(['a', 'b']);
  const seen = async (scope: Scope, area: ResolvedArea) =>
    (await sums.byCombination(scope, both, area)).length +
    (await sums.byTrack(scope, both, area)).filter((row) => row.track === 'all').length +
    (await sums.byMonth(scope, { tracks: ['all'], from: '2024-01-01', to: '2024-01-01' }, area)).length;
  for (const [scope, area, expected] of [
    [two, NATION, 0],
    [two, areaOf('a', 'c'), 0],
    [two, areaOf('c'), 0],
    [two, areaOf('a', 'b'), 3],
    [{ source: 'demo', belts: [] } as Scope, NATION, 0],
    [{ source: 'demo', belts: [] } as Scope, areaOf('a'), 0],
    [EVERYTHING, NATION, 3],
  ] as const)
    expect(await seen(scope, area)).toBe(expected);
});

test('sums take no more than the bytes that the setting counts: 3,000 belts and four years at most 200 MB', async () => {
  const [areas, months, combinations] = [20, 48, 25];
  const rows = Array.from({ length: months * combinations }, (_, index): Cell => {
    const [month, combination] = [Math.floor(index / combinations), index % combinations];
    return {
      month: `${2021 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`,
      ...{ combination, orders: index, pieces: index, gmv: index, refund: 0 },
    };
  });
  const belts = new Map(Array.from({ length: areas }, (_, index) => [`B${index}`, cellsOf(rows)] as const));
  const sums = await MonthSumsInMemory.of({ nation: null, belts });
  const counted = bytesOfSums({ cells: areas * rows.length, areas, months });
  expect(bytesOf(sums) / counted).toBeLessThan(1.02);
  expect(bytesOf(sums) / counted).toBeGreaterThan(0.98);
  expect(bytesOfSums({ cells: 3_000 * months * combinations, areas: 3_000, months })).toBeLessThan(200e6);
});
