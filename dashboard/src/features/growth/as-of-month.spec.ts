import { dates } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { asOfMonth } from './as-of-month.ts';

it('names the month of the answer, and why it is that one as far as that is true', async () => {
  const t = await translatorOf('zh-CN');
  const told = (month: string, asked: string | undefined, awaited: boolean) =>
    asOfMonth({ month, asked, awaited }, { dates, t });
  expect(told('2025-01', undefined, false)).toBe('2025年1月（最近的完整月）');
  expect(told('2024-06', '2024-06', false)).toBe('2024年6月（所选截至月份）');
  expect(told('2024-06', undefined, true)).toBe('2024年6月');
  expect(told('2025-01', '2024-06', true)).toBe('2025年1月');
});
