import type { DataVersionsAnswer, LoadAnswer, LoadsAnswer, Problem, RejectsAnswer } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { seedBatches } from '../fixtures/rollups/batches.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

test('without loads there is an empty list, and no source to ask for', async () => {
  expect((await api.get<LoadsAnswer>('/loads')).body).toEqual({ loads: [], next: null });
  expect(await api.get<Problem>('/loads?source=golden')).toMatchObject({
    status: 400,
    body: { issues: [{ field: 'source' }] },
  });
});

test('loads are listed, the newest first, in pages', async () => {
  await seedBatches(api.loader, 'golden');
  await seedVersion(api.loader, GOLDEN);
  await new Promise((resolve) => setTimeout(resolve, 1100)); // the answer before, that there is none, is kept a second
  const seen: number[] = [];
  let next: string | null = null;
  do {
    const page: LoadsAnswer = (await api.get<LoadsAnswer>(`/loads?limit=3${next ? `&after=${next}` : ''}`))
      .body;
    seen.push(...page.loads.map((load) => load.batchId));
    next = page.next;
  } while (next);
  expect(seen).toEqual([8, 7, 2, 1]);
});

test('rows that the source says to ignore are a part of the balance, by their reason', async () => {
  const { body } = await api.get<LoadAnswer>('/loads/7');
  expect(body.load.reconciliation).toEqual([
    { measure: 'lines', read: 3, loaded: 0, superseded: 0, rejected: 0, ignored: 3, balanced: true },
    { measure: 'quantity', read: 6, loaded: 0, superseded: 0, rejected: 0, ignored: 6, balanced: true },
    { measure: 'amount', read: 12.5, loaded: 0, superseded: 0, rejected: 0, ignored: 12.5, balanced: true },
  ]);
  expect(body.load.ignoredByReason).toEqual([
    { reason: 'total of the page', rows: 2 },
    { reason: 'test order', rows: 1 },
  ]);
});

test('a load shows its balance, what it rejected and why', async () => {
  const { body } = await api.get<LoadAnswer>('/loads/1');
  expect(body.load).toEqual({
    batchId: 1,
    source: 'golden',
    state: 'committed',
    startedAt: '2025-02-11T02:59:00.000Z',
    finishedAt: '2025-02-11T03:00:00.000Z',
    act: null,
    actor: null,
    reason: null,
    undone: false,
    dataVersion: 1,
    months: ['2023-01', '2023-02'],
    message: '',
    reconciliation: [
      { measure: 'lines', read: 12, loaded: 8, superseded: 1, rejected: 3, ignored: 0, balanced: true },
      {
        measure: 'quantity',
        read: 120,
        loaded: 100,
        superseded: 10,
        rejected: 10,
        ignored: 0,
        balanced: true,
      },
      {
        measure: 'amount',
        read: 1200.25,
        loaded: 1000.1,
        superseded: 100.1,
        rejected: 100.05,
        ignored: 0,
        balanced: true,
      },
    ],
    rejectsByRule: [
      { rule: 'no-number', field: 'quantity', rows: 2 },
      { rule: 'impossible-date', field: 'placed_at', rows: 1 },
      { rule: 'no-number', field: 'amount', rows: 1 },
    ],
    ignoredByReason: [],
    warningsByRule: [
      { rule: 'late-update', rows: 5 },
      { rule: 'dispatch-before-purchase', rows: 2 },
    ],
  });
  expect(body.files).toMatchObject([
    {
      fileNo: 0,
      table: 'orders',
      role: 'facts',
      name: 'orders-1.csv',
      bytes: 12345,
      rows: 12,
      skipped: false,
    },
    { fileNo: 1, table: 'belts', role: 'lookup', skipped: true },
  ]);
});

test('loads that published nothing have no data version', async () => {
  const { body } = await api.get<LoadsAnswer>('/loads');
  expect(
    body.loads.map((load) => [load.batchId, load.state, load.dataVersion, load.finishedAt === null]),
  ).toEqual([
    [8, 'landing', null, true],
    [7, 'committed', 7, false],
    [2, 'refused', null, false],
    [1, 'committed', 1, false],
  ]);
  expect(body.loads[2]?.message).toContain('line 17');
});

test('rejected rows come in pages, with file, line and raw text', async () => {
  const first = (await api.get<RejectsAnswer>('/loads/1/rejects?limit=2')).body;
  expect([first.count, first.rejects.map((reject) => [reject.file, reject.line])]).toEqual([
    3,
    [
      ['orders-1.csv', 3],
      ['orders-1.csv', 5],
    ],
  ]);
  const second = (await api.get<RejectsAnswer>(`/loads/1/rejects?limit=2&after=${first.next}`)).body;
  expect(second).toMatchObject({
    count: 3,
    next: null,
    rejects: [
      { line: 9, raw: 'raw,9,"<b>"', faults: [{ rule: 'no-number', field: 'amount', value: '1.239' }] },
    ],
  });
  const ruled = (await api.get<RejectsAnswer>('/loads/1/rejects?rule=impossible-date')).body;
  expect([ruled.count, ruled.rejects.map((reject) => reject.line)]).toEqual([1, [5]]);
});

test('data versions, and what does not exist', async () => {
  const { body } = await api.get<DataVersionsAnswer>('/data-versions');
  expect(body.versions.map((version) => version.dataVersion)).toEqual([7, 1]);
  expect(body.versions[1]).toMatchObject({ batchId: 1, months: ['2023-01'] });
  // Within the query 0 stands for any load.
  for (const path of ['/loads/0', '/loads/0/rejects', '/loads/-1', '/loads/01'])
    expect((await api.get(path)).status).toBe(400);
  for (const path of ['/loads/99', '/loads/99/rejects']) {
    expect(await api.get<Problem>(path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  }
});
