/** As api-gaps.spec.ts, of more loads that leave a month without a line: a misdated order that passed through, an export that goes on later, a wrong year. */
import type { SeriesAnswer } from '@beltline/contract';
import { asked } from '../fixtures/api/running-api.ts';
import { api, everyDay, sourceNamed, source, growth } from './api-gaps-kit.ts';

const UNKNOWN = { value: null, growth: null, flag: 'not-available', reason: 'not-loaded' };

describe('a month that was never loaded, and that a misdated order passed through', () => {
  beforeAll(async () => {
    const load = sourceNamed('passed');
    await load(everyDay('2023-01-01', '2025-02-12', (day) => day.startsWith('2024-08')));
    await load([{ id: 'T', day: '2024-08-20' }]);
    expect(await source('passed')).toMatchObject({ notLoaded: [] });
    await load([{ id: 'T', day: '2025-02-10', changed: '2025-02-11' }]);
  });

  test('is not loaded again once the order has left it', async () => {
    expect(await source('passed')).toMatchObject({
      notLoaded: ['2024-08'],
      defaultPeriod: { from: '2024-09', to: '2025-01' },
    });
    const { meta, gmv, orders, merchants } = await growth('passed', '2024-08');
    expect(meta.period).toMatchObject({ complete: false, coverage: 0, without: ['2024-08'] });
    for (const figure of [gmv, orders, merchants]) expect(figure).toMatchObject(UNKNOWN);
    expect((await growth('passed', '2024-07', '2024-10')).gmv).toMatchObject({
      flag: 'provisional',
      growth: 0,
    });
    expect((await api.get('/recovery?source=passed&reference=2024')).status).toBe(400);
  });
});

describe('an export that stops on 12 February and goes on on 5 April', () => {
  beforeAll(async () => {
    const isMissing = (day: string) => day > '2024-02-12' && day < '2024-04-05';
    await sourceNamed('resumed')(everyDay('2022-01-01', '2025-06-30', isMissing));
  });

  test('a period across is compared with its own days only', async () => {
    const { meta, gmv } = await growth('resumed', '2024-01', '2024-06');
    expect(meta.period).toMatchObject({
      ...{ firstDay: '2024-01-01', lastDay: '2024-06-30', complete: false, without: ['2024-03'] },
      coverage: (31 + 12 + 26 + 31 + 30) / 182,
      edges: [
        { month: '2024-02', firstDay: '2024-02-01', lastDay: '2024-02-12' },
        { month: '2024-04', firstDay: '2024-04-05', lastDay: '2024-04-30' },
      ],
    });
    expect(gmv).toMatchObject({ value: 300 * 130, baseline: 300 * 130, growth: 0, flag: 'provisional' });
  });

  test('what would be compared with days that are not known has no baseline', async () => {
    for (const month of ['2025-02', '2025-03', '2025-04']) {
      const { meta, gmv } = await growth('resumed', month);
      expect([month, meta.baseline, gmv?.growth]).toEqual([month, null, null]);
    }
    expect((await growth('resumed', '2025-05')).gmv).toMatchObject({ growth: 0, flag: 'final' });
    const { meta } = await growth('resumed', '2024-05', '2024-05', '&comparison=previous');
    expect(meta.baseline).toBeNull();
  });

  test('a series by month compares the part months with their own days, and by day has a gap', async () => {
    const question = '/series?source=resumed&from=2024-01&to=2024-05&measure=gmv';
    const { lines } = await asked<SeriesAnswer>(api, `${question}&grain=month`);
    const shown = lines[0]?.points.map(({ value, yearAgo, coverage }) => [
      value.value,
      yearAgo.value,
      coverage,
    ]);
    expect(shown).toEqual([
      [9300, 9300, 1],
      [3600, 3600, 12 / 29],
      [null, null, 0],
      [7800, 7800, 26 / 30],
      [9300, 9300, 1],
    ]);
    const days = (await asked<SeriesAnswer>(api, `${question}&grain=day`)).lines[0]?.points ?? [];
    const unknown = days.filter(({ value }) => value.reason === 'not-loaded').map(({ day }) => day);
    expect([unknown[0], unknown.at(-1), unknown.length]).toEqual(['2024-02-13', '2024-04-04', 17 + 31 + 4]);
    expect(days.every(({ value, day }) => (value.value === null) === unknown.includes(day))).toBe(true);
  });
});

test('one order of a wrong year, decades before the rest, leaves what the pages ask for answerable', async () => {
  const load = sourceNamed('early');
  await load([{ id: 'T', day: '2002-03-05' }, ...everyDay('2024-01-01', '2025-01-31')]);
  const { lines } = await asked<SeriesAnswer>(
    api,
    '/series?source=early&grain=month&measure=gmv&from=2002-03&to=2025-01&tracks=all,wholesale',
  );
  expect(lines).toHaveLength(2);
  for (const { points } of lines) {
    expect(points).toHaveLength(22 * 12 + 11);
    expect(points.filter(({ value }) => value.reason === 'not-loaded')).toHaveLength(21 * 12 + 9);
    expect(points.at(-2)).toMatchObject({ day: '2024-12-01', value: { value: 9300, flag: 'final' } });
  }
});
