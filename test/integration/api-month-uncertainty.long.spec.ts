/** How sure growth and level of each single month are, against a jackknife over the lines themselves. */
import type {
  RecoveryAnswer,
  RecoveryUncertaintyAnswer,
  SeriesAnswer,
  SeriesUncertaintyAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { groupBy, type SeedLine } from '../fixtures/rollups/naive.ts';
import { monthAfter } from '../fixtures/rollups/naive-recovery.ts';
import { intervalOf, levelHalf, ownersOf as ownersIn } from '../fixtures/rollups/naive-uncertainty.ts';
import { LINES, ownerOf, PLANTED } from '../fixtures/rollups/planted-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const CUSTOM = 4;
/** Every third line is a custom order, of wholesale else. */
const SPREAD = LINES.map((line, turn) => ({ ...line, combination: turn % 3 === 0 ? CUSTOM : 64 }));
/** Its last month ends on the 17th. */
const PART = SPREAD.filter(({ day }) => day <= '2024-08-17');

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '10' } });
  await seedVersion(api.loader, { ...PLANTED, lines: SPREAD });
  await seedVersion(api.loader, {
    ...PLANTED,
    source: 'part',
    version: 2,
    lines: PART,
    dataThrough: '2024-08-17',
  });
});
afterAll(() => api?.close());
const ask = <T>(path: string) => asked<T>(api, path);
const ownersOf = (belt: string | null) => [
  ...groupBy(
    SPREAD.filter((line) => belt === null || line.belt === belt),
    (line) => ownerOf(line.merchant),
  ).values(),
];
const gmvOf = (lines: readonly SeedLine[]) => lines.reduce((sum, { gmv }) => sum + gmv, 0);
const ordersOf = (lines: readonly SeedLine[]) => new Set(lines.map(({ order }) => order)).size;

/** Whether there are owners enough, by what each sold in both months. */
function isEnough(pairs: readonly (readonly [number, number])[]) {
  const sizes = pairs.map(([now, before]) => now + before).filter((size) => size > 0);
  const total = (power: number) => sizes.reduce((all, size) => all + size ** power, 0);
  return sizes.length >= 20 && total(1) ** 2 / total(2) >= 10;
}

describe('the growth of each month of a series has the interval of its owners', () => {
  const inMonth = (lines: readonly SeedLine[], months: readonly string[]) =>
    lines.filter(({ day }) => months.includes(day.slice(0, 7)));
  const valueOf = {
    gmv: gmvOf,
    orders: ordersOf,
    merchants: (lines: readonly SeedLine[]) => new Set(lines.map(({ merchant }) => merchant)).size,
  };
  const range = 'from=2023-11&to=2024-08';

  test.each([
    ['gmv', 'null'],
    ['orders', 'surge'],
    ['gmv', null],
    ['merchants', 'joined'],
  ] as const)('%s of %s', async (measure, belt) => {
    const query = `source=planted&${range}&measure=${measure}&tracks=all,custom${belt ? `&belt=${belt}` : ''}`;
    const series = await ask<SeriesAnswer>(`/series?${query}`);
    const sure = await ask<SeriesUncertaintyAnswer>(`/series/uncertainty?${query}`);
    let [told, merged] = [0, 0];
    for (const [line, { track, points }] of series.lines.entries()) {
      for (const [index, point] of points.entries()) {
        const found = sure.lines[line]?.points[index];
        expect([found?.day, found?.growth.value]).toEqual([point.day, point.growth.value]);
        if (!point.growth.value || point.growth.flag === 'base-too-small') continue;
        const year = point.day.slice(0, 4);
        const months = point.merged ? [`${year}-01`, `${year}-02`] : [point.day.slice(0, 7)];
        const before = months.map((month) => `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`);
        const pairs = ownersOf(belt).map((own) => {
          const lines = own.filter(({ combination }) => track === 'all' || (combination & CUSTOM) > 0);
          return [
            valueOf[measure](inMonth(lines, months)),
            valueOf[measure](inMonth(lines, before)),
          ] as const;
        });
        if (!isEnough(pairs)) {
          expect(found?.growth.uncertaintyReason).toBe('too-few-owners');
          continue;
        }
        const passers =
          measure === 'merchants'
            ? ([
                [1, 0],
                [0, 1],
              ] as const)
            : [];
        const truth = intervalOf([...pairs, ...passers], 1 + point.growth.value);
        expect(found?.growth.uncertainty?.low).toBeCloseTo(truth.low - 1, 3);
        expect(found?.growth.uncertainty?.high).toBeCloseTo(truth.high - 1, 3);
        told += 1;
        if (point.merged) merged += 1;
      }
    }
    expect(told).toBeGreaterThan(8);
    expect(merged > 0).toBe(measure !== 'merchants');
  });

  test('buyers, few owners and a part of a month have none, and say why', async () => {
    const reasons = async (query: string) => {
      const { lines } = await ask<SeriesUncertaintyAnswer>(`/series/uncertainty?${range}&${query}`);
      const growth = lines.flatMap(({ points }) => points.map((point) => point.growth));
      expect(growth.every(({ uncertainty }) => uncertainty === null)).toBe(true);
      return new Set(growth.map(({ uncertaintyReason }) => uncertaintyReason).filter((one) => one !== null));
    };
    expect(await reasons('source=planted&measure=buyers')).toEqual(new Set(['buyers-of-many-owners']));
    expect(await reasons('source=planted&belt=thin')).toEqual(new Set(['too-few-owners']));
    const part = await ask<SeriesUncertaintyAnswer>(`/series/uncertainty?source=part&${range}`);
    expect(part.lines[0]?.points.at(-1)?.growth).toMatchObject({ uncertaintyReason: 'part-month' });
    expect(part.lines[0]?.points.at(-2)?.growth.uncertainty).not.toBeNull();
    await expect(ask(`/series/uncertainty?source=planted&${range}&grain=day`)).rejects.toThrow();
  });
});

