/** What merchants are told, held against a count over the lines in plain JavaScript: own figures, quartiles and bands of every group. */
import type { BenchmarkAnswer } from '@beltline/contract';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import {
  naiveBesideTotal,
  naiveHides,
  naiveMeans,
  naiveMeasures,
  naiveQuartiles,
} from '../fixtures/rollups/naive-peers.ts';
import { random } from '../fixtures/rollups/random-lines.ts';
import {
  addMerchant,
  type Cookie,
  groupSide,
  GROWTHS,
  kept,
  linesOf,
  OWNERS,
  ownersIn,
  PERCENT,
  positionsIn,
  QUARTERS,
  startPeers,
  toldOf,
  valueIn,
  valuesOf,
} from './benchmark-kit.ts';

const SHARES: readonly string[] = [
  ...['programme', 'distribution', 'cross-border', 'custom', 'factory-brand', 'offline'],
  ...['repeat-buyers', 'top-buyers', 'new-skus', 'on-time', 'refund-rate'],
];
/** Officials are told the totals of these. */
const IN_RELEASES: readonly string[] = ['gmv', 'orders'];
/** Parts of a month, and logarithms, are rounded row by row. */
const digitsOf = (measure: string) => ({ 'growth-aligned': 5, 'price-position': 6 })[measure] ?? 8;

let api: RunningApi;
/** One user for all owners, to look at many. */
let everybody: Cookie;
beforeAll(async () => {
  api = await startPeers();
  everybody = await addMerchant(api, OWNERS);
});
afterAll(() => api?.close());
const told = (owner: string, quarter?: string) => toldOf(api, everybody, owner, quarter);

const meansIn = kept((measure = '', quarter = '', ...owners: string[]) => {
  const known = owners.flatMap((owner) => {
    const value = valueIn(owner, measure, quarter);
    return value === null ? [] : [{ owner, value }];
  });
  return known.length < 11 ? [] : naiveMeans(known, PERCENT, SHARES.includes(measure));
});

/** Whether a quartile (`at`) hides its members beside what the four quarters before tell of those who were in a group with them. */
async function isSafe(
  owners: readonly string[],
  measure: string,
  quarter: string,
  at: number,
): Promise<boolean> {
  const means = meansIn(measure, quarter, ...owners);
  const mean = means[at];
  if (!mean) return true;
  const members = owners.flatMap((owner) => {
    const value = valueIn(owner, measure, quarter);
    return value === null ? [] : [{ owner, value }];
  });
  if (IN_RELEASES.includes(measure) && !naiveBesideTotal(members, means, PERCENT)[at]) return false;
  const before = QUARTERS.slice(QUARTERS.indexOf(quarter) + 1).slice(0, 4);
  for (const earlier of before) {
    const there = ownersIn(earlier);
    const groups = new Map<string, string[]>();
    for (const { owner } of mean) {
      const { group, measures } = await told(owner, earlier);
      const row = measures.find((one) => one.measure === measure);
      // Where somebody has a value and no place, nothing was told of the group: whether a base is one owner’s is tried beside the code.
      if (!group || (row?.value.value !== null && row?.band === null)) continue;
      const ids = group.belts.map(({ beltId }) => beltId);
      const members = there.filter(
        (one) => ids.includes(one.belt) && (group.sizes as string[]).includes(one.size),
      );
      groups.set(
        JSON.stringify(group),
        members.map((member) => member.owner),
      );
    }
    for (const members of groups.values())
      for (const other of meansIn(measure, earlier, ...members)) {
        if (other && !naiveHides(other, mean, PERCENT, SHARES.includes(measure))) return false;
      }
  }
  return true;
}

