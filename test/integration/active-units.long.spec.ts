/**
 * Distinct merchants and buyers: the first question of a version and track is answered by the engine, later ones from counts
 * in memory. Over random orders with gaps both say the same to the last unit.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { startEngine, type RunningEngine } from '../fixtures/api/running-engine.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const BELTS = ['a', 'b', 'c', 'd'];
const LINES = randomLines({ seed: 11, orders: 2_000, belts: BELTS, firstDay: '2022-01-01', days: 850 })
  // Nobody in one month, and a belt that begins late: months that have no set.
  .filter(({ day, belt }) => !day.startsWith('2023-05') && !(belt === 'c' && day < '2022-08'));

/** Questions of the engine by name, as its client is told them. */
const questions = new Map<string, number>();
const countsOf = (name: string) => questions.get(name) ?? 0;

function counted(engine: Engine): Engine {
  const watched = (client: ClickHouseClient): ClickHouseClient =>
    new Proxy(client, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        return (...given: [{ clickhouse_settings?: { log_comment?: string } }]) => {
          if (property === 'query') {
            const { query } = JSON.parse(given[0].clickhouse_settings?.log_comment ?? '{}') as {
              query?: string;
            };
            questions.set(query ?? '', countsOf(query ?? '') + 1);
          }
          return (value as (...all: unknown[]) => unknown).apply(target, given);
        };
      },
    });
  return new Proxy(engine, {
    get: (target, property) =>
      property === 'client'
        ? (role: Parameters<Engine['client']>[0]) => watched(target.client(role))
        : Reflect.get(target, property, target),
  });
}

let engine: RunningEngine;
let memory: RunningApi;
let alone: RunningApi;
beforeAll(async () => {
  engine = await startEngine();
  const belts = BELTS.map((id) => ({ id, zh: id, en: id, province: id < 'c' ? '浙江省' : '江苏省' }));
  await seedVersion(engine.loader, {
    ...{ source: 'demo', version: 3, lines: LINES, belts },
    dataThrough: '2024-04-29',
  });
  memory = await startApi({}, { ...engine, engine: counted(engine.engine) });
  alone = await startApi({ environment: { BELTLINE_SUMS_MB: '0' } }, engine);
});
afterAll(async () => {
  await memory?.close();
  await alone?.close();
  await engine?.close();
});

const PERIODS = [
  'from=2023-01&to=2023-12',
  'from=2023-03&to=2023-08',
  'from=2023-05&to=2023-05',
  'from=2023-06&to=2023-06',
  'from=2022-01&to=2022-12',
  'from=2024-01&to=2024-03',
  'from=2023-02&to=2024-03',
];
const QUESTIONS = ['merchants', 'buyers'].flatMap((measure) =>
  ['all', 'custom', 'wholesale'].map((track) => `/growth/by-belt?measure=${measure}&track=${track}`),
);

/** Until the counts that the first question began to read are there: then a month that nobody asked about asks the engine nothing. */
async function warm(question: string, query: string): Promise<void> {
  for (let month = 1; month <= 12; month++) {
    const before = countsOf(query);
    const at = `2022-${String(month).padStart(2, '0')}`;
    await asked(memory, `${question}&from=${at}&to=${at}`);
    if (countsOf(query) === before) return;
    await sleep(200);
  }
  throw new Error('The counts never came.');
}

/** Whole answers of an area: all tracks and both units at once. */
const AREAS = ['', '&belt=a', '&belt=c', '&province=浙江省', '&province=江苏省'];

test.each(AREAS)('growth of %s', async (area) => {
  const question = `/growth?measures=merchants,buyers,orders${area}`;
  await warm(question, 'active-by-track');
  const before = countsOf('active-by-track');
  for (const period of PERIODS) {
    const path = `${question}&${period}`;
    expect([path, await asked(memory, path)]).toEqual([path, await asked(alone, path)]);
  }
  expect(countsOf('active-by-track')).toBe(before);
});

test.each(QUESTIONS)('%s', async (question) => {
  await warm(question, 'active-by-belt');
  const before = countsOf('active-by-belt');
  for (const period of PERIODS) {
    const path = `${question}&${period}`;
    expect([path, await asked(memory, path)]).toEqual([path, await asked(alone, path)]);
  }
  expect(countsOf('active-by-belt')).toBe(before);
  expect(countsOf('active-sets')).toBeGreaterThan(0);
});