/** Belts of enough owners. */
const MANY = ['null', 'surge', 'fall'];
/** What is loaded, and the year that levels are told against: the first. */
const LOADED = { firstMonth: '2020-01', lastMonth: '2024-08', base: 2020, deadBand: 0.02 };
const linesOf = (belt: string) => SPREAD.filter((line) => line.belt === belt);

test('level and growth of each month alone have the intervals of its owners', async () => {
  let [told, merged] = [0, 0];
  for (const belt of MANY) {
    const query = `source=planted&measure=orders&belt=${belt}`;
    const { points } = await ask<RecoveryAnswer>(`/recovery?${query}`);
    const answer = await ask<RecoveryUncertaintyAnswer>(`/recovery/uncertainty?${query}`);
    expect(answer.points.map(({ month, level }) => [month, level.value])).toEqual(
      points.map(({ month, level }) => [month, level.value]),
    );
    for (const month of ['2023-12', '2024-01', '2024-03', '2024-06']) {
      const found = answer.points.find((point) => point.month === month);
      const owners = ownersIn(linesOf(belt), ownerOf, month, LOADED, 1);
      const half = levelHalf(owners);
      const level = found?.level.value as number;
      expect(found?.level.uncertainty?.low).toBeCloseTo(level * Math.exp(-half), 3);
      expect(found?.level.uncertainty?.high).toBeCloseTo(level * Math.exp(half), 3);
      const pairs = owners.map((one) => [one.now, one.before] as const);
      const growth = intervalOf(pairs, 1 + (found?.lunarGrowth.value as number));
      expect(found?.lunarGrowth.uncertainty?.low).toBeCloseTo(growth.low - 1, 4);
      expect(found?.lunarGrowth.uncertainty?.high).toBeCloseTo(growth.high - 1, 4);
      const together = month === '2024-01' ? ['2024-01', '2024-02'] : [month];
      const before = together.map((one) => monthAfter(one, -12));
      const ordersIn = (lines: readonly SeedLine[], of: readonly string[]) =>
        lines.filter(({ day }) => of.includes(day.slice(0, 7))).length;
      const whole = [...groupBy(linesOf(belt), (line) => ownerOf(line.merchant)).values()].map(
        (lines) => [ordersIn(lines, together), ordersIn(lines, before)] as const,
      );
      const calendar = intervalOf(whole, 1 + (found?.growth.value as number));
      expect(found?.growth.uncertainty?.high).toBeCloseTo(calendar.high - 1, 4);
      told += 1;
      if (together.length > 1) merged += 1;
    }
    // What has no value has no interval, and no second reason.
    expect(answer.points[0]?.growth).toMatchObject({
      value: null,
      uncertainty: null,
      uncertaintyReason: null,
    });
  }
  expect([told, merged]).toEqual([12, 3]);
  const thin = await ask<RecoveryUncertaintyAnswer>(
    '/recovery/uncertainty?source=planted&measure=orders&belt=thin',
  );
  expect(thin.points.at(-1)?.level.uncertaintyReason).toBe('too-few-owners');
});
