/** What took seconds is kept beside its version: a program that is started later, or another one beside it, tells the same without computing it anew, and nothing that was computed of damage. */
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { RecoveryState, StateHistoryAnswer, StatesAnswer } from '@beltline/contract';
import { DataSource } from 'typeorm';
import { type PostgresServer, startPostgresServer } from '../fixtures/api/postgres-server.ts';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { addMerchant, type Cookie, LINES, OWNERS, seedPeers } from './benchmark-kit.ts';

let server: PostgresServer;
let store: DataSource;
let first: RunningApi;
let everybody: Cookie;
const others: RunningApi[] = [];
beforeAll(async () => {
  server = await startPostgresServer();
  store = await new DataSource({ type: 'postgres', url: server.url }).initialize();
  first = await startApi({ environment: { DATABASE_URL: server.url } });
  await seedPeers(first, 'peers', 1, LINES);
  everybody = await addMerchant(first, OWNERS);
});
afterAll(async () => {
  for (const api of [...others, first]) await api?.close();
  await store?.destroy();
  await server?.close();
});

async function startAnother(): Promise<RunningApi> {
  const api = await startApi({ environment: { DATABASE_URL: server.url } }, first);
  others.push(api);
  return api;
}

const kept = async (name: string) =>
  (await store.query('SELECT question, value FROM kept_series WHERE name = $1 ORDER BY question', [
    name,
  ])) as {
    question: string;
    value: Buffer;
  }[];

/** Until so many are kept, and no more are added. */
async function settled(name: string, count: number): Promise<void> {
  for (let [tries, before] = [0, -1]; tries < 300; tries++) {
    const { length } = await kept(name);
    if (length >= count && length === before) return;
    before = length;
    await sleep(100);
  }
  throw new Error(`${(await kept(name)).length} of ${name} are kept, not ${count}`);
}

const HISTORY = '/recovery/states/history?months=3&measure=orders';
const STATES = '/recovery/states?measure=gmv';

test('another program tells the same states and merchants’ trends, to the last bit', async () => {
  const tell = async (api: RunningApi) => [
    await asked<StateHistoryAnswer>(api, HISTORY),
    await asked<StatesAnswer>(api, STATES),
    ...(await Promise.all(
      OWNERS.slice(0, 5).map(
        async (owner) => (await api.get(`/benchmark?owner=${encodeURIComponent(owner)}`, everybody)).body,
      ),
    )),
  ];
  const told = await tell(first);
  await settled('states', 3 + 2);
  await settled('peer-past', 4);
  expect(await tell(await startAnother())).toEqual(told);
});

test('it reads what was kept: of a month that is altered there it tells what stands there', async () => {
  const [row] = (await kept('states')).filter(({ question }) => question.includes('"gmv"')).slice(-1);
  const states = deserialize(gunzipSync(row?.value ?? Buffer.alloc(0))) as Map<string, RecoveryState>;
  const [belt = ''] = states.keys();
  const altered = new Map(states).set(belt, {
    ...(states.get(belt) as RecoveryState),
    probability: 0.123456,
  });
  await store.query('UPDATE kept_series SET value = $2 WHERE question = $1', [
    row?.question,
    gzipSync(serialize(altered)),
  ]);
  const { rows } = await asked<StatesAnswer>(await startAnother(), STATES);
  expect(rows.find(({ area }) => area.id === belt)?.now.probability).toBe(0.123456);
});

test('of a source that is found damaged nothing stays', async () => {
  expect((await kept('states')).length).toBeGreaterThan(0);
  await first.loader.command({
    query: `DELETE FROM rollup_merchant_month WHERE source = 'peers' AND month = '2023-05-01'`,
  });
  await first.restart();
  for (let tries = 0; tries < 100 && (await kept('states')).length > 0; tries++) await sleep(100);
  expect([await kept('states'), await kept('peer-past')]).toEqual([[], []]);
  const { status } = await first.get(HISTORY);
  expect(status).toBe(503);
});
