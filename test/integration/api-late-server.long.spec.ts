/** A PostgreSQL server that is down when the product starts: nobody is let in, it is said why, and all comes back with the server. */
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Annotation, AnnotationsAnswer, Health, Problem } from '@beltline/contract';
import { freePort } from '../e2e/product.ts';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { TESTER } from '../fixtures/api/signing-in.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const GROWTH = '/growth?from=2024-01&to=2024-02';
const NOTE = {
  source: 'golden',
  beltId: null,
  kind: 'policy',
  day: '2024-02-29',
  lastDay: null,
  text: '补贴',
};
const ONE = '/annotations/00000000-0000-4000-8000-000000000001';
const WAYS = [
  ['GET', '/annotations', undefined],
  ['GET', ONE, undefined],
  ['POST', '/annotations', NOTE],
  ['PUT', ONE, NOTE],
  ['DELETE', ONE, undefined],
] as const;

const TESTER_NAMED = { name: TESTER.name, password: TESTER.password };
/** Of a session that may be one, as of a browser that was signed in before. */
const SOMEBODY = { cookie: `beltline_session=${'x'.repeat(43)}` };

/** What everybody is told who might be signed in, and who tries to; figures too are not for whoever might be nobody. */
async function expectUnavailable(api: RunningApi, reason: RegExp): Promise<void> {
  for (const [method, path, body] of [
    ...WAYS,
    ['GET', GROWTH, undefined],
    ['POST', '/session', TESTER_NAMED],
  ] as const) {
    const answer = await api.send<Problem>(method, path, body, { 'if-match': '"r1"', ...SOMEBODY });
    expect([method, path, answer]).toMatchObject([
      method,
      path,
      { status: 503, body: { code: 'store-unavailable', detail: expect.stringMatching(reason) } },
    ]);
    expect(answer.body.detail).toMatch(/DATABASE_URL.*starts it.*come back by themselves/);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect(JSON.stringify(answer.body)).not.toMatch(/127\.0\.0\.1|ECONN|secret|postgres:/);
  }
  for (const path of ['/health', '/health/ready'])
    expect(await api.get<Health>(path)).toMatchObject({
      status: 200,
      body: {
        ready: true,
        checks: { clickhouse: 'up', postgres: 'down' },
        notes: expect.stringMatching(reason),
      },
    });
  expect((await api.get(GROWTH)).status).toBe(401);
}

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== null) return found;
    await sleep(100);
  }
  throw new Error('It did not come back within 20 seconds.');
}

test('the server comes up later: its migrations run, and notes are read and written', async () => {
  const postgres = await startPostgresServer();
  await postgres.stop();
  const api = await startApi({ environment: { DATABASE_URL: postgres.url } });
  try {
    await seedVersion(api.loader, GOLDEN);
    await sleep(1100);
    await expectUnavailable(api, /which refuses connections/);

    await postgres.start();
    await until(async () => ((await api.get<Health>('/health')).body.notes === null ? true : null));
    await api.letIn();
    expect((await api.get(GROWTH)).status).toBe(200);
    const added = await api.send<Annotation>('POST', '/annotations', NOTE);
    expect(added).toMatchObject({ status: 201, body: NOTE });
    const { body } = await api.get<AnnotationsAnswer>('/annotations');
    expect(body.annotations.map(({ id }) => id)).toEqual([added.body.id]);
    expect(await api.get<Health>('/health')).toMatchObject({
      body: { checks: { postgres: 'up' }, notes: null },
    });

    // Down again: what was open once is not waited for, but says so as well.
    await postgres.stop();
    expect((await api.get(GROWTH)).status).toBe(200);
    expect((await api.get<Health>('/health')).body.notes).toMatch(/neither be read nor written/);
    await postgres.start();
    expect((await api.get('/annotations')).status).toBe(200);
  } finally {
    await api.close();
    await postgres.close();
  }
});

test('nothing ever listens there: the product starts, and ends without waiting', async () => {
  const port = await freePort();
  const api = await startApi({ environment: { DATABASE_URL: `postgres://me:secret@127.0.0.1:${port}/x` } });
  await seedVersion(api.loader, GOLDEN);
  await sleep(1100);
  await expectUnavailable(api, /which refuses connections/);
  const begun = Date.now();
  await api.close();
  expect(Date.now() - begun).toBeLessThan(5000);
});

test('something listens and says nothing: the start waits five seconds and no longer', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  const port = await new Promise<number>((listening) =>
    silent.listen(0, '127.0.0.1', () => listening((silent.address() as { port: number }).port)),
  );
  const begun = Date.now();
  const api = await startApi({ environment: { DATABASE_URL: `postgres://me:secret@127.0.0.1:${port}/x` } });
  try {
    expect(Date.now() - begun).toBeLessThan(20_000);
    await seedVersion(api.loader, GOLDEN);
    await sleep(1100);
    await expectUnavailable(api, /which does not answer in time/);
  } finally {
    await api.close();
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
});
