import type { Batch } from '@beltline/contract';
import { numbers } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { completeMonthsOf } from '../../format/calendar-months.ts';
import { createDateFormat } from '../../format/date-format.ts';
import { completeText, loadSummary, sizeText } from './load-summary.ts';

describe('what came of a load', () => {
  const done = {
    ...{ state: 'committed', months: Array.from({ length: 38 }, (_, index) => `month ${index}`) },
    message: '2005428 lines read, 2085 rejected, 38 months rebuilt.',
    reconciliation: [{ measure: 'lines', read: 2_005_428, rejected: 2_085 }],
  } as unknown as Batch;
  const told = async (more: Partial<Batch>, locale: 'zh-CN' | 'en' = 'zh-CN') =>
    loadSummary({ ...done, ...more }, { numbers, t: await translatorOf(locale) });

  it('is told in the language of the reader, from its own fields', async () => {
    expect(await told({})).toEqual({
      text: '读入 2,005,428 行，拒收 2,085 行，重建 38 个月。',
      stored: false,
    });
    expect((await told({}, 'en'))?.text).toBe('Lines read: 2,005,428; rejected: 2,085; months rebuilt: 38.');
    expect((await told({ state: 'unchanged' }))?.text).toBe('所有文件都已按同样的设置载入过，没有新数据。');
  });

  it('is the stored reason where it was refused, failed or cut short, as it was written', async () => {
    const message = 'No line could be read.';
    for (const state of ['refused', 'failed', 'abandoned', 'publishing'] as const)
      expect(await told({ state, message })).toEqual({ text: message, stored: true });
  });

  it('is not told while there is nothing to tell', async () => {
    expect(await told({ state: 'landing', message: '' })).toBeNull();
    expect(await told({ reconciliation: [] })).toBeNull();
  });
});

it('tells no size of a source whose figures are damaged', async () => {
  const t = await translatorOf('en');
  const text = sizeText({ lines: null, merchants: null, belts: null }, { numbers, t });
  expect(text).toBe(t('problem.figures-damaged'));
});

it('says that the size of a source is that of its counted lines', async () => {
  const size = async (locale: 'zh-CN' | 'en') =>
    sizeText({ lines: 1_904_556, merchants: 3000, belts: 1 }, { numbers, t: await translatorOf(locale) });
  expect(await size('en')).toBe(
    '1,904,556 counted order lines (paid and not cancelled), 3,000 merchants, 1 belt',
  );
  const one = { lines: 1, merchants: 1, belts: 1 };
  expect(sizeText(one, { numbers, t: await translatorOf('en') })).toMatch(/^1 counted order line \(/);
  expect(await size('zh-CN')).toBe('1,904,556 行计入统计的订单（已付款且未取消），3,000 家商家，1 个产业带');
});

it('names the months that no load has brought beside the complete ones', async () => {
  const words = async (locale: 'zh-CN' | 'en') => ({
    dates: createDateFormat(locale),
    t: await translatorOf(locale),
  });
  const completeMonths = { from: '2021-12', to: '2025-02' };
  expect(completeText({ completeMonths, notLoaded: [] }, await words('en'))).toBe('Dec 2021 – Feb 2025');
  const notLoaded = ['2023-03', '2023-04', '2024-08'];
  expect(completeText({ completeMonths, notLoaded }, await words('en'))).toBe(
    'Dec 2021 – Feb 2025, without Mar – Apr 2023, Aug 2024 (never loaded)',
  );
  expect(completeText({ completeMonths: null, notLoaded }, await words('zh-CN'))).toBe('没有完整的月份');
  expect(completeMonthsOf({ completeMonths: { from: '2023-02', to: '2023-05' }, notLoaded })).toEqual([
    '2023-02',
    '2023-05',
  ]);
  // Of the month before a gap only its first days are known.
  const edges = [{ month: '2023-02', firstDay: '2023-02-01', lastDay: '2023-02-12' }];
  const one = { completeMonths: { from: '2023-01', to: '2023-05' }, notLoaded, edges };
  expect(completeMonthsOf(one)).toEqual(['2023-01', '2023-05']);
});
