/** Reading the audit over real HTTP: the newest first, page by page, by event, actor and time; and whether its chain is whole. */
import type { AuditAnswer, AuditChain } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';

const PASSWORD = 'brisk-otter-lamp-71';
let api: RunningApi;
let admin: { cookie: string };
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  for (const name of ['Ada', 'Bea'])
    await api.addUser({ name, password: PASSWORD, roles: ['administrator'] });
  await api.addUser({ name: 'Wei', password: PASSWORD, roles: ['engineer'] });
  await as('Bea');
  await as('Wei', 'not-the-password');
  admin = await as('Ada');
});
afterAll(() => api?.close());

const as = async (name: string, password = PASSWORD) => ({
  cookie: await signIn(new URL(api.url).origin, { name, password }),
});
const read = async (query: string) => (await api.get<AuditAnswer>(`/audit?${query}`, admin)).body;
const brief = ({ records }: AuditAnswer) =>
  records.map(({ event, actor, subject }) => [event, (actor ?? subject)?.name]);

test('the newest comes first, and pages follow one another without a gap', async () => {
  const { records } = await read('limit=500');
  expect(brief({ records, next: null })).toEqual([
    ['signed-in', 'Ada'],
    ['sign-in-failed', 'Wei'],
    ['signed-in', 'Bea'],
    ['user-added', 'Wei'],
    ['user-added', 'Bea'],
    ['user-added', 'Ada'],
  ]);
  const paged = [];
  for (let before: string | null = ''; before !== null;) {
    const page = await read(`limit=2${before === '' ? '' : `&before=${before}`}`);
    paged.push(...page.records);
    before = page.next;
  }
  expect(paged).toEqual(records);
});

test('it is found by event, by who did it, and by when', async () => {
  expect(brief(await read('event=user-added'))).toHaveLength(3);
  expect(brief(await read('actor=bea'))).toEqual([['signed-in', 'Bea']]);
  const [{ actor, at } = { actor: null, at: '' }] = (await read('actor=bea')).records;
  expect(brief(await read(`actor=${actor?.id}&event=signed-in`))).toEqual([['signed-in', 'Bea']]);
  expect((await read('actor=nobody')).records).toEqual([]);
  expect(brief(await read(`from=${at}`)).at(-1)).toEqual(['signed-in', 'Bea']);
  expect(brief(await read(`to=${at}`))[0]).toEqual(['user-added', 'Wei']);
});

test('it says whether its chain is whole', async () => {
  const { status, body } = await api.get<AuditChain>('/audit/chain', admin);
  expect([status, body.broken]).toEqual([200, null]);
  expect(body.records).toBeGreaterThanOrEqual(6);
});

test('nobody else reads it', async () => {
  const wei = await as('Wei');
  for (const path of ['/audit', '/audit/chain']) {
    expect((await api.get(path, wei)).status).toBe(403);
    expect((await api.get(path)).status).toBe(401);
  }
});

test('a file that a page keeps is told by everybody who is signed in, and by nobody else', async () => {
  const told = { what: 'audit', rows: 12, filter: 'event signed-in' };
  const wei = await as('Wei');
  expect((await api.send('POST', '/audit/exports', told, wei)).status).toBe(204);
  expect((await read('event=exported')).records).toMatchObject([
    { actor: { name: 'Wei' }, detail: 'audit: 12 rows (event signed-in)', address: '127.0.0.1' },
  ]);
  for (const wrong of [
    { what: 'belts' },
    { rows: -1 },
    { rows: 1.5 },
    { filter: 'x'.repeat(301) },
    { more: 1 },
  ])
    expect([wrong, (await api.send('POST', '/audit/exports', { ...told, ...wrong }, wei)).status]).toEqual([
      wrong,
      400,
    ]);
  expect((await api.send('POST', '/audit/exports', told)).status).toBe(401);
  expect((await read('event=exported')).records).toHaveLength(1);
});
