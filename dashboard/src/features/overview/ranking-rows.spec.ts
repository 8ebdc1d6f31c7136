import { namesOf } from '../../i18n/language.fixture.ts';
import type { GrowthByBeltAnswer, RankingUncertaintyAnswer } from '@beltline/contract';
import {
  certaintyOf,
  factsAmong,
  foundRows,
  provinceInView,
  provincesOf,
  type RankingRow,
} from './ranking-rows.ts';

it('offers provinces in the order of the names that are shown', async () => {
  const belts = ['浙江省', '江苏省', '内蒙古自治区', '浙江省', 'SP'].map((province) => ({ province }));
  expect(provincesOf(belts, await namesOf('en'))).toEqual(['内蒙古自治区', '江苏省', 'SP', '浙江省']);
  expect(provincesOf(belts, await namesOf('zh-CN'))).toEqual(['江苏省', '内蒙古自治区', '浙江省', 'SP']);
});

it('ranks the province that a link names where there is one, and all where there is none such', () => {
  const provinces = ['浙江省', '江苏省'];
  expect(provinceInView('浙江省', provinces)).toBe('浙江省');
  expect(provinceInView('火星省', provinces)).toBeUndefined();
  expect(provinceInView('火星省', [])).toBe('火星省');
  expect(provinceInView(undefined, provinces)).toBeUndefined();
});

it('keeps the rows of belts that were found, in the order of the ranking', () => {
  const rows = ['a', 'b', 'c'].map((beltId) => ({ belt: { beltId } }) as RankingRow);
  const found = (beltIds: readonly string[]) =>
    foundRows(
      rows,
      beltIds.map((beltId) => ({ beltId })),
    ).map(({ belt }) => belt.beltId);
  expect(found(['c', 'a', 'elsewhere'])).toEqual(['a', 'c']);
  expect(found([])).toEqual([]);
  expect(foundRows(rows, null)).toBe(rows);
});

it('takes how sure figures are only from an answer to the same ranking', () => {
  const same = {
    meta: { dataVersion: 3, period: { from: '2024-01', to: '2024-12' }, comparison: 'year-ago' },
    area: { id: '' },
    ...{ sort: 'growth', order: 'desc', track: 'all', measure: 'orders' },
  };
  const ranking = same as GrowthByBeltAnswer;
  const answer = { ...same, rows: [{ belt: { beltId: 'a' }, finding: 'rises' }] } as RankingUncertaintyAnswer;
  expect(certaintyOf(ranking, answer)?.get('a')?.finding).toBe('rises');
  expect(certaintyOf(ranking, null)).toBeNull();
  for (const other of [
    { sort: 'value' },
    { order: 'asc' },
    { track: 'distribution' },
    { measure: 'gmv' },
    { area: { id: '浙江省' } },
    { meta: { ...same.meta, dataVersion: 4 } },
    { meta: { ...same.meta, comparison: 'previous' } },
    { meta: { ...same.meta, period: { from: '2024-02', to: '2024-12' } } },
  ])
    expect(certaintyOf(ranking, { ...answer, ...other } as RankingUncertaintyAnswer)).toBeNull();
});

it('says a direction only where it is a finding, and none while that is not known', () => {
  const row = { compared: { growth: { value: 0.9, flag: 'final', reason: null } } } as RankingRow;
  expect(factsAmong(row, { finding: 'rises' }).isFinding).toBe(true);
  expect(factsAmong(row, { finding: null }).isFinding).toBe(false);
  expect(factsAmong(row, undefined).isFinding).toBe(false);
});
