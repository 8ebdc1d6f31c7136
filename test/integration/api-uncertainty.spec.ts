/**
 * How sure figures and states are, on orders of owners whose truth is planted: intervals against a jackknife over the lines
 * themselves, probabilities against replicates drawn in another way.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Figure,
  GrowthByBeltAnswer,
  PricesAnswer,
  RankingUncertaintyAnswer,
  RecoveryAnswer,
  StateHistoryAnswer,
  StatesAnswer,
} from '@beltline/contract';
import { SEEN_WITHIN_MS } from '@beltline/sql/clickhouse';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { groupBy, type SeedLine } from '../fixtures/rollups/naive.ts';
import { intervalOf, levelHalf, ownersOf, probabilitiesOf } from '../fixtures/rollups/naive-uncertainty.ts';
import { priceIntervals } from '../fixtures/rollups/naive-prices.ts';
import { BELTS, LINES, ownerOf, PLANTED } from '../fixtures/rollups/planted-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const DEAD_BAND = 0.02;
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_DEAD_BAND: String(DEAD_BAND), BELTLINE_MIN_BASE: '10' } });
  await seedVersion(api.loader, PLANTED);
  await seedVersion(api.loader, { ...PLANTED, version: 2, source: 'again' });
});
afterAll(() => api?.close());

const ask = <T>(path: string) => asked<T>(api, path);
const statesOf = async (month: string, source = 'planted') => {
  const { rows } = await ask<StatesAnswer>(`/recovery/states?source=${source}&measure=orders&month=${month}`);
  return new Map(rows.map((row) => [row.area.id, row]));
};
/** Belts of enough owners. */
const MANY = ['null', 'surge', 'fall'];
/** What is loaded, and the year that levels are told against: the first. */
const LOADED = { firstMonth: '2020-01', lastMonth: '2024-08', base: 2020, deadBand: DEAD_BAND };
const linesOf = (belt: string) => LINES.filter((line) => line.belt === belt);

test.each(['2024-08', '2024-02'])('intervals at the end of %s are those of the owners', async (month) => {
  const states = await statesOf(month);
  for (const belt of MANY) {
    const state = states.get(belt)?.now as RecoveryAnswer['state'];
    const owners = ownersOf(linesOf(belt), ownerOf, month, LOADED);
    expect(owners.length).toBe(belt === 'null' ? 61 : 60);
    const compare = (
      figure: Figure,
      unit: (ratio: number) => number,
      truth: { low: number; high: number },
    ) => {
      expect([belt, figure.uncertainty?.low]).toEqual([belt, expect.closeTo(unit(truth.low), 4)]);
      expect([belt, figure.uncertainty?.high]).toEqual([belt, expect.closeTo(unit(truth.high), 4)]);
    };
    const growth = state.growth.value as number;
    const level = state.level.value as number;
    compare(
      state.growth,
      (ratio) => ratio - 1,
      intervalOf(
        owners.map((one) => [one.now, one.before]),
        1 + growth,
      ),
    );
    compare(state.level, (ratio) => 100 * ratio, {
      low: (level / 100) * Math.exp(-levelHalf(owners)),
      high: (level / 100) * Math.exp(levelHalf(owners)),
    });
    const wide = (state.breadth.value as number) / 100;
    compare(
      state.breadth,
      (ratio) => 100 * ratio,
      intervalOf(
        owners.map((one) => [one.rising, one.members]),
        wide,
        'linear',
      ),
    );
  }
});

test.each([
  ['2024-08', ['2024-08'], ['2023-08']],
  ['2024-02', ['2024-01', '2024-02'], ['2023-01', '2023-02']],
])('the headline of %s has the interval of its months', async (month, months, before) => {
  for (const belt of MANY) {
    const { growth } = await ask<RecoveryAnswer>(
      `/recovery?source=planted&measure=orders&belt=${belt}&month=${month}`,
    );
    const owners = [...groupBy(linesOf(belt), (line) => ownerOf(line.merchant)).values()];
    const ordersIn = (lines: readonly SeedLine[], of: readonly string[]) =>
      lines.filter(({ day }) => of.includes(day.slice(0, 7))).length;
    const truth = intervalOf(
      owners.map((lines) => [ordersIn(lines, months), ordersIn(lines, before)]),
      1 + (growth.value as number),
    );
    expect(growth.uncertainty?.low).toBeCloseTo(truth.low - 1, 4);
    expect(growth.uncertainty?.high).toBeCloseTo(truth.high - 1, 4);
  }
});

