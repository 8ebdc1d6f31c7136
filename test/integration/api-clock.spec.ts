/** Places on the clock, and how sure they are, recomputed over the lines: growth day by day, errors by leaving out owners. */
import type { ClockAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { groupBy } from '../fixtures/rollups/naive.ts';
import { comparedShares, naiveRecovery } from '../fixtures/rollups/naive-recovery.ts';
import { jackknifeHalf } from '../fixtures/rollups/naive-uncertainty.ts';
import { LINES, ownerOf, PLANTED } from '../fixtures/rollups/planted-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '10' } });
  await seedVersion(api.loader, PLANTED);
});
afterAll(() => api?.close());

const ask = <T>(path: string) => asked<T>(api, path);
/** Belts of enough owners. */
const MANY = ['null', 'surge', 'fall'];
const linesOf = (belt: string) => LINES.filter((line) => line.belt === belt);

test.each(['nation', 'belt'])(
  'places of every %s are growth over a year, and what the last three months grew faster',
  async (level) => {
    const clock = await ask<ClockAnswer>(
      `/recovery/clock?source=planted&measure=gmv&level=${level}&months=12`,
    );
    expect([clock.months.length, clock.months.at(-1)]).toEqual([12, '2024-08']);
    let places = 0;
    for (const { area, points, reason, share } of clock.areas) {
      expect([points.length, points.some((point) => point === null)]).toEqual([12, reason !== null]);
      expect(share.value).toBeGreaterThanOrEqual(0);
      const truth = naiveRecovery(level === 'nation' ? LINES : linesOf(area.id), 'gmv', {
        firstDay: '2020-01-01',
        lastMonth: '2024-08',
        base: 2020,
      });
      // Some kinds of days have a factor of their own, which the recount does not know: of belts with few orders, and next to none of the others.
      const digits = level === 'nation' ? 9 : MANY.includes(area.id) ? 3 : 1;
      for (const [index, point] of points.entries()) {
        const month = clock.months[index] ?? '';
        const [year, quarter] = [truth.lunarGrowth(month, 12), truth.lunarGrowth(month, 3)];
        if (point === null) continue;
        places++;
        const { x, y, quadrant, certainty, interval, intervalReason } = point;
        expect([area.id, month, x, x + y]).toEqual([
          area.id,
          month,
          expect.closeTo(year ?? NaN, digits),
          expect.closeTo(quarter ?? NaN, digits),
        ]);
        expect(quadrant).toBe(
          y >= 0 ? (x >= 0 ? 'expansion' : 'recovery') : x >= 0 ? 'slowdown' : 'contraction',
        );
        expect([interval === null, certainty]).toEqual([
          intervalReason !== null,
          interval ? certainty : null,
        ]);
      }
    }
    expect(places).toBeGreaterThanOrEqual(level === 'nation' ? 12 : 60);
    const one = await ask<ClockAnswer>('/recovery/clock?source=planted&months=1');
    expect(one.months).toEqual(['2024-08']);
  },
);

test('places on the clock have the intervals of their owners, and are claimed where both signs are sure', async () => {
  const path = '/recovery/clock?source=planted&measure=orders&months=7';
  const { areas, months } = await ask<ClockAnswer>(path);
  for (const belt of MANY)
    for (const [at, month] of months.entries()) {
      const windows = ([12, 3] as const).flatMap((count) =>
        (['now', 'before'] as const).map((side) => comparedShares(month, 1, side, count)),
      );
      const owners = [...groupBy(linesOf(belt), (line) => ownerOf(line.merchant)).values()].map((own) => {
        const merchants = [...groupBy(own, (line) => line.merchant).values()];
        return windows.map((shares) =>
          merchants
            .flatMap((lines) =>
              [...shares].map(([one, share]) => {
                const orders = new Set(
                  lines.filter(({ day }) => day.startsWith(one)).map(({ order }) => order),
                );
                return Math.round(64 * orders.size * share) / 64;
              }),
            )
            .reduce((all, one) => all + one, 0),
        );
      });
      const on = (of: (year: number, yearBefore: number, quarter: number, quarterBefore: number) => number) =>
        jackknifeHalf(owners, ([a = NaN, b = NaN, c = NaN, d = NaN]) => of(a, b, c, d));
      const halfX = on((year, before) => Math.log(year / before));
      const halfY = on((year, before, quarter, quarterBefore) => quarter / quarterBefore - year / before);
      const point = areas.find(({ area }) => area.id === belt)?.points[at];
      if (!point?.interval) throw new Error(`${belt} is nowhere in ${month}`);
      const { x, y, interval, certainty } = point;
      expect(interval.xLow).toBeCloseTo((1 + x) * Math.exp(-halfX) - 1, 4);
      expect(interval.xHigh).toBeCloseTo((1 + x) * Math.exp(halfX) - 1, 4);
      expect(interval.yLow).toBeCloseTo(y - halfY, 4);
      expect(interval.yHigh).toBeCloseTo(y + halfY, 4);
      // An interval of 90 % leaves 5 % on either side, so what is sure has both signs outside of chance.
      if (certainty === 'sure')
        expect([interval.xLow * interval.xHigh > 0, interval.yLow * interval.yHigh > 0]).toEqual([
          true,
          true,
        ]);
    }
  const certainties = areas.find(({ area }) => area.id === 'null')?.points.map((point) => point?.certainty);
  expect(certainties?.filter((certainty) => certainty === 'sure')).toEqual([]);
  for (const id of ['thin', 'dominated']) {
    const points = areas.find(({ area }) => area.id === id)?.points ?? [];
    expect(
      points.every(
        (point) => point === null || (point.certainty === null && point.intervalReason === 'too-few-owners'),
      ),
    ).toBe(true);
  }
});
