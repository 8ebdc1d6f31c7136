/**
 * Loads that leave a month without a line between others: of a misdated order that is corrected afterwards, of an export that
 * stops within a month and goes on months later, and of one order dated long after the rest. What was sold in such a month, and
 * in the days before it that nothing was loaded of, is not known: no answer may say 0, −100 %, complete or final of them.
 */
import type { GrowthByBeltAnswer, RecoveryAnswer } from '@beltline/contract';
import { asked } from '../fixtures/api/running-api.ts';
import { api, everyDay, sourceNamed, source, growth } from './api-gaps-kit.ts';

describe('a small source', () => {
  beforeAll(async () => {
    const hasNone = (day: string) =>
      day.startsWith('2024-08') || (/-(01|02|30|31)$/.test(day) && day > '2023-01-02');
    await sourceNamed('small')([
      ...everyDay('2023-01-01', '2024-12-31', hasNone),
      { id: 'C', day: '2024-08-20', status: 'cancelled' },
    ]);
  });

  test('of a month of which every order was cancelled it is known that nothing was sold', async () => {
    const { meta, gmv } = await growth('small', '2024-08');
    expect(meta.period).toMatchObject({ complete: true, coverage: 1 });
    expect(gmv).toMatchObject({ value: 0, growth: -1, flag: 'final' });
  });

  test('a month that ends early beside a loaded one is whole: nothing was sold on its last days', async () => {
    const found = await source('small');
    expect(found).toMatchObject({ notLoaded: [], completeMonths: { from: '2023-01', to: '2024-11' } });
    expect(found?.edges).toBeUndefined();
    expect((await growth('small', '2024-10')).meta.period.complete).toBe(true);
  });
});

describe('an order dated past a gap', () => {
  beforeAll(async () => {
    const load = sourceNamed('dated');
    await load(everyDay('2023-01-01', '2025-02-12'));
    const before = await growth('dated', '2025-02');
    expect(before.gmv).toMatchObject({ value: 3600, growth: 0, flag: 'provisional' });
    await load([{ id: 'T', day: '2025-09-15' }]);
  });

  test('leaves the month before the gap as incomplete as it was', async () => {
    const found = await source('dated');
    expect(found).toMatchObject({
      dataThrough: '2025-09-15',
      notLoaded: ['2025-03', '2025-04', '2025-05', '2025-06', '2025-07', '2025-08'],
      completeMonths: { from: '2023-01', to: '2025-01' },
      edges: [
        { month: '2025-02', firstDay: '2025-02-01', lastDay: '2025-02-12' },
        { month: '2025-09', firstDay: '2025-09-15', lastDay: '2025-09-15' },
      ],
    });
    const { meta, gmv, merchants } = await growth('dated', '2025-02');
    expect(meta).toMatchObject({
      period: { lastDay: '2025-02-12', coverage: 12 / 28, complete: false },
      baseline: { lastDay: '2024-02-12' },
      cautions: expect.arrayContaining(['incomplete-period']),
    });
    expect(gmv).toMatchObject({ value: 3600, baseline: 3600, growth: 0, flag: 'provisional' });
    expect(merchants).toMatchObject({ value: null, reason: 'part-month' });
    const { rows } = await asked<GrowthByBeltAnswer>(
      api,
      '/growth/by-belt?source=dated&from=2025-02&to=2025-02',
    );
    expect(rows.map(({ compared: { growth } }) => [growth.value, growth.flag])).toEqual([
      [0, 'base-too-small'],
      [0, 'base-too-small'],
    ]);
  });

  test('leaves recovery where it was', async () => {
    const answer = await asked<RecoveryAnswer>(api, '/recovery?source=dated');
    expect(answer.month).toBe('2025-01');
    expect(answer.points.find(({ month }) => month === '2025-02')).toMatchObject({
      value: { value: 3600, flag: 'provisional' },
      coverage: 12 / 28,
      level: { value: null, reason: 'incomplete-period' },
    });
    expect((await api.get('/recovery?source=dated&month=2025-02')).status).toBe(400);
  });

  test('is no month to estimate: how far it is along is not known', async () => {
    const { nowcast } = await asked<RecoveryAnswer>(api, '/recovery?source=dated');
    expect(nowcast).toMatchObject({ month: '2025-09', estimate: { value: null, reason: 'too-little-data' } });
  });
});

test('a source counts its merchants, also the one that is in no belt', async () => {
  expect(await source('small')).toMatchObject({ merchants: 4, belts: 2 });
});