test('price and volume have the intervals of leaving out all lines of one owner after the other', async () => {
  for (const belt of MANY) {
    const answer = await ask<PricesAnswer>(`/prices?source=planted&belt=${belt}&from=2024-05&to=2024-06`);
    const lines = linesOf(belt);
    const within = (year: number) => lines.filter(({ day }) => day >= `${year}-05` && day < `${year}-07`);
    const truth = priceIntervals(within(2024), within(2023), ownerOf, {
      ...{ first: '2024-05', firstBefore: '2023-05' },
      monthsTogether: answer.monthsTogether ?? NaN,
    });
    for (const [figure, { value, low, high }] of [
      [answer.tornqvist, truth.price],
      [answer.volume, truth.volume],
    ] as const) {
      const told = [figure.value, figure.uncertainty?.low, figure.uncertainty?.high];
      expect([belt, ...told]).toEqual([
        belt,
        ...[value, low, high].map((one) => expect.closeTo(100 * one, 1)),
      ]);
    }
    const { low = NaN, high = NaN } = answer.priceChange.uncertainty ?? {};
    expect(low < (answer.priceChange.value ?? NaN) && (answer.priceChange.value ?? NaN) < high).toBe(true);
  }
  const thin = await ask<PricesAnswer>('/prices?source=planted&belt=thin&from=2024-05&to=2024-06');
  expect(
    [thin.tornqvist, thin.volume, thin.priceChange].map(({ uncertaintyReason }) => uncertaintyReason),
  ).toEqual(Array(3).fill('too-few-owners'));
});

test('a state is as probable as owners drawn in another way say', async () => {
  for (const month of ['2024-08', '2024-04', '2023-09']) {
    const states = await statesOf(month);
    for (const belt of MANY) {
      const { now } = states.get(belt) as StatesAnswer['rows'][number];
      const found = probabilitiesOf(
        ownersOf(linesOf(belt), ownerOf, month, LOADED),
        { level: now.level.value as number, growth: now.growth.value as number },
        DEAD_BAND,
      );
      const naive = found.get(now.mostProbable ?? '') ?? 0;
      expect([belt, month, now.mostProbable, Math.abs(naive - (now.probability as number)) < 0.1]).toEqual([
        belt,
        month,
        now.mostProbable,
        true,
      ]);
    }
  }
});

test('what is planted is found, and where nothing happens nothing is said', async () => {
  const states = await statesOf('2024-08');
  const told = (belt: string) => states.get(belt)?.now;
  expect(told('surge')).toMatchObject({ state: 'recovered', certainty: 'sure', restsOnJoiners: false });
  expect(told('fall')).toMatchObject({ state: 'declining', certainty: 'sure' });
  expect(told('few')).toMatchObject({
    state: 'carried-by-few',
    certainty: expect.stringMatching(/sure|likely/),
  });
  // Three owners hold most of it: its growth has no interval, that of the others has.
  expect(told('few')?.growth.uncertaintyReason).toBe('too-few-owners');
  expect(told('few')?.growthOfOthers.uncertainty?.high).toBeLessThan(0.05);
  expect(told('few')?.growth.value).toBeGreaterThan(DEAD_BAND);
  expect(told('few')?.growthOfOthers.value).toBeLessThan(0);
  expect(told('null')).toMatchObject({ restsOnJoiners: false });
  expect(told('null')?.certainty).not.toBe('sure');
  expect(told('joined')).toMatchObject({ restsOnJoiners: true });
});

test('of too few owners nothing is said, by name', async () => {
  const states = await statesOf('2024-08');
  for (const belt of ['thin', 'dominated']) {
    const row = states.get(belt);
    expect(row?.now).toMatchObject({
      state: 'undetermined',
      reason: 'too-few-owners',
      mostProbable: null,
      probability: null,
      certainty: null,
      growth: { uncertainty: null, uncertaintyReason: 'too-few-owners' },
    });
    expect(row?.now.growth.value).toBeGreaterThan(0.2);
    expect(row?.changed).toBe(false);
  }
});

test('the counts are those of the rows, and only a sure state that was another sure one has changed', async () => {
  for (const month of ['2024-08', '2023-06', '2023-02']) {
    const answer = await ask<StatesAnswer>(`/recovery/states?source=planted&measure=orders&month=${month}`);
    for (const { state, areas, sure } of answer.counts) {
      const rows = answer.rows.filter(({ now }) => now.state === state);
      expect([state, areas, sure]).toEqual([
        state,
        rows.length,
        rows.filter(({ now }) => now.certainty === 'sure').length,
      ]);
    }
    for (const row of answer.rows.filter(({ changed }) => changed)) {
      expect(row.now.certainty).toBe('sure');
      expect(row.before).not.toBe(row.now.state);
    }
  }
});

test('the months behind are those that were told at their ends', async () => {
  const { months } = await ask<StateHistoryAnswer>(
    '/recovery/states/history?source=planted&measure=orders&month=2024-08&months=4',
  );
  expect(months.map(({ month }) => month)).toEqual(['2024-05', '2024-06', '2024-07', '2024-08']);
  for (const { month, counts } of months) {
    const then = await ask<StatesAnswer>(`/recovery/states?source=planted&measure=orders&month=${month}`);
    expect(counts).toEqual(then.counts.map(({ state, areas, sure }) => ({ state, areas, sure })));
  }
});

