/** How sure breadth and concentration are, on orders of owners whose truth is planted, against leaving out their lines. */
import type {
  BreadthAnswer,
  ConcentrationAnswer,
  ConcentrationUncertaintyAnswer,
  StatesAnswer,
  SureFigure,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { groupBy, type SeedLine } from '../fixtures/rollups/naive.ts';
import { studentAt95 } from '../fixtures/rollups/naive-uncertainty.ts';
import { LINES, ownerOf, PLANTED } from '../fixtures/rollups/planted-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** Belts in which no owner holds most: together more than a hundred that count. */
const EVEN = ['null', 'surge', 'fall', 'joined'];
const EVEN_LINES = LINES.filter(({ belt }) => EVEN.includes(belt));
const PERIOD = 'from=2024-06&to=2024-07';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_DEAD_BAND: '0.02', BELTLINE_MIN_BASE: '10' } });
  await seedVersion(api.loader, PLANTED);
  await seedVersion(api.loader, { ...PLANTED, source: 'even', version: 2, lines: EVEN_LINES });
});
afterAll(() => api?.close());
const ask = <T>(path: string) => asked<T>(api, path);

test.each(['2024-08', '2024-02'])(
  'breadth at the end of %s is as sure as that of the state',
  async (month) => {
    const { rows } = await ask<StatesAnswer>(`/recovery/states?source=planted&measure=orders&month=${month}`);
    let told = 0;
    for (const { area, now } of rows) {
      const { points } = await ask<BreadthAnswer>(`/breadth?source=planted&measure=orders&belt=${area.id}`);
      const { value, uncertainty, uncertaintyReason } =
        points.find((point) => point.month === month)?.breadth ?? {};
      expect([area.id, value]).toEqual([area.id, now.breadth.value]);
      expect([area.id, uncertainty]).toEqual([area.id, now.breadth.uncertainty]);
      expect([area.id, uncertaintyReason]).toEqual([area.id, now.breadth.uncertaintyReason]);
      if (uncertainty) told++;
    }
    expect(told).toBeGreaterThan(3);
    expect(told).toBeLessThan(rows.length);
  },
);

test('breadth over tracks and belts has a reason, and what is not known has neither', async () => {
  for (const over of ['tracks', 'belts']) {
    const { points } = await ask<BreadthAnswer>(`/breadth?source=planted&over=${over}`);
    for (const { breadth } of points)
      expect(breadth).toMatchObject({
        uncertainty: null,
        uncertaintyReason: breadth.value === null ? null : 'directions-of-parts',
      });
    expect(points.length).toBeGreaterThan(12);
  }
});

/** Gini and share of the largest fifth of merchants, by the definition. */
function spreadOf(lines: readonly SeedLine[]): [gini: number, top: number] {
  const values = [...groupBy(lines, ({ merchant }) => merchant).values()]
    .map((own) => own.reduce((sum, { gmv }) => sum + gmv, 0))
    .filter((value) => value > 0)
    .sort((a, b) => b - a);
  const total = values.reduce((sum, value) => sum + value, 0);
  const differences = values.reduce(
    (sum, one, place) => sum + values.slice(place + 1).reduce((rest, other) => rest + one - other, 0),
    0,
  );
  const members = values.length / 5;
  const whole = Math.floor(members + 1e-9);
  const top =
    values.slice(0, whole).reduce((sum, value) => sum + value, 0) + (members - whole) * (values[whole] ?? 0);
  return [differences / (values.length * total), top / total];
}

function intervalOf(whole: number, without: readonly number[], owners: number) {
  const moved = without.map((one) => Math.log(one / whole));
  const sum = (power: number) => moved.reduce((total, move) => total + move ** power, 0);
  const half = studentAt95((2 * sum(2) ** 2) / sum(4)) * Math.sqrt((sum(2) * (owners - 1)) / owners);
  return [whole * Math.exp(-half), whole * Math.exp(half)] as const;
}

test('levels and changes of Gini and of the largest fifth have the intervals of leaving out all lines of an owner', async () => {
  const answer = await ask<ConcentrationUncertaintyAnswer>(
    `/concentration/uncertainty?source=even&${PERIOD}`,
  );
  const figures = await ask<ConcentrationAnswer>(`/concentration?source=even&${PERIOD}`);
  const within = (lines: readonly SeedLine[], year: number) =>
    lines.filter(({ day }) => day >= `${year}-06` && day < `${year}-08`);
  const owners = [
    ...groupBy([...within(EVEN_LINES, 2024), ...within(EVEN_LINES, 2023)], ({ merchant }) =>
      ownerOf(merchant),
    ).values(),
  ];
  const both = (left: number) => {
    const lines = owners.flatMap((own, owner) => (owner === left ? [] : own));
    return [within(lines, 2024), within(lines, 2023)].map(spreadOf) as [[number, number], [number, number]];
  };
  const whole = both(-1);
  const without = owners.map((_, owner) => both(owner));
  const expectInterval = (name: string, figure: SureFigure, ends: readonly [number, number]) => {
    const { low, high } = figure.uncertainty ?? {};
    expect([name, low, high]).toEqual([name, ...ends.map((end) => expect.closeTo(end, 5))]);
  };
  (
    [
      ['gini', 'baselineGini', 'giniChange', 0],
      ['topFifth', 'baselineTopFifth', 'topFifthChange', 1],
    ] as const
  ).forEach(([now, before, change, which]) => {
    expect(answer[now].value).toBe(figures[now].value);
    expect(answer[before].value).toBe(figures[before].value);
    const of = (side: 0 | 1) =>
      intervalOf(
        whole[side][which],
        without.map((one) => one[side][which]),
        owners.length,
      );
    expectInterval(now, answer[now], of(0));
    expectInterval(before, answer[before], of(1));
    const ratio = ([after, base]: (typeof without)[number]) => after[which] / base[which];
    const [low, high] = intervalOf(ratio(whole), without.map(ratio), owners.length);
    expect(answer[change].value).toBeCloseTo(ratio(whole) - 1, 9);
    expectInterval(change, answer[change], [low - 1, high - 1]);
  });
});

test('HHI has no interval, nor have levels of owners of whom less than a hundred count, nor anything of too few', async () => {
  const one = await ask<ConcentrationUncertaintyAnswer>(
    `/concentration/uncertainty?source=even&${PERIOD}&belt=surge`,
  );
  for (const figure of [one.hhi, one.baselineHhi, one.hhiChange])
    expect(figure).toMatchObject({ value: expect.any(Number), uncertaintyReason: 'largest-decide' });
  for (const figure of [one.gini, one.baselineTopFifth])
    expect(figure).toMatchObject({ value: expect.any(Number), uncertaintyReason: 'too-few-owners' });
  expect(one.giniChange.uncertainty?.low).toBeLessThan(one.giniChange.value ?? NaN);
  const thin = await ask<ConcentrationUncertaintyAnswer>(
    `/concentration/uncertainty?source=planted&${PERIOD}&belt=thin`,
  );
  expect(thin.topFifthChange).toMatchObject({ uncertainty: null, uncertaintyReason: 'too-few-owners' });
});

test('of part of a month, or without a baseline, nothing is said that is not known', async () => {
  const none = await ask<ConcentrationUncertaintyAnswer>(
    '/concentration/uncertainty?source=even&from=2020-03&to=2020-03',
  );
  expect(none.giniChange).toMatchObject({ value: null, uncertainty: null, uncertaintyReason: null });
  expect(none.baselineGini).toMatchObject({ value: null, reason: 'no-baseline', uncertaintyReason: null });
});
