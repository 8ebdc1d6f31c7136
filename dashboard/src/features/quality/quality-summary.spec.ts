import type { QualityAnswer } from '@beltline/contract';
import { createDateFormat } from '../../format/date-format.ts';
import { createNumberFormat } from '../../format/number-format.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { qualitySummary } from './quality-summary.ts';

const answer = {
  measure: 'gmv',
  month: '2024-10',
  completeness: {
    months: 33,
    notLoaded: ['2024-03'],
    loads: { read: 1000, rejected: 3, rejectedShare: 0.003 },
  },
  accuracy: {
    ...{ belts: 2, sure: 1, likely: 0, undetermined: 1 },
    largest: { reason: null, told: 2, changed: 1, claimsChanged: 1 },
  },
  agreement: { other: 'orders', both: 1, differ: 0 },
} as unknown as QualityAnswer;

async function said(of: QualityAnswer, locale: 'zh-CN' | 'en') {
  const numbers = createNumberFormat(locale, { currency: 'CNY', exactNumbers: false });
  return qualitySummary(of, { numbers, dates: createDateFormat(locale), t: await translatorOf(locale) });
}

it('names months that were never loaded, and what rests on one order, in both languages', async () => {
  expect(await said(answer, 'zh-CN')).toEqual([
    '已载入 33 个月，缺 2024年3月（从未载入）。',
    '读入 1,000 行，拒收 3 行（0.3%）。',
    '2 个产业带中，1 个状态确定，0 个很可能，1 个未定。',
    '去掉各自最大的一单后，1 个产业带的状态改变，其中 1 个原本有结论。',
    '按成交额与按订单数，1 个产业带都有结论，其中 0 个不一致。',
  ]);
  expect((await said(answer, 'en'))[0]).toBe('Months loaded: 33; never loaded: Mar 2024.');
});

it('says why there are no states, or no largest orders, and nothing else of them', async () => {
  const whole = { ...answer.completeness, notLoaded: [], loads: null };
  expect(await said({ ...answer, month: null, completeness: whole }, 'zh-CN')).toEqual([
    '已载入 33 个月，中间没有缺月。',
    '没有完整的月份，因此没有状态可核对。',
  ]);
  const largest = { ...answer.accuracy.largest, reason: 'lines-replaced' as const };
  expect((await said({ ...answer, accuracy: { ...answer.accuracy, largest } }, 'zh-CN'))[3]).toBe(
    '无法逐带去掉最大的一单：该版本的部分订单行已被后来的载入替换，没有保留。',
  );
});