describe('a ranking', () => {
  const QUESTION = 'source=planted&measure=orders&from=2024-03&to=2024-08';
  const MONTHS_OF = (year: string) => ['03', '04', '05', '06', '07', '08'].map((month) => `${year}-${month}`);
  const ordersIn = (lines: readonly SeedLine[], months: readonly string[]) =>
    lines.filter(({ day }) => months.includes(day.slice(0, 7))).length;
  const uncertaintyOf = async (more: string) => {
    const answer = await ask<RankingUncertaintyAnswer>(`/growth/by-belt/uncertainty?${QUESTION}&${more}`);
    return { answer, rows: new Map(answer.rows.map((row) => [row.belt.beltId, row])) };
  };

  test('growth and shares have the intervals of the owners', async () => {
    const { rows } = await uncertaintyOf('sort=growth');
    const ranking = await ask<GrowthByBeltAnswer>(`/growth/by-belt?${QUESTION}&sort=growth`);
    expect([...rows.keys()].sort()).toEqual(ranking.rows.map(({ belt }) => belt.beltId).sort());
    const owners = [...groupBy(LINES, (line) => ownerOf(line.merchant)).values()];
    for (const { belt, compared, share } of ranking.rows) {
      const row = rows.get(belt.beltId);
      if (['thin', 'dominated'].includes(belt.beltId)) {
        expect(row).toMatchObject({ finding: null, firstPlace: null, lastPlace: null });
        expect(row?.growth).toMatchObject({ uncertainty: null, uncertaintyReason: 'too-few-owners' });
        expect(row?.growth.value).toBe(compared.growth.value);
        continue;
      }
      const own = owners.map((lines) => lines.filter((line) => line.belt === belt.beltId));
      const now = own.map((lines) => ordersIn(lines, MONTHS_OF('2024')));
      if (belt.beltId !== 'few') {
        const growth = intervalOf(
          own.map((lines, owner) => [now[owner] ?? 0, ordersIn(lines, MONTHS_OF('2023'))]),
          1 + (compared.growth.value as number),
        );
        expect(row?.growth.uncertainty?.low).toBeCloseTo(growth.low - 1, 4);
        expect(row?.growth.uncertainty?.high).toBeCloseTo(growth.high - 1, 4);
        const part = intervalOf(
          owners.map((lines, owner) => [now[owner] ?? 0, ordersIn(lines, MONTHS_OF('2024'))]),
          share.value as number,
          'linear',
        );
        expect(row?.share.uncertainty?.low).toBeCloseTo(part.low, 4);
        expect(row?.share.uncertainty?.high).toBeCloseTo(part.high, 4);
      }
    }
  });

  test('what surely rises and falls is found, and where nothing happens nothing is', async () => {
    const { answer, rows } = await uncertaintyOf('sort=growth');
    expect(answer).toMatchObject({ falseDiscoveryRate: 0.1, ranked: Object.keys(BELTS).length });
    expect(['surge', 'fall', 'null'].map((belt) => rows.get(belt)?.finding)).toEqual([
      'rises',
      'falls',
      null,
    ]);
  });

  test.each(['growth', 'value', 'change'])('each belt stands between its places by %s', async (sort) => {
    const ranking = await ask<GrowthByBeltAnswer>(`/growth/by-belt?${QUESTION}&sort=${sort}`);
    const upwards = await uncertaintyOf(`sort=${sort}&order=asc`);
    const { answer, rows } = await uncertaintyOf(`sort=${sort}`);
    for (const { belt, rank } of ranking.rows) {
      const row = rows.get(belt.beltId);
      if (!row?.firstPlace || !row.lastPlace) continue;
      expect(row.firstPlace).toBeLessThanOrEqual(rank);
      expect(row.lastPlace).toBeGreaterThanOrEqual(rank);
      expect(upwards.rows.get(belt.beltId)).toMatchObject({
        firstPlace: answer.ranked + 1 - row.lastPlace,
        lastPlace: answer.ranked + 1 - row.firstPlace,
      });
    }
    const [rising, falling] = ['surge', 'fall'].map((belt) => rows.get(belt));
    if (sort !== 'value') expect(rising?.lastPlace).toBeLessThan(answer.ranked);
    if (sort !== 'value') expect(falling?.firstPlace).toBeGreaterThan(1);
  });
});

test('the same orders under another version give the same intervals and probabilities, to the last digit', async () => {
  const before = await statesOf('2024-08');
  await seedVersion(api.loader, { ...PLANTED, version: 3, publishedAt: '2025-02-12 03:00:00.000' });
  await sleep(SEEN_WITHIN_MS); // the version before may be answered from for so long
  const after = await statesOf('2024-08');
  expect((await ask<StatesAnswer>('/recovery/states?source=planted&measure=orders')).meta.dataVersion).toBe(
    3,
  );
  for (const [belt, row] of before) expect(after.get(belt)?.now).toEqual(row.now);
  // Another source has other owners of the same names: it draws them anew, and adds them up in another order.
  const own = before.get('null')?.now.growth;
  const other = (await statesOf('2024-08', 'again')).get('null')?.now.growth;
  expect(other?.value).toBe(own?.value);
  for (const end of ['low', 'high'] as const)
    expect(other?.uncertainty?.[end]).toBeCloseTo(own?.uncertainty?.[end] ?? NaN, 12);
});
