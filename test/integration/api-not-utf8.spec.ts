/** What is sent and is no UTF-8, as a console in a Chinese code page sends it, is refused: read as UTF-8 it would be other text. */
import type { AnnotationsAnswer, Problem } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, GOLDEN);
});
afterAll(() => api?.close());

const note = { source: 'golden', beltId: 'ke', kind: 'policy', day: '2024-02-01', text: '*' };
/** 政策 in GBK. */
const IN_GBK = Buffer.from([0xd5, 0xfe, 0xb2, 0xdf]);
const written = (text: Buffer) => {
  const [before = '', after = ''] = JSON.stringify(note).split('*');
  return Buffer.concat([Buffer.from(before), text, Buffer.from(after)]);
};
const post = (body: Buffer, type = 'application/json') =>
  fetch(`${api.url}/annotations`, {
    method: 'POST',
    headers: { 'content-type': type, cookie: api.cookie, origin: new URL(api.url).origin },
    body: new Uint8Array(body),
  });
const texts = async () =>
  (await asked<AnnotationsAnswer>(api, '/annotations?belt=ke')).annotations.map(({ text }) => text);

test.each([
  ['GBK', IN_GBK, 'application/json'],
  ['GBK that says so', IN_GBK, 'application/json; charset=gbk'],
  ['a character cut short', Buffer.from('政策').subarray(0, 4), 'application/json'],
  ['half a pair, encoded', Buffer.from([0xed, 0xa0, 0x80]), 'application/json; charset=utf-8'],
])('a note in %s is refused, and nothing is written', async (_, text, type) => {
  const answer = await post(written(text), type);
  expect([answer.status, ((await answer.json()) as Problem).detail]).toEqual([
    400,
    expect.stringContaining('is no UTF-8'),
  ]);
  expect(await texts()).toEqual([]);
});

test.each(['{"a":', '', '[', '{"__proto__":{}', `${'['.repeat(8000)}{"__proto__":1`])(
  'what is no JSON is refused as such: %#',
  async (body) => {
    const answer = await post(Buffer.from(body));
    const { code, detail } = (await answer.json()) as Problem;
    expect([answer.status, code, detail]).toEqual([
      400,
      'invalid-request',
      expect.stringMatching(/JSON|empty/),
    ]);
  },
);

test.each([
  ['__proto__', '{"__proto__":{"a":1}}'],
  ['__proto__', `{"text":"x","more":[{"\\u005f_proto__":1}]}`],
  ['__proto__', `${'['.repeat(8000)}{"__proto__":1}${']'.repeat(8000)}`],
  ['constructor.prototype', '{"constructor":{"prototype":{}}}'],
])('a field that no object may have is refused by its name: %s', async (field, body) => {
  const answer = await post(Buffer.from(body));
  const { detail, issues } = (await answer.json()) as Problem;
  expect([answer.status, detail, issues]).toEqual([
    400,
    `${field}: there is no such field`,
    [{ field, message: 'there is no such field' }],
  ]);
});

test('a note in UTF-8 is written as it was sent, with a byte order mark or without', async () => {
  for (const body of [written(Buffer.from('政策 😀 \ufffd')), Buffer.from(`\ufeff${JSON.stringify(note)}`)])
    expect((await post(body)).status).toBe(201);
  expect((await texts()).sort()).toEqual(['*', '政策 😀 \ufffd']);
});

test.each(['/belts?q=%D2%E5', '/belts?q=%E4%B9', '/belts?q=%', '/belts?%D2%E5=1', '/belts?q=%zz'])(
  'an address with escapes that are no UTF-8 finds not nothing, but is refused: %s',
  async (path) => {
    const { status, body } = await api.get<Problem>(path);
    expect([status, body.code, body.detail]).toEqual([
      400,
      'invalid-request',
      'The URL holds a percent escape that is no UTF-8 or is cut short.',
    ]);
  },
);
