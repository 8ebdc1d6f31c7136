/** What the specs of recovery share: random orders of three sources, and the areas, tracks and measures that are asked for. */
import { breadthOf } from '../fixtures/rollups/naive-recovery.ts';
import type { RecoveryAnswer } from '@beltline/contract';
import { daysBetween, daysOfMonth, monthAfter, naiveRecovery } from '../fixtures/rollups/naive-recovery.ts';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { AREAS, PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** Random orders; every answer against a computation over the lines themselves. */
export const FIRST = '2020-01-01';

export const BASE = { firstDay: FIRST, lastMonth: '2024-07', base: 2020 };

export const LAST = '2024-08-20';

export const DEAD_BAND = 0.02;

const edge = (day: string): SeedLine => ({
  ...{ order: `x${day}`, merchant: 'm0', buyer: 'b0', belt: 'a', day, combination: 64, pieces: 1 },
  ...{ gmv: 100, refund: 0 },
});

const shape = { seed: 5, orders: 1230, belts: SELLING_BELTS, firstDay: FIRST, days: 1693 };

const LINES = [...randomLines(shape), edge(FIRST), edge(LAST)];

const YOUNG = LINES.filter(({ day }) => day >= '2023-03-01');

export let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_DEAD_BAND: String(DEAD_BAND), BELTLINE_MIN_BASE: '0' } });
  const common = { belts: PLACED_BELTS, dataThrough: LAST };
  await seedVersion(api.loader, { ...common, source: 'chinese', version: 1, lines: LINES });
  await seedVersion(api.loader, {
    ...common,
    source: 'brazilian',
    version: 2,
    lines: LINES,
    homeCountry: 'BR',
  });
  await seedVersion(api.loader, {
    ...common,
    source: 'young',
    version: 3,
    lines: [...YOUNG, edge('2023-03-01')],
  });
});

afterAll(() => api?.close());

export const ask = <T>(path: string) => asked<T>(api, path);

export const near = (value: number | null | undefined, truth: number | null) =>
  truth === null
    ? value === null
    : typeof value === 'number' && Math.abs(value - truth) <= 1e-9 * Math.max(1, Math.abs(truth));

const TRACKS = { all: 255, custom: 4, 'overseas-local': 32, wholesale: 64 } as const;

/** An order of several belts counts once in any area that holds them. */
const orders = AREAS.map(([query, isIn]) => ({
  ...{ query, isIn, track: 'all' as const, measure: 'orders' as const },
}));

export const linesOf = (isIn: (belt: string) => boolean, track: keyof typeof TRACKS) =>
  LINES.filter((line) => isIn(line.belt) && (line.combination & TRACKS[track]) > 0);

export const COMPLETE = Array.from({ length: 55 }, (_, index) => monthAfter('2020-01', index));

const cases = AREAS.flatMap(([query, isIn]) =>
  (
    [
      ['all', 'gmv'],
      ['custom', 'net-gmv'],
      ['wholesale', 'pieces'],
    ] as const
  ).map(([track, measure]) => ({ query, isIn, track, measure })),
);

export const QUESTIONS = [...cases, ...orders];

/** Holds an answer against a computation over the lines of its area and track. */
export async function holdsDayByDay({
  query,
  isIn,
  track,
  measure,
}: (typeof QUESTIONS)[number]): Promise<void> {
  const answer = await ask<RecoveryAnswer>(
    `/recovery?source=chinese&track=${track}&measure=${measure}&${query}`,
  );
  const lines = linesOf(isIn, track);
  const truth = naiveRecovery(lines, measure, BASE);
  expect(answer.reference).toBe(2020);
  expect(answer.points.map(({ month }) => month)).toEqual([...COMPLETE, '2024-08']);
  const wrong = answer.points.flatMap((point) => {
    const { month } = point;
    const isComplete = month !== '2024-08';
    const days = isComplete ? daysOfMonth(month) : daysBetween('2024-08-01', LAST);
    const isFestival = /-0[12]$/.test(month);
    const year = month.slice(0, 4);
    const growth = isComplete ? truth.growth(isFestival ? [`${year}-01`, `${year}-02`] : [month]) : null;
    const expected = {
      value: truth.sum(days),
      growth,
      lunarGrowth: isComplete ? truth.lunarGrowth(month, 1) : null,
      level: isComplete ? truth.level(month, 1, answer.outliers) : null,
    };
    const names = Object.keys(expected) as (keyof typeof expected)[];
    return names
      .filter((name) => !near(point[name].value, expected[name]))
      .map((name) => ({ month, name, answered: point[name].value, expected: expected[name] }));
  });
  expect(wrong).toEqual([]);
  expect(
    answer.points.filter((point) => (point.growth.value === null) !== (point.growth.reason !== null)),
  ).toEqual([]);

  const [level, growth] = [truth.level('2024-07', 3, answer.outliers), truth.lunarGrowth('2024-07', 3)];
  expect(near(answer.state.level.value, level)).toBe(true);
  expect(near(answer.state.growth.value, growth)).toBe(true);
  expect(near(answer.lunarGrowth.value, growth)).toBe(true);
  expect(near(answer.growth.value, truth.growth(['2024-07']))).toBe(true);
  expect(near(answer.state.breadth.value, breadthOf(lines, '2024-07', DEAD_BAND, measure).breadth)).toBe(
    true,
  );
  // Which state it is, and how sure that is: api-uncertainty.spec. Most of these areas are of too few to tell.
  if (level === null || growth === null) expect(answer.state.state).toBe('too-little-data');
  expect(near(answer.nowcast?.soFar, truth.sum(daysBetween('2024-08-01', LAST)))).toBe(true);
  expect(answer.nowcast).toMatchObject({ month: '2024-08', through: LAST });
}
