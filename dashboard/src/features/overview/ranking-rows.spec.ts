import { namesOf } from '../../i18n/language.fixture.ts';
import { foundRows, provincesOf, type RankingRow } from './ranking-rows.ts';

it('offers provinces in the order of the names that are shown', async () => {
  const belts = ['浙江省', '江苏省', '内蒙古自治区', '浙江省', 'SP'].map((province) => ({ province }));
  expect(provincesOf(belts, await namesOf('en'))).toEqual(['内蒙古自治区', '江苏省', 'SP', '浙江省']);
  expect(provincesOf(belts, await namesOf('zh-CN'))).toEqual(['江苏省', '内蒙古自治区', '浙江省', 'SP']);
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