test('own figures are those of a count over the lines, as far back as they go', async () => {
  const next = random(3);
  const some = OWNERS.filter(() => next() < 0.3);
  expect(some.length).toBeGreaterThan(20);
  for (const owner of some) {
    const answer = await told(owner);
    expect(answer).toMatchObject({ quarter: '2024-Q1', quarters: QUARTERS, dataVersion: 1, owner });
    const own = linesOf(owner);
    const counts = new Map(
      QUARTERS.map((quarter) => [
        quarter,
        { ...naiveMeasures(own, quarter), 'price-position': positionsIn(quarter).get(owner) ?? null },
      ]),
    ) as Map<string, Record<string, number | null>>;
    for (const { measure, value, trend } of answer.measures) {
      expect(trend.map(({ quarter }) => quarter)).toEqual(QUARTERS.slice(0, 8).reverse());
      expect(trend.at(-1)?.value).toEqual(value);
      for (const one of [{ quarter: '2024-Q1', value }, ...trend]) {
        const counted = counts.get(one.quarter)?.[measure] ?? null;
        const isBaseThere = measure !== 'growth' || one.quarter >= '2023-Q1';
        const at = [owner, measure, one.quarter];
        if (counted === null || !isBaseThere) expect([at, one.value.value]).toEqual([at, null]);
        else expect([at, one.value.value ?? NaN]).toEqual([at, expect.closeTo(counted, digitsOf(measure))]);
        expect(one.value.reason === null).toBe(one.value.value !== null);
      }
    }
  }
});

test('a group is told the same to each of its members, and is that of a count over the lines', async () => {
  let [counted, wide, shown, hidden] = [0, 0, 0, 0];
  for (const quarter of ['2024-Q1', '2023-Q3']) {
    const owners = ownersIn(quarter);
    const positions = positionsIn(quarter);
    const counts = new Map<string, Record<string, number | null>>(
      owners.map(({ owner, lines }) => [
        owner,
        { ...naiveMeasures(lines, quarter), 'price-position': positions.get(owner) ?? null },
      ]),
    );
    const seen = new Map<string, string>();
    for (const { owner, belt, size } of owners) {
      const answer = await told(owner, quarter);
      const { group } = answer;
      if (!group) {
        expect(answer.noGroup).toBe(belt === '' ? 'no-belt' : 'too-small');
        for (const { band, quartiles } of answer.measures) {
          expect(band).toBeNull();
          for (const one of Object.values(quartiles))
            expect(one).toEqual({ value: null, flag: 'suppressed', reason: 'confidential' });
        }
        continue;
      }
      const ids = group.belts.map(({ beltId }) => beltId);
      const members = owners.filter(
        (one) => ids.includes(one.belt) && (group.sizes as string[]).includes(one.size),
      );
      expect([ids.includes(belt), (group.sizes as string[]).includes(size)]).toEqual([true, true]);
      expect(members.length - 1).toBeGreaterThanOrEqual(10);
      expect(group.owners.from ?? 0).toBeLessThanOrEqual(members.length);
      expect(group.owners.below ?? Infinity).toBeGreaterThan(members.length);
      expect(group.widened.includes('belts')).toBe(group.level !== 'belt');
      const key = members.map((one) => one.owner).join();
      const before = seen.get(key);
      const now = JSON.stringify(groupSide(answer));
      if (before !== undefined) {
        expect(now).toBe(before);
        continue;
      }
      seen.set(key, now);
      wide += group.level === 'belt' ? 0 : 1;
      for (const one of answer.measures) {
        const values = members.map((member) => counts.get(member.owner)?.[one.measure] ?? null);
        const known = values.filter((value) => value !== null);
        if (known.length < 11) {
          expect(valuesOf(one)).toEqual([null, null, null]);
          continue;
        }
        const isGrowth = GROWTHS.includes(one.measure);
        const worth = isGrowth ? known.map((value) => 1 + value) : known;
        const quartiles = naiveQuartiles(worth, PERCENT, SHARES.includes(one.measure));
        const expected = quartiles.map((value) => (value === null ? null : isGrowth ? value - 1 : value));
        for (const [at, value] of valuesOf(one).entries()) {
          const place = [key, quarter, one.measure, at];
          const right = expected[at] ?? null;
          if (value === null && right !== null) {
            // It is not told beside other quarters, or beside the total.
            expect([
              place,
              await isSafe(
                members.map((member) => member.owner),
                one.measure,
                quarter,
                at,
              ),
            ]).toEqual([place, false]);
            hidden += 1;
            continue;
          }
          expect([place, value]).toEqual([place, right === null ? null : expect.closeTo(right, 8)]);
          shown += value === null ? 0 : 1;
          if (value !== null && hidden < 40)
            expect([
              place,
              await isSafe(
                members.map((member) => member.owner),
                one.measure,
                quarter,
                at,
              ),
            ]).toEqual([place, true]);
        }
        counted += 1;
      }
    }
    expect(seen.size).toBeGreaterThan(5);
  }
  expect(Math.min(counted, wide, shown)).toBeGreaterThan(1);
  expect(shown).toBeGreaterThan(100);
  expect(hidden).toBeGreaterThan(0);
  expect(hidden).toBeLessThan(shown);
});

