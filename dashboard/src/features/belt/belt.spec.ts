import type { Belt } from '@beltline/contract';
import { dates, fourMonths, numbers, point } from '../../charts/drawing.fixture.ts';
import { namesOf, translatorOf } from '../../i18n/language.fixture.ts';
import type { Translate } from '../../i18n/translate.ts';
import { beltPlaces } from './belt-places.ts';
import { chosenTracks, DEFAULT_TRACKS, toggledTracks } from '../../shell/chosen-tracks.ts';
import { dailyMonths, daysToDraw } from './daily-range.ts';
import { dailySummary } from './daily-summary.ts';
import { tracksSummary } from './tracks-summary.ts';

let t: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
});

describe('where a belt lies and what it sells', () => {
  const belt = (more: Partial<Belt>) =>
    ({
      ...{ province: '浙江省', city: '金华市', county: '义乌市' },
      ...{ category: { zh: '袜子', en: 'Socks' } },
      ...more,
    }) as Belt;
  const shown = async (more: Partial<Belt>) =>
    beltPlaces(belt(more), await namesOf('en')).map(({ name, page }) => [name, page?.name ?? null]);

  it('leads to the pages of its areas', async () => {
    expect(await shown({})).toEqual([
      ['Zhejiang', 'province'],
      ['Jinhua', 'city'],
      ['Yiwu', null],
      ['Socks', 'category'],
    ]);
    expect(beltPlaces(belt({}), await namesOf('zh-CN'))[1]?.page?.params).toEqual({
      province: '浙江省',
      city: '金华市',
    });
  });

  it('is said once, and not at all where it is not known', async () => {
    expect(await shown({ category: { zh: '', en: '' }, city: '', county: '' })).toEqual([
      ['Zhejiang', 'province'],
    ]);
    expect(await shown({ province: '', county: '不知名县' })).toEqual([
      ['Jinhua', null],
      ['不知名县', null],
      ['Socks', 'category'],
    ]);
    expect(await shown({ province: '圣保罗', city: '圣保罗', county: '圣保罗' })).toEqual([
      ['圣保罗', 'province'],
      ['Socks', 'category'],
    ]);
    expect(await shown({ category: { zh: '', en: 'Coffee' } })).toContainEqual(['Coffee', null]);
  });
});

describe('the tracks of the URL', () => {
  it('are those that exist, in their own order, or the default', () => {
    expect(chosenTracks({ tracks: 'custom,nonsense,all' })).toEqual(['all', 'custom']);
    expect(chosenTracks({ tracks: 'nonsense' })).toEqual(DEFAULT_TRACKS);
  });

  it('are switched one by one; the default needs no URL, and the last stays on', () => {
    expect(toggledTracks(DEFAULT_TRACKS, 'offline')).toBe('distribution,cross-border,custom,offline');
    expect(toggledTracks(['distribution', 'cross-border', 'custom', 'offline'], 'offline')).toBeUndefined();
    expect(toggledTracks(['custom'], 'custom')).toBe('custom');
  });
});

describe('the days', () => {
  const period = { from: '2022-01', to: '2025-02' };

  it('are asked for in whole months, never more than the API answers', () => {
    expect(dailyMonths('recent', period, '2022-01')).toEqual({ from: '2024-10', to: '2025-02' });
    expect(dailyMonths('recent', { from: '2022-01', to: '2022-02' }, '2022-01')).toEqual({
      from: '2022-01',
      to: '2022-02',
    });
    expect(dailyMonths('period', period, '2022-01')).toEqual({ from: '2022-03', to: '2025-02' });
  });

  it('end with the last one that has data', () => {
    const days = Array.from({ length: 150 }, (_, index) => point(`day ${index}`, index < 140 ? index : null));
    expect(daysToDraw(days, 'recent')).toHaveLength(120);
    expect(daysToDraw(days, 'recent').at(-1)?.value.value).toBe(139);
    expect(daysToDraw(days, 'period')).toHaveLength(140);
  });

  it('are said in one sentence', () => {
    const days = [point('2025-01-01', 5), point('2025-01-02', 9), point('2025-01-03', 7, { yearAgo: 4 })];
    expect(dailySummary(days, 'orders', { numbers, dates, t })).toBe(
      '2025年1月1日至2025年1月3日：最高为 2025年1月2日的 9；最近一天为 7，去年同日 4。',
    );
    expect(dailySummary([], 'orders', { numbers, dates, t })).toBe('所选日期没有数据。');
  });
});

it('tells each track in the last complete month', () => {
  const lines = [
    { track: 'distribution' as const, points: [...fourMonths.slice(0, 2), ...fourMonths.slice(3)] },
    { track: 'custom' as const, points: [point('2024-11-01', 3), point('2024-12-01', null)] },
  ];
  expect(tracksSummary(lines, 'orders', { numbers, dates, t })).toBe(
    '2024年12月：分销 820（同比 ±+28.0%）；定制 无数据。2025年2月不完整（空心点，覆盖 35.7%）。',
  );
});
