import type { BacktestAnswer } from '@beltline/contract';
import { brief, dates, numbers } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import type { Translate } from '../../i18n/translate.ts';
import { backtestSummary, dayToTell, monthsLike, nowcastSummary, usualWords } from './nowcast-summary.ts';
import { figure, recoveryAnswer } from '../../charts/recovery.fixture.ts';
import { valueSummary } from './recovery-summary.ts';

let t: Translate;
let en: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
  en = await translatorOf('en');
});
const words = () => ({ numbers, dates, t });

describe('the running month', () => {
  const { nowcast } = recoveryAnswer();

  it('is told by what is there, the estimate and its band', () => {
    expect(nowcastSummary(nowcast, 'orders', words())).toBe(
      '截至 2025年2月10日已有 70，往年此时通常完成全月的 25.0%；据此估计全月为 280，约 80% 的情况落在 240 至 330 之间。',
    );
  });

  it('says that a month is complete, or why it is not estimated', () => {
    expect(nowcastSummary(null, 'orders', words())).toBe('最近一个月已经完整，不需要估计。');
    const alone = nowcast && { ...nowcast, low: null, high: null };
    expect(nowcastSummary(alone, 'orders', words())).toBe(
      '截至 2025年2月10日已有 70；估计全月为 280，数据太少，没有给出区间。',
    );
    expect(nowcastSummary(alone, 'orders', { numbers, dates, t: en })).toMatch(
      /; the whole month is estimated at 280, without a band because there is too little data\.$/,
    );
    expect(valueSummary(recoveryAnswer({ nowcast: alone }), words())).toContain(
      '2025年2月尚未结束（斜线），全月估计 280，数据太少，没有给出区间。',
    );
    const none = nowcast && { ...nowcast, estimate: figure(null, { reason: 'too-little-data' }) };
    expect(nowcastSummary(none, 'orders', words())).toBe(
      '截至 2025年2月10日已有 70；暂不估计全月：数据太少，方法不适用。',
    );
  });

  it('says that it is too early, and from which day on it usually is not', () => {
    const early = nowcast && {
      ...nowcast,
      ...{
        estimate: figure(null, { reason: 'too-early' }),
        low: null,
        high: null,
        completion: null,
        usuallyFrom: 15,
      },
    };
    expect(nowcastSummary(early, 'orders', words())).toBe(
      '截至 2025年2月10日已有 70；现在估计全月为时尚早：区间会宽过估计值的一半。以往同类月份通常从第 15 天起可以估计。',
    );
    expect(nowcastSummary(early, 'orders', { numbers, dates, t: en })).toMatch(
      /usually was not from day 15 on\.$/,
    );
    // Where the usual day has gone by, it is this month that is unlike others.
    const late = early && { ...early, usuallyFrom: 5 };
    expect(nowcastSummary(late, 'orders', words())).toBe(
      '截至 2025年2月10日已有 70；现在估计全月为时尚早：区间会宽过估计值的一半。以往同类月份通常从第 5 天起已可估计，本月至今成交太少。',
    );
    expect(late && usualWords(late, words().t)).toBe('以往此时通常已可估计');
    expect(early && usualWords(early, words().t)).toBe('通常从第 15 天起可以估计');
    const never = early && { ...early, usuallyFrom: null };
    expect(nowcastSummary(never, 'orders', words())).toContain('以往同类月份在检验过的日子里也大多如此');
  });

  const row = (day: number, nowcast: number | null, months = 24) =>
    ({
      day,
      months,
      told: months,
      nowcast: brief(nowcast),
      daysElapsed: brief(0.2),
      lastYearsShare: brief(null, { reason: 'too-little-data' }),
      covered: brief(0.79),
    }) satisfies BacktestAnswer['days'][number];

  it('shows the past errors of months like the running one, where there are any', () => {
    const answer = { days: [row(5, 0.1)], festival: [row(5, 0.2, 0)], others: [row(5, 0.3)] };
    expect(monthsLike(answer, false)).toEqual({ kind: 'others', rows: answer.others });
    expect(monthsLike(answer, true)).toEqual({ kind: 'days', rows: answer.days });
    expect(monthsLike(answer, null)).toEqual({ kind: 'days', rows: answer.days });
  });

  it('shows the past errors of the tested day that the data have reached', () => {
    const days = [row(5, 0.12), row(10, 0.08), row(15, 0.05)];
    expect(dayToTell(days, 12)?.day).toBe(10);
    expect(dayToTell(days, 2)?.day).toBe(5);
    expect(dayToTell(days, null)?.day).toBe(5);
    expect(backtestSummary(days, 12, words())).toBe(
      '在每月第 10 天，这一估计与实际平均相差 8.0%；按已过天数折算相差 20.0%，按去年同月进度折算相差 数据太少，方法不适用。24 个月中实际值落在区间内的占 79.0%。',
    );
    expect(backtestSummary([row(5, null)], 12, words())).toBe('完整的月份太少，还不能检验过去的估计。');
  });
});