test('bands follow the values of the members, and have as many in each as they should', async () => {
  const groups = new Map<string, BenchmarkAnswer[]>();
  for (const owner of OWNERS) {
    const answer = await told(owner);
    const key = JSON.stringify(answer.group);
    if (answer.group) groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  expect(groups.size).toBeGreaterThan(3);
  for (const own of groups.values()) {
    const inOrder = own
      .map(({ measures }) => measures.find(({ measure }) => measure === 'gmv'))
      .sort((a, b) => (a?.value.value ?? 0) - (b?.value.value ?? 0))
      .map((one) => one?.band ?? { place: NaN, of: NaN });
    const [{ of } = { of: NaN }] = inOrder;
    expect(of).toBe(own.length < 25 ? 4 : 5);
    expect(inOrder.map(({ place }) => place)).toEqual(
      inOrder.map((_, at) => 1 + Math.floor(((at + 0.5) / inOrder.length) * of)),
    );
  }
});

/** As published (docs/operations.md), and −1 where less is better. */
const RANK = [
  ['skus', 1, 1],
  ['repeat-buyers', 2, 1],
  ['on-time', 2, 1],
  ['refund-rate', 2, -1],
  ['new-skus', 1, 1],
  ['hits', 1, 1],
  ['price-position', 1, -1],
] as const;

test('the rank of twenty merchants drawn at random is that of a count over the lines', async () => {
  const next = random(16);
  const owners = ownersIn('2024-Q1');
  const bandOf = (below: number, alike: number, all: number, of: number) =>
    Math.min(of, 1 + Math.floor(((below + alike / 2) / all) * of));
  let ranked = 0;
  for (const owner of [...OWNERS].sort(() => next() - 0.5)) {
    if (ranked === 20) break;
    const { rank, group } = await told(owner);
    if (!rank || !group) continue;
    ranked += 1;
    const ids = group.belts.map(({ beltId }) => beltId);
    const members = owners
      .filter((one) => ids.includes(one.belt) && (group.sizes as string[]).includes(one.size))
      .map((one) => one.owner);
    const answers = await Promise.all(members.map((member) => told(member)));
    // What may not be told of the group takes no part: nobody of it has a band.
    const parts = RANK.filter(([name]) =>
      answers.some(({ measures }) => measures.some(({ measure, band }) => measure === name && band !== null)),
    ).map(([name, weight, sign]) => {
      const values = members.map((member) => {
        const value = valueIn(member, name, '2024-Q1');
        return value === null ? null : sign * Number(value.toPrecision(9));
      });
      const known = values.filter((value) => value !== null);
      const percentiles = values.map((value) => {
        if (value === null) return null;
        const below = known.filter((one) => one < value).length;
        return (below + known.filter((one) => one === value).length / 2) / known.length;
      });
      return { name, weight, percentiles };
    });
    const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
    const scores = members.flatMap((member, at) => {
      const own = parts.flatMap(({ weight, percentiles: { [at]: percentile } }) =>
        percentile == null ? [] : [{ weight, percentile }],
      );
      const weight = own.reduce((sum, one) => sum + one.weight, 0);
      const score = own.reduce((sum, one) => sum + one.weight * one.percentile, 0) / weight;
      return weight >= whole / 2 ? [{ member, score }] : [];
    });
    const own = scores.find(({ member }) => member === owner)?.score ?? NaN;
    const alike = scores.filter(({ score }) => Math.abs(score - own) < 1e-9).length;
    const below = scores.filter(({ score }) => score < own - 1e-9).length;
    const of = scores.length < 25 ? 4 : 5;
    expect([owner, rank.band]).toEqual([owner, { place: bandOf(below, alike, scores.length, of), of }]);
    for (const { name, percentiles } of parts) {
      const percentile = percentiles[members.indexOf(owner)] ?? null;
      const place = rank.components.find(({ measure }) => measure === name)?.place;
      const expected = percentile === null ? null : Math.min(of, 1 + Math.floor(percentile * of));
      expect([owner, name, place]).toEqual([owner, name, expected]);
    }
  }
  expect(ranked).toBe(20);
});
