/** What the specs of the second step share: the API with one administrator, on a clock that is moved on before each test. */
import { vi } from 'vitest';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { pass, PASSWORD, peopleOf, stopClock } from '../fixtures/api/second-factor.ts';

export let api: RunningApi;

export const { signIn, show, begin, confirm, post, enrolled, audited } = peopleOf(() => api);

beforeAll(async () => {
  stopClock();
  api = await startApi({ signsIn: false });
  await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
});

afterAll(async () => {
  vi.useRealTimers();
  await api?.close();
});

beforeEach(() => pass(90));
