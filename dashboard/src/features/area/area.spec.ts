import type { Area, Belt } from '@beltline/contract';
import { ProblemError } from '../../api/problem-error.ts';
import { namesOf } from '../../i18n/language.fixture.ts';
import { beltsOf, factsOf } from './area-belts.ts';
import { areaTitle, isUnknownArea, readArea } from './area-route.ts';

describe('the area of an address', () => {
  it('is the nation where it names nothing', () => {
    expect(readArea({})).toEqual({ level: 'nation', question: {} });
  });

  it('is asked about by what its address names', () => {
    expect(readArea({ beltId: 'B001' })).toEqual({ level: 'belt', question: { belt: 'B001' } });
    expect(readArea({ province: '浙江省' })).toEqual({ level: 'province', question: { province: '浙江省' } });
    expect(readArea({ province: '浙江省', city: '金华市' })).toEqual({
      level: 'city',
      question: { province: '浙江省', city: '金华市' },
    });
    expect(readArea({ category: '袜子' })).toEqual({ level: 'category', question: { category: '袜子' } });
  });

  it('is called by its name in the language of the reader, as far as there is one', async () => {
    const names = await namesOf('en');
    const coffee = { level: 'category', name: { zh: '咖啡', en: 'Coffee' } } as Area;
    expect(areaTitle(readArea({ province: '浙江省' }), null, names)).toBe('Zhejiang');
    expect(areaTitle(readArea({ province: '浙江省', city: '金华市' }), null, names)).toBe('Jinhua');
    expect(areaTitle(readArea({ province: '浙江省', city: '圣保罗' }), null, names)).toBe('圣保罗');
    expect(areaTitle(readArea({ category: '袜子' }), null, names)).toBe('Socks');
    expect(areaTitle(readArea({ category: '咖啡' }), coffee, names)).toBe('Coffee');
    expect(areaTitle(readArea({ category: '咖啡' }), null, names)).toBe('咖啡');
  });

  it('is unknown where the API refuses a name of it, not where something else is wrong', () => {
    const refused = (field: string) =>
      new ProblemError({ code: 'invalid-request', issues: [{ field, message: 'there is none' }] });
    expect(isUnknownArea(refused('province'))).toBe(true);
    expect(isUnknownArea(refused('track'))).toBe(false);
    expect(isUnknownArea(new ProblemError({ code: 'network' }))).toBe(false);
    expect(isUnknownArea(null)).toBe(false);
  });
});

it('says of a belt what its area does not say, as far as it is known', async () => {
  const names = await namesOf('en');
  const belt = (province: string, city: string) => ({ province, city }) as Belt;
  expect(factsOf(belt('浙江省', '金华市'), { province: '浙江省' }, names, '3 merchants')).toBe(
    'Jinhua · 3 merchants',
  );
  expect(factsOf(belt('浙江省', '金华市'), { category: '袜子' }, names, '3 merchants')).toBe(
    'Zhejiang · 3 merchants',
  );
  const city = { province: '浙江省', city: '金华市' };
  expect(factsOf(belt('浙江省', '金华市'), city, names, '3 merchants')).toBe('3 merchants');
  expect(factsOf(belt('浙江省', ''), { province: '浙江省' }, names, '3 merchants')).toBe('3 merchants');
});

it('lists the belts of an area, those with most merchants first', () => {
  const belt = (beltId: string, city: string, goods: string, merchants: number) =>
    ({ beltId, province: '浙江省', city, category: { zh: goods, en: '' }, merchants }) as Belt;
  const belts = [
    belt('a', '金华市', '小商品', 3),
    belt('b', '绍兴市', '袜子', 9),
    belt('c', '金华市', '五金', 5),
  ];
  const ids = (question: Parameters<typeof beltsOf>[1]) =>
    beltsOf(belts, question).map(({ beltId }) => beltId);
  expect(ids({ province: '浙江省', city: '金华市' })).toEqual(['c', 'a']);
  expect(ids({ category: '袜子' })).toEqual(['b']);
  expect(ids({ province: '广东省' })).toEqual([]);
  expect(ids({})).toEqual(['b', 'c', 'a']);
});
