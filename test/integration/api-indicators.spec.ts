import { INDICATOR_PATHS, type IndicatorName, INDICATORS, type Problem } from '@beltline/contract';
import type { z } from 'zod';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** What holds for every indicator of the contract, also for one that is declared tomorrow. */
let api: RunningApi;
let other: RunningApi;
beforeAll(async () => {
  api = await startApi();
  other = await startApi({}, api);
  const shape = { seed: 4, orders: 600, belts: SELLING_BELTS, firstDay: '2022-01-01', days: 1096 };
  const lines = randomLines(shape).map((line, index) => ({ ...line, sku: `s${index % 5}` }));
  await seedVersion(api.loader, {
    ...{ source: 'demo', version: 1, belts: PLACED_BELTS, lines, dataThrough: '2024-12-31' },
    publishedAt: '2025-01-05 03:00:00.000',
  });
});
afterAll(async () => {
  await other?.close();
  await api?.close();
});

const NAMES = Object.keys(INDICATORS) as IndicatorName[];

describe.each(NAMES)('%s', (name) => {
  const { answer, example } = INDICATORS[name] as {
    answer: z.ZodObject;
    example: (typeof INDICATORS)[IndicatorName]['example'];
  };
  const query = new URLSearchParams({
    ...(example.over === 'compared' ? { from: '2024-01', to: '2024-06' } : {}),
    ...example.query,
  });
  const path = `${INDICATOR_PATHS[name]}?${query}`;

  test('answers its example in the shape that it declares, with the version of the data', async () => {
    const { status, body } = await api.get(path);
    expect(status).toBe(200);
    expect(answer.strict().parse(body)).toMatchObject({ meta: { source: 'demo', dataVersion: 1 } });
  });

  test('a browser that has the answer is told so, also by another process of the same build', async () => {
    const { headers } = await api.get(path);
    const tag = headers.get('etag') ?? '';
    expect(tag).toMatch(/^"1-/);
    for (const process of [api, other])
      expect((await process.get(path, { 'if-none-match': tag })).status).toBe(304);
    expect((await api.get(path, { 'if-none-match': '"1-another"' })).status).toBe(200);
  });

  test.each([
    ['a parameter that there is not', { nonsense: '1' }, 'nonsense'],
    ['a source that is not loaded', { source: 'nowhere' }, 'source'],
    ['a day before anything was published', { asOf: '2024-12-31' }, 'asOf'],
    ['a day that there is not', { asOf: '2024-02-30' }, 'asOf'],
  ])('%s is refused under its name', async (_, more, field) => {
    const { status, body } = await api.get<Problem>(`${path}&${new URLSearchParams(more)}`);
    expect({ status, fields: body.issues?.map((issue) => issue.field) }).toEqual({
      status: 400,
      fields: [field],
    });
  });

  test('is the same as it stood at the end of the day of its publication', async () => {
    const now = await api.get(path);
    expect((await api.get(`${path}&asOf=2025-01-05`)).body).toEqual(now.body);
  });
});
