import { namesOf } from '../../i18n/language.fixture.ts';
import { matchingRows, provincesOf, type RankingRow } from './ranking-rows.ts';

it('offers provinces in the order of the names that are shown', async () => {
  const belts = ['浙江省', '江苏省', '内蒙古自治区', '浙江省', 'SP'].map((province) => ({ province }));
  expect(provincesOf(belts, await namesOf('en'))).toEqual(['内蒙古自治区', '江苏省', 'SP', '浙江省']);
  expect(provincesOf(belts, await namesOf('zh-CN'))).toEqual(['江苏省', '内蒙古自治区', '浙江省', 'SP']);
});

it('finds belts by the names of places and goods in either language', async () => {
  const row = (beltId: string, city: string, goods: string) =>
    ({
      belt: {
        beltId,
        name: { zh: beltId, en: beltId },
        province: '浙江省',
        city,
        county: '',
        category: { zh: goods, en: '' },
      },
    }) as RankingRow;
  const rows = [row('a', '金华市', '小商品/日用百货'), row('b', '绍兴市', '袜子')];
  const names = await namesOf('en');
  const found = (text: string) => matchingRows(rows, text, names).map(({ belt }) => belt.beltId);
  expect(found(' jinhua')).toEqual(['a']);
  expect(found('金华')).toEqual(['a']);
  expect(found('Socks')).toEqual(['b']);
  expect(found('')).toEqual(['a', 'b']);
  expect(found('nowhere')).toEqual([]);
});
