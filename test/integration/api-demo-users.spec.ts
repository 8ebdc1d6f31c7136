/** Users of a demo: there beside nothing but the demo on this machine, nowhere else, and in the audit like everybody. */
import type { Problem, Session, WaysIn } from '@beltline/contract';
import { openPostgres } from '@beltline/sql/postgres';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signInToDemo } from '../fixtures/api/signing-in.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';
import { vi } from 'vitest';

const offered = async (api: RunningApi) =>
  (await api.get<WaysIn>('/session/ways')).body.demo.map(({ name }) => name);
const originOf = ({ url }: RunningApi) => new URL(url).origin;

test('they are offered beside the demo alone, and closed when there are orders of one’s own', async () => {
  const api = await startApi({ signsIn: false });
  try {
    expect(await offered(api)).toEqual([]);
    await api.settleDemoUsers();
    expect(await offered(api)).toHaveLength(6);
    await seedVersion(api.loader, { ...GOLDEN, source: 'demo', version: 3 });
    expect(await offered(api)).toHaveLength(6);
    const cookie = await signInToDemo(originOf(api), 'demo-strategist');
    const { body } = await api.get<Session>('/session', { cookie });
    expect([body.isDemo, body.roles]).toEqual([true, ['strategist']]);
    const { body: sources } = await api.get<{ sources: { source: string }[] }>('/sources', { cookie });
    expect(sources.sources.map(({ source }) => source)).toEqual(['demo']);

    await seedVersion(api.loader, { ...GOLDEN, source: 'mine', version: 4 });
    expect(await offered(api)).toEqual([]);
    expect(await signInToDemo(originOf(api), 'demo-strategist')).toBe('');
    // Who is in already sees what they saw, and nothing of the new source.
    expect((await api.get('/growth?source=mine&from=2024-01&to=2024-02', { cookie })).status).toBe(400);
    await api.settleDemoUsers(); // as at the next start
    expect((await api.get('/session', { cookie })).status).toBe(401);
  } finally {
    await api.close();
  }
});

test('an engine that does not answer at the start is asked again, and ends nobody', async () => {
  let isThere = false;
  const api = await startApi({ signsIn: false, answering: () => isThere });
  try {
    await api.settleDemoUsers();
    expect(await offered(api)).toEqual([]);
    isThere = true;
    await vi.waitFor(async () => expect(await offered(api)).toHaveLength(6), 30_000);
    const cookie = await signInToDemo(originOf(api), 'demo-strategist');
    isThere = false;
    await api.settleDemoUsers(); // as at the next start
    expect(await offered(api)).toEqual([]);
    isThere = true;
    expect((await api.get('/session', { cookie })).status).toBe(200);
    expect(await offered(api)).toHaveLength(6);
  } finally {
    await api.close();
  }
});

describe('of one product', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({ signsIn: false });
    await api.settleDemoUsers();
  });
  afterAll(() => api?.close());

  // With each setting that has others reach the product: api-demo-users.long.spec.ts.
  test.each<Record<string, string>>([{ HOST: '0.0.0.0' }])(
    'nobody is offered with %j',
    async (environment) => {
      const beside = await startApi({ signsIn: false, environment }, api);
      try {
        await beside.settleDemoUsers();
        expect(await offered(beside)).toEqual([]);
        const answer = await beside.send<Problem>('POST', '/session/demo', { name: 'demo-strategist' });
        expect([answer.status, answer.body.code]).toEqual([401, 'not-signed-in']);
      } finally {
        await beside.close();
      }
    },
  );

  test('they have no password, and a name that looks like one of them is nobody', async () => {
    await api.addUser({
      name: 'demo-official-fujian',
      password: 'brisk-otter-lamp-71',
      roles: ['administrator'],
    });
    for (const name of ['demo-official-fujian', 'admin', 'demo-strategist ', 'DEMO-STRATEGIST', ''])
      expect([name, (await signInToDemo(originOf(api), name)) !== '']).toEqual([
        name,
        name === 'demo-strategist ',
      ]);
    for (const password of ['', ' ', 'null', 'demo-strategist']) {
      const { status } = await api.send('POST', '/session', { name: 'demo-strategist', password });
      expect([400, 401]).toContain(status);
    }
  });
});

test('what somebody was refused is in the audit: who, what, from where, by which request; and not what they searched for', async () => {
  const api = await startApi({ signsIn: false });
  await api.settleDemoUsers();
  const cookie = await signInToDemo(originOf(api), 'demo-merchant-1');
  const { user } = (await api.get<Session>('/session', { cookie })).body;
  const refused = await api.get<Problem>('/belts?source=demo&q=rival', { cookie });
  expect(refused.status).toBe(403);
  await api.get<Problem>('/growth?from=2024-01&to=2024-01'); // nobody: in the log of requests alone
  let records: Record<string, unknown>[] = [];
  await api.close(async (dataDir) => {
    const store = await openPostgres({ dataDir });
    records = await store.dataSource.query(
      'SELECT event, actor, address, request_id, detail FROM audit ORDER BY position',
    );
    await store.close();
  });
  expect(records.filter(({ event }) => event === 'refused')).toEqual([
    {
      ...{ event: 'refused', actor: user.id, address: '127.0.0.1' },
      ...{ request_id: refused.body.requestId, detail: 'GET /api/v1/belts' },
    },
  ]);
  expect(records.some(({ event, actor }) => event === 'signed-in' && actor === user.id)).toBe(true);
});
