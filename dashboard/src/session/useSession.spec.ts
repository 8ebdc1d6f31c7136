import { vi } from 'vitest';
import type { Session } from '@beltline/contract';
import { effectScope, type EffectScope } from 'vue';
import { answers } from '../api/answers.ts';
import { ask } from '../api/http-client.ts';
import { startSession } from './useSession.ts';

const sessionOf = (id: string): Session => ({
  user: { id, name: id },
  isDemo: false,
  hasPassword: true,
  roles: ['strategist'],
  permissions: ['read-figures'],
  endsAt: '2026-01-01T00:00:00Z',
});
const NOBODY = { code: 'not-signed-in', title: '', status: 401, detail: '', requestId: '' };

let scope: EffectScope;
/** What each path is answered with, one after the other; the last one stays. */
let served: Record<string, [status: number, body: unknown][]>;
let asked: string[];
/** Where the page has gone. */
let left: string[];
beforeEach(() => {
  scope = effectScope();
  [served, asked] = [{}, []];
  left = [];
  const page = {
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    location: { assign: (url: string) => left.push(url) },
  };
  vi.stubGlobal('window', page);
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(async (input, init) => {
      const what = `${init?.method ?? 'GET'} ${String(input)}`;
      asked.push(what);
      const answers = served[what] ?? [];
      const [status, body] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [500, {}];
      return new Response(status === 204 ? null : JSON.stringify(body), { status });
    }),
  );
});
afterEach(() => {
  scope.stop();
  answers.clear();
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const started = async () => {
  const session = scope.run(() => startSession());
  if (!session) throw new Error('no scope');
  await settled();
  return session;
};

test('nobody is signed in where the server says so, and who is where it does', async () => {
  served['GET /api/v1/session'] = [[401, NOBODY]];
  expect((await started()).state.value).toBe('signed-out');
  served['GET /api/v1/session'] = [[200, sessionOf('a')]];
  const session = await started();
  expect([session.state.value, session.may('read-figures'), session.may('manage-users')]).toEqual([
    'signed-in',
    true,
    false,
  ]);
});

test('what is asked after the session has ended ends it on the page, with one more question and no more', async () => {
  served['GET /api/v1/session'] = [
    [200, sessionOf('a')],
    [401, NOBODY],
  ];
  served['GET /api/v1/belts'] = [[401, NOBODY]];
  const session = await started();
  answers.setQueryData(['/belts'], 'figures');
  await ask({ path: '/belts' }).catch(() => undefined);
  await settled();
  expect(session.state.value).toBe('signed-out');
  expect(answers.getQueryData(['/belts'])).toBeUndefined();
  expect(asked.filter((what) => what.endsWith('/session'))).toHaveLength(2);
});

test('signing in while it is looked who is here wins, and a later end is noticed all the same', async () => {
  served['GET /api/v1/session'] = [[401, NOBODY]];
  served['POST /api/v1/session'] = [[201, sessionOf('b')]];
  const session = await started();
  void session.look();
  await session.signIn('b', 'x');
  await settled();
  expect(session.session.value?.user.id).toBe('b');
  served['GET /api/v1/belts'] = [[401, NOBODY]];
  await ask({ path: '/belts' }).catch(() => undefined);
  await settled();
  expect(session.state.value).toBe('signed-out');
});

test('answers of one user are not there for the next, and stay for the same', async () => {
  served['GET /api/v1/session'] = [
    [200, sessionOf('a')],
    [200, sessionOf('a')],
    [200, sessionOf('b')],
  ];
  const session = await started();
  answers.setQueryData(['/belts'], 'of a');
  await session.look();
  expect(answers.getQueryData(['/belts'])).toBe('of a');
  await session.look();
  expect(answers.getQueryData(['/belts'])).toBeUndefined();
});

test('a server that does not end the session leaves it on the page: it goes on there', async () => {
  served['GET /api/v1/session'] = [[200, sessionOf('a')]];
  served['DELETE /api/v1/session'] = [
    [503, { ...NOBODY, code: 'store-unavailable', status: 503 }],
    [204, null],
  ];
  const session = await started();
  await expect(session.signOut()).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(session.state.value).toBe('signed-in');
  await session.signOut();
  expect(session.state.value).toBe('signed-out');
});

test('where the server does not say who is here, nobody is shown the sign-in page', async () => {
  served['GET /api/v1/session'] = [[503, { ...NOBODY, code: 'store-unavailable', status: 503 }]];
  expect((await started()).state.value).toBe('failed');
});

test('who came in by the identity provider leaves it too, and nobody else is sent there', async () => {
  served['DELETE /api/v1/session'] = [[204, null]];
  served['GET /api/v1/session'] = [[200, sessionOf('a')]];
  await (await started()).signOut();
  served['GET /api/v1/session'] = [[200, { ...sessionOf('a'), isDemo: true, hasPassword: false }]];
  await (await started()).signOut();
  expect(left).toEqual([]);
  served['GET /api/v1/session'] = [[200, { ...sessionOf('a'), hasPassword: false }]];
  await (await started()).signOut();
  expect(left).toEqual(['/api/v1/session/provider/end']);
});

test('half a sign-in is nobody on the page, and the code makes somebody of it', async () => {
  served['GET /api/v1/session'] = [[401, NOBODY]];
  served['POST /api/v1/session'] = [[401, { ...NOBODY, code: 'code-needed' }]];
  served['POST /api/v1/session/code'] = [
    [401, { ...NOBODY, code: 'code-needed' }],
    [201, sessionOf('a')],
  ];
  const session = await started();
  await expect(session.signIn('a', 'x')).rejects.toMatchObject({ code: 'code-needed' });
  await expect(session.signInByCode('000000')).rejects.toMatchObject({ code: 'code-needed' });
  expect([session.state.value, session.session.value]).toEqual(['signed-out', null]);
  await session.signInByCode('123456');
  expect(session.session.value?.user.id).toBe('a');
});

test('a change of the second factor goes on as the session that comes with it, and gives its recovery codes', async () => {
  const renewed = { ...sessionOf('a'), endsAt: '2026-01-02T00:00:00Z' };
  served['GET /api/v1/session'] = [[200, sessionOf('a')]];
  served['PUT /api/v1/session/second-factor'] = [[200, { recoveryCodes: ['AAAA'], session: renewed }]];
  const session = await started();
  answers.setQueryData(['/belts'], 'of a');
  expect(await session.confirmSecondFactor('123456')).toEqual(['AAAA']);
  expect([session.session.value, answers.getQueryData(['/belts'])]).toEqual([renewed, 'of a']);
});
