import type { BeltsAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, GOLDEN);
});
afterAll(() => api?.close());

const found = async (q: string, more = '') => {
  const { belts } = await asked<BeltsAnswer>(api, `/belts?q=${encodeURIComponent(q)}${more}`);
  return belts.map(({ beltId }) => beltId);
};

test.each([
  ['kqml', ['ke']],
  ['浙江 面料', ['ke']],
  ['浙江柯桥', ['ke']],
  ['柯橋', ['ke']],
  ['ｙｉｗｕ', ['yi']],
  ['zhejiang', ['ke', 'yi']],
  ['Hebei stone', ['qu']],
  ['qu yang', ['qu']],
  ['YI', ['yi']],
  ['面料 河北', []],
  ['', ['ke', 'qu', 'yi']],
])('%s finds %j', async (q, ids) => {
  expect((await found(q)).toSorted()).toEqual(ids);
});

test('a search can be kept to a province, and the best belt comes first', async () => {
  expect(await found('yang', `&province=${encodeURIComponent('河北省')}`)).toEqual(['qu']);
  expect(await found('zhejiang', `&province=${encodeURIComponent('河北省')}`)).toEqual([]);
  expect((await found('yi'))[0]).toBe('yi');
});
