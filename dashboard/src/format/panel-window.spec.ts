import type { ComparedMeta } from '@beltline/contract';
import { dates } from '../charts/drawing.fixture.ts';
import { translatorOf } from '../i18n/language.fixture.ts';
import { comparedWindow, monthsWindow } from './panel-window.ts';

const meta = {
  comparison: 'year-ago',
  period: { firstDay: '2024-01-01', lastDay: '2024-12-31' },
  baseline: { firstDay: '2023-01-01', lastDay: '2023-12-31' },
} as unknown as ComparedMeta;

it('names the days that are compared, and says where there is nothing to compare with', async () => {
  const t = await translatorOf('zh-CN');
  expect(comparedWindow(meta, { dates, t })).toBe(
    '2024年1月1日 – 2024年12月31日，对比去年同期 2023年1月1日 – 2023年12月31日',
  );
  expect(comparedWindow({ ...meta, baseline: null }, { dates, t })).toBe(
    '2024年1月1日 – 2024年12月31日，没有可比的基期',
  );
});

it('names the months of a series', async () => {
  const t = await translatorOf('zh-CN');
  expect(monthsWindow(['2022-01-01', '2025-02-01'], { dates, t })).toBe('逐月：2022年1月 – 2025年2月');
  expect(monthsWindow(['2024-01', '2024-12'], { dates, t })).toBe('逐月：2024年1月 – 12月');
  expect(monthsWindow([], { dates, t })).toBeNull();
});
