/** Users of a demo are nowhere that others may reach: by each setting that says so. */
import type { Problem, WaysIn } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';

const offered = async (api: RunningApi) =>
  (await api.get<WaysIn>('/session/ways')).body.demo.map(({ name }) => name);

describe('nobody is', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({ signsIn: false });
    await api.settleDemoUsers();
  });
  afterAll(() => api?.close());

  test.each<Record<string, string>>([
    { BELTLINE_DEMO: 'off' },
    { HOST: '192.0.2.1' },
    { HOST: '0.0.0.0' },
    { HOST: '127.evil.example' },
    { BELTLINE_ALLOWED_HOSTS: 'belts.example' },
    { BELTLINE_PUBLIC_URL: 'https://belts.example' },
    { BELTLINE_TRUSTED_PROXIES: '127.0.0.1' },
  ])('with %j', async (environment) => {
    const beside = await startApi({ signsIn: false, environment }, api);
    try {
      await beside.settleDemoUsers();
      expect(await offered(beside)).toEqual([]);
      const answer = await beside.send<Problem>('POST', '/session/demo', { name: 'demo-strategist' });
      expect([answer.status, answer.body.code]).toEqual([401, 'not-signed-in']);
    } finally {
      await beside.close();
    }
  });
});
