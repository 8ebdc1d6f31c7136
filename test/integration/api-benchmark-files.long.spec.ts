/** A merchant's page as files: the figures of the page read back out of them, on one sheet of paper, for the merchant and nobody else. */
import { type BenchmarkDefinitionsAnswer, BENCHMARK_MEASURES, type MadeToken } from '@beltline/contract';
import { standingReport } from '@beltline/api/reports/standing/standing-report.js';
import { Typesetter } from '@beltline/api/reports/files/typesetter.service.js';
import { extractText, getDocumentProxy } from 'unpdf';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import { readSheets } from '../fixtures/published/read-back.ts';
import { addMerchant, type Cookie, linesOf, OWNERS, startPeers, toldOf } from './benchmark-kit.ts';

let api: RunningApi;
let one: Cookie;
const OWNER = 'sock-1/4';
beforeAll(async () => {
  api = await startPeers();
  one = await addMerchant(api, [OWNER]);
});
afterAll(() => api?.close());

const fileOf = async (query: string, headers: Record<string, string>) => {
  const response = await fetch(`${api.url}/benchmark/file?${query}`, { headers });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};

test.each(['zh', 'en'])('a workbook holds the numbers of the page (%s)', async (language) => {
  const answer = await toldOf(api, one, OWNER);
  const { response, bytes } = await fileOf(`format=xlsx&language=${language}`, one);
  expect(response.headers.get('content-type')).toContain('spreadsheetml');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const rows = [...readSheets(bytes).values()].flat();
  const { definitions } = (await api.get<BenchmarkDefinitionsAnswer>('/benchmark/definitions', one)).body;
  const nameOf = (id: string) => definitions.find((one) => one.id === id)?.name[language as 'zh' | 'en'];
  let numbers = 0;
  for (const { measure, value, band, quartiles } of answer.measures) {
    const row = rows.find(([name]) => name === nameOf(measure)) ?? [];
    const told = [value, quartiles.lower, quartiles.median, quartiles.upper].map((figure) => figure.value);
    [row[1], row[3], row[4], row[5]].forEach((cell, at) => {
      if (told[at] === null) expect([measure, typeof cell]).toEqual([measure, 'string']);
      else expect([measure, at, Number(cell)]).toEqual([measure, at, expect.closeTo(told[at] ?? NaN, 9)]);
      numbers += told[at] === null ? 0 : 1;
    });
    if (band) expect(String(row[2])).toMatch(new RegExp(`^${band.place}\\D+${band.of}$`));
  }
  expect(numbers).toBeGreaterThan(40);
  for (const { component, weight } of answer.rank?.components ?? [])
    expect([component, rows.some((row) => Number(row[1]) === weight)]).toEqual([component, true]);
  for (const { change } of answer.change?.factors ?? [])
    expect(rows.flat().map(Number)).toContainEqual(expect.closeTo(change.value ?? NaN, 6));
});

test.each(['zh', 'en'])('a PDF is one sheet, and prints the same (%s)', async (language) => {
  const answer = await toldOf(api, one, OWNER);
  const { response, bytes } = await fileOf(`format=pdf&language=${language}`, one);
  expect(response.headers.get('content-type')).toBe('application/pdf');

  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  expect(pdf.numPages).toBe(1);
  const text = (await extractText(pdf, { mergePages: true })).text.replaceAll(/\s+/g, '');
  const written = (value: number, digits: number) =>
    value
      .toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .replaceAll('-', '−');
  let printed = 0;
  for (const { measure, unit, value, quartiles } of answer.measures) {
    if (unit !== 'money' && unit !== 'orders' && unit !== 'buyers') continue;
    for (const figure of [value, quartiles.lower, quartiles.median, quartiles.upper]) {
      if (figure.value === null) continue;
      expect([measure, text]).toEqual([
        measure,
        expect.stringContaining(written(figure.value, unit === 'money' ? 2 : 0)),
      ]);
      printed += 1;
    }
  }
  expect(printed).toBeGreaterThan(6);
  expect(text).toContain(OWNER);
  const again = await fileOf(`format=pdf&language=${language}`, one);
  expect(again.bytes.equals(bytes)).toBe(true);
});

