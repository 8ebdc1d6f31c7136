import type { Area, DifferencesAnswer, SureFigure } from '@beltline/contract';
import { dates, numbers } from '../../charts/drawing.fixture.ts';
import { namesOf, translatorOf } from '../../i18n/language.fixture.ts';
import { figure, stateRow, statesAnswer } from '../states/states.fixture.ts';
import {
  areaName,
  areaQuestion,
  type ComparedArea,
  knownArea,
  MOST_COMPARED,
  readAreas,
  withArea,
  withFirst,
  writtenAreas,
} from './compared-areas.ts';
import { differencesSummary, differenceWords } from './differences-summary.ts';

const belt = (id: string): ComparedArea => ({ level: 'belt', id });
const NATION: ComparedArea = { level: 'nation', id: '' };

describe('the areas in an address', () => {
  it('come back as they were written, whatever is in their names', () => {
    const areas: ComparedArea[] = [
      belt('B001'),
      NATION,
      { level: 'city', id: '浙江省/金华市' },
      { level: 'category', id: '50%, 小商品:日用' },
    ];
    expect(readAreas({ areas: writtenAreas(areas) })).toEqual(areas);
    expect(writtenAreas([])).toBeUndefined();
  });

  it('are each there once, no more than can be compared, and none that names nothing', () => {
    const asked = 'belt:B1,belt:B1,B2,county:x,nation:x,belt:,nation';
    expect(readAreas({ areas: asked })).toEqual([belt('B1'), NATION]);
    const many = Array.from({ length: 9 }, (_, id) => belt(`B${id}`));
    expect(readAreas({ areas: writtenAreas(many) })).toHaveLength(MOST_COMPARED);
    expect(readAreas({})).toEqual([]);
  });

  it('take one more, give one up, and put one first', () => {
    const two = [belt('A'), belt('B')];
    expect(withArea(two, belt('C')).map(areaName)).toEqual(['belt:A', 'belt:B', 'belt:C']);
    expect(withArea(two, belt('A')).map(areaName)).toEqual(['belt:B']);
    const six = Array.from({ length: MOST_COMPARED }, (_, id) => belt(String(id)));
    expect(withArea(six, belt('more'))).toEqual(six);
    expect(withFirst(two, belt('B')).map(areaName)).toEqual(['belt:B', 'belt:A']);
  });

  it('are asked for by their own parameters, and known by the belts in them', () => {
    const known = {
      ...{ beltId: 'B1', name: { zh: '义乌', en: 'Yiwu' }, province: '浙江省', city: '金华市', county: '' },
      ...{
        category: { zh: '小商品', en: 'Goods' },
        adcode: '',
        longitude: null,
        latitude: null,
        merchants: 1,
      },
    };
    const city: ComparedArea = { level: 'city', id: '浙江省/金华市' };
    expect([areaQuestion(city), areaQuestion(NATION), areaQuestion(belt('B1'))]).toEqual([
      { province: '浙江省', city: '金华市' },
      {},
      { belt: 'B1' },
    ]);
    expect(knownArea(city, [known])).toMatchObject({ name: { zh: '金华市' }, belts: 1 });
    expect(knownArea({ level: 'category', id: '小商品' }, [known])?.name.en).toBe('Goods');
    expect(knownArea(belt('B2'), [known])).toBeNull();
  });
});

const by = (value: number, low: number, high: number): SureFigure => ({
  ...{ value, flag: 'final', reason: null, uncertaintyReason: null },
  uncertainty: { low, high, grade: 'B' },
});
const none: SureFigure = {
  ...{ value: 3, flag: 'final', reason: null, uncertainty: null, uncertaintyReason: 'too-few-owners' },
};
const area = (id: string): Area => ({ level: 'belt', id, name: { zh: id, en: id }, belts: 1 });
function answerOf(
  against: Partial<DifferencesAnswer['areas'][number]['against'][number]>,
): DifferencesAnswer {
  const { meta } = statesAnswer([]);
  const state = stateRow('A', 'recovered', 'recovered').now;
  const row = {
    ...{ area: area('义乌'), level: none, growth: none, breadth: none },
    ...{ levelFinding: null, growthFinding: null, breadthFinding: null },
    ...against,
  };
  return {
    ...{ meta, track: 'all', measure: 'gmv', month: '2025-01', reference: 2023, falseDiscoveryRate: 0.1 },
    areas: [
      { area: area('义乌'), ...state, against: [] },
      { area: area('曹县'), ...state, level: figure(90), against: [row] },
    ],
  };
}

describe('what is said of differences', () => {
  it('is more or less where that is a finding, and else that it is not sure, whatever the intervals look like', async () => {
    const [t, en] = [await translatorOf('zh-CN'), await translatorOf('en')];
    const told = (finding: 'more' | 'less' | null, figure: SureFigure, of: 'level' | 'growth' = 'level') =>
      differenceWords(of, { by: figure, finding }, { numbers, t });
    expect(told('more', by(12.3, 4.1, 20.5))).toBe('高 12.3（4.1 至 20.5）');
    expect(told('less', by(-12.3, -20.5, -4.1))).toBe('低 12.3（4.1 至 20.5）');
    expect(told(null, by(12.3, 0.1, 24.5))).toBe('相差 +12.3（+0.1 至 +24.5），差别不能断定');
    expect(told('more', by(0.123, 0.041, 0.205), 'growth')).toBe('高 12.30（4.10 至 20.50）');
    expect(told(null, none)).toMatch(/^差别未知：/);
    expect(differenceWords('level', { by: by(2, -1, 5), finding: null }, { numbers, t: en })).toBe(
      '+2.0 apart (-1.0 to +5.0), difference not sure',
    );
  });

  it('is a sentence: what is sure, and that the rest is not', async () => {
    const words = { numbers, dates, names: await namesOf('zh-CN'), t: await translatorOf('zh-CN') };
    const areas = [area('义乌'), area('曹县')];
    const sure = answerOf({
      ...{ level: by(-12, -20, -4), levelFinding: 'less', growth: by(0.2, 0.1, 0.3), growthFinding: 'more' },
      breadth: by(3, -2, 8),
    });
    expect(differencesSummary(areas, sure, null, words)).toBe(
      '2025年1月，与义乌相比：曹县增长更高，水平更低，广度的差别不能断定。',
    );
    const unsure = answerOf({ breadth: by(3, -2, 8) });
    expect(differencesSummary(areas, unsure, null, words)).toBe(
      '2025年1月，与义乌相比：曹县没有可以断定的差别。',
    );
    // Of owners too few nothing is known, which is not the same.
    expect(differencesSummary(areas, answerOf({}), null, words)).toBe(
      '2025年1月，与义乌相比：曹县差别未知。',
    );
    expect(differencesSummary(areas, { ...unsure, month: null }, null, words)).toBe('');
  });
});
