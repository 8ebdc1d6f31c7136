import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Belt } from '@beltline/contract';
import fc from 'fast-check';
import { BeltSearch } from './belt-search.ts';
import { fallsInto, language, plainText, spokenPlace } from './search-text.ts';

/** The registry that ships with the product: 130 real belts. */
const registry = readFileSync(resolve(import.meta.dirname, '../../../../etl/sources/demo/belts.csv'), 'utf8');
const belts = registry
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Belt => {
    const [beltId = '', zh = '', en = '', province = '', city = '', county = '', , , , , category = ''] =
      line.split(',');
    return {
      beltId,
      name: { zh, en },
      province,
      city,
      county,
      category: { zh: category, en: '' },
      adcode: '',
      longitude: null,
      latitude: null,
      merchants: 10,
    };
  });
const search = await BeltSearch.over(belts);
const namesOf = async (text: string) => (await search.find(text)).map(({ name }) => name.zh);

test.each([
  ['several words', '绍兴 柯桥', '柯桥轻纺'],
  ['city and county as one word', '绍兴柯桥', '柯桥轻纺'],
  ['county and city the other way round', '柯桥绍兴', '柯桥轻纺'],
  ['a place with its kind', '绍兴市柯桥区', '柯桥轻纺'],
  ['pinyin in words', 'cao xian', '曹县汉服演出服'],
  ['pinyin as one word', 'caoxian', '曹县汉服演出服'],
  ['pinyin of city and county', 'shaoxing keqiao', '柯桥轻纺'],
  ['pinyin of both as one word', 'shaoxingkeqiao', '柯桥轻纺'],
  ['initials', 'kqml', '柯桥轻纺'],
  ['pinyin and initials mixed', 'keqiaoml', '柯桥轻纺'],
  ['initials of the name', 'kqqf', '柯桥轻纺'],
  ['Chinese and pinyin', '柯桥 mianliao', '柯桥轻纺'],
  ['code', 'B005', belts[4]?.name.zh],
  ['a small code', 'b005', belts[4]?.name.zh],
  ['a code without its zeros', 'b5', belts[4]?.name.zh],
  ['the number of a code', '005', belts[4]?.name.zh],
  ['ü with its dots', 'nüzhuang', '杭州女装'],
  ['ü as u', 'nuzhuang', '杭州女装'],
  ['ü as in passports', 'nyuzhuang', '杭州女装'],
  ['full width', 'ｙｉｗｕ', '义乌小商品'],
  ['copied with what cannot be seen', '\ufeff义\u200b乌\u00ad', '义乌小商品'],
  ['full width code', 'Ｂ００５', belts[4]?.name.zh],
  ['traditional characters', '紹興 柯橋', '柯桥轻纺'],
  ['traditional and full width', '義烏　小商品', '义乌小商品'],
  ['English', 'Yiwu commodities', '义乌小商品'],
  ['English of the goods, as the page shows them', 'redwood', '东阳木雕红木'],
])('%s: %s finds %s first', async (_, text, name) => {
  expect((await namesOf(text))[0]).toBe(name);
});

test.each([
  ['zhejiang', '浙江省'],
  ['ZheJiang', '浙江省'],
  ['浙江', '浙江省'],
  ['浙江省', '浙江省'],
  ['shandong', '山东省'],
  ['廣東', '广东省'],
])('%s finds every belt of %s before others', async (text, province) => {
  const found = await search.find(text);
  const inside = belts.filter((belt) => belt.province === province);
  expect(new Set(found.slice(0, inside.length).map(({ beltId }) => beltId))).toEqual(
    new Set(inside.map(({ beltId }) => beltId)),
  );
});

test('紹興 finds the belts of Shaoxing and nothing else', async () => {
  const shaoxing = belts.filter(({ city }) => city === '绍兴市').map(({ beltId }) => beltId);
  expect((await search.find('紹興')).map(({ beltId }) => beltId).toSorted()).toEqual(shaoxing.toSorted());
});

test.each(['没有这样的地方', 'xqzwv', '绍兴 福建', 'B999', 'hejiang', '绍柯'])(
  '%s finds nothing',
  async (text) => {
    expect(await namesOf(text)).toEqual([]);
  },
);

test('an empty text finds all, in the order of the registry', async () => {
  for (const text of ['', '  ', '　']) expect(await search.find(text)).toEqual(belts);
});

test('belts are found by their code, names and places, however they are written, and by initials', async () => {
  const { pinyin } = await import('pinyin-pro');
  const wide = (text: string) =>
    text.replaceAll(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
  for (const belt of belts.filter((_, index) => index % 6 === 0)) {
    const spelt = pinyin(belt.name.zh, { toneType: 'none', v: true }).replaceAll(/\s/g, '');
    const initials = pinyin(belt.name.zh, { pattern: 'first', toneType: 'none' }).replaceAll(/\s/g, '');
    const { province, city, county, name } = belt;
    const texts = [
      belt.beltId,
      name.zh,
      name.en,
      wide(name.en.toUpperCase()),
      spelt,
      initials,
      `${province}${city}${county}`,
      `${spokenPlace(city)}${spokenPlace(county)}`,
      `${county} ${name.zh}`,
    ];
    for (const text of texts) {
      const found = await search.find(text);
      expect([text, found.some(({ beltId }) => beltId === belt.beltId)]).toEqual([text, true]);
    }
    expect((await search.find(belt.beltId))[0]).toBe(belt);
    expect((await search.find(name.zh))[0]).toBe(belt);
  }
});

test('a further word never finds a belt that the words before it do not', async () => {
  const word = fc.constantFrom(
    '浙江',
    'yiwu',
    '绍兴',
    'sx',
    'B0',
    '面料',
    'fabrics',
    '陶瓷',
    'ceramics',
    'shi',
    '区',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 3 }), word, async (words, further) => {
      const few = new Set(await search.find(words.join(' ')));
      expect((await search.find([...words, further].join(' '))).every((belt) => few.has(belt))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('signs alone find nothing, and take nothing from words', async () => {
  const signs = ['%', "'", '😀', '、。', '·-·'];
  for (const text of signs) expect([text, await search.find(text)]).toEqual([text, []]);
  expect(await search.find('% 绍兴')).toEqual(await search.find('绍兴'));
});

test('any text is answered, whatever it holds', async () => {
  // Half characters too. Not the unit of all characters that fast-check has: making that takes a second.
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 0x10000, max: 0x10ffff }),
  );
  const texts = fc.array(unit, { maxLength: 64 }).map((units) => String.fromCodePoint(...units));
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      expect(Array.isArray(await search.find(text))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('texts are made alike', async () => {
  const { simplify } = await language();
  expect(plainText('ＹｉＷｕ 義烏 Lüliang', simplify)).toBe('yiwu 义乌 luliang');
  expect(['绍兴市', '曹县', '内蒙古自治区', '柯桥区'].map(spokenPlace)).toEqual([
    '绍兴',
    '曹县',
    '内蒙古',
    '柯桥',
  ]);
  expect(fallsInto('绍兴柯桥', ['柯桥面料', '绍兴市'])).toBe(true);
  expect(fallsInto('绍兴东阳', ['柯桥面料', '绍兴市'])).toBe(false);
});