test.each(['zh', 'en'] as const)('however much there is to tell, it is one sheet (%s)', async (language) => {
  const answer = await toldOf(api, one, OWNER);
  const { differences, group } = answer;
  if (!differences || !group) throw new Error('there is nothing to tell');
  const belt = group.belts[0];
  const name = {
    zh: '一个名字特别长的产业带'.repeat(2),
    en: 'A belt of a very long name indeed, by the sea',
  };
  const most = {
    ...answer,
    owner: `L${'0'.repeat(127)}`,
    group: { ...group, belts: Array.from({ length: 40 }, () => ({ beltId: belt?.beltId ?? '', name })) },
    differences: {
      ...differences,
      found: BENCHMARK_MEASURES.slice(-15).map((measure) => ({
        ...({ measure, direction: 'higher', size: 'middling', least: 'small', most: 'large' } as const),
      })),
    },
  };
  const typesetter = new Typesetter();
  const pdf = await getDocumentProxy(new Uint8Array(await typesetter.pdf(standingReport(most, language))));
  expect(pdf.numPages).toBe(1);
});

test('by token it is the same, another’s is refused, and the audit is told', async () => {
  const body = { name: 't', permissions: ['read-benchmark'], days: 1 };
  const made = await api.send<MadeToken & { secret: string }>('POST', '/tokens', body, one);
  const token = { authorization: `Bearer ${made.body.secret}` };
  const [own, byToken] = [await fileOf('format=xlsx', one), await fileOf('format=xlsx', token)];
  expect(byToken.bytes.equals(own.bytes)).toBe(true);
  for (const [query, headers, status] of [
    ['owner=sock-1/5', one, 400],
    ['format=doc', one, 400],
    ['quarter=2024-Q2', one, 400],
    ['', {}, 401],
    ['', await addMerchant(api, []), 404],
  ] as const)
    expect([query, (await fileOf(query, headers)).response.status]).toEqual([query, status]);
  const name = 'boss';
  await api.addUser({ name, password: 'brisk-otter-lamp-71', roles: ['administrator'], sources: ['*'] });
  const { signIn } = await import('../fixtures/api/signing-in.ts');
  const boss = { cookie: await signIn(new URL(api.url).origin, { name, password: 'brisk-otter-lamp-71' }) };
  const audit = JSON.stringify((await api.get('/audit?event=exported', boss)).body);
  expect(audit).toContain('standing: peers-2024-Q1-sock-1/4-zh.xlsx');
});

test('the rank and what the better ones do are told, and each measure is defined', async () => {
  const answer = await toldOf(api, one, OWNER);
  const { definitions } = (await api.get<BenchmarkDefinitionsAnswer>('/benchmark/definitions', one)).body;
  expect(definitions.map(({ id }) => id)).toEqual(expect.arrayContaining([...BENCHMARK_MEASURES, 'rank']));
  expect((await api.get('/benchmark/definitions')).status).toBe(401);
  const { rank, differences } = answer;
  expect(rank?.band.of).toBe(answer.measures[0]?.band?.of);
  for (const { measure, place } of rank?.components ?? []) {
    const own = answer.measures.find((row) => row.measure === measure)?.band;
    if (!own || place === null) continue;
    // Of refunds the fewest are best: the band counted from the other end, or beside it where several are alike.
    const expected = measure === 'refund-rate' ? 1 + own.of - own.place : own.place;
    expect([measure, Math.abs(place - expected) <= (measure === 'refund-rate' ? 1 : 0)]).toEqual([
      measure,
      true,
    ]);
  }
  expect(differences?.goods?.zh).toBe('袜子');
  expect(differences?.tested.length).toBeGreaterThan(8);
  const other = await toldOf(api, await addMerchant(api, ['sock-3/2']), 'sock-3/2');
  // Also who was not there a year before, and so is not compared themselves.
  const late = OWNERS.filter((owner) => owner.startsWith('sock-')).filter((owner) =>
    linesOf(owner).every(({ day }) => day > '2023-07'),
  );
  const everybody = await addMerchant(api, late);
  const young = (await Promise.all(late.map((owner) => toldOf(api, everybody, owner)))).filter(
    ({ group }) => group !== null,
  );
  expect(young.length).toBeGreaterThan(0);
  for (const one of young) expect(one.differences).toEqual(differences);
  expect(other.differences).toEqual(differences);
  const alone = await toldOf(api, await addMerchant(api, ['hat-1/3']), 'hat-1/3');
  expect([alone.rank, alone.differences]).toEqual([null, null]);
});
