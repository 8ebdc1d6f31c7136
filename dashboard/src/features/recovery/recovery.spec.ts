import type { FestivalAnswer } from '@beltline/contract';
import { brief, dates, numbers } from '../../charts/drawing.fixture.ts';
import { createDateFormat } from '../../format/date-format.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import type { Translate } from '../../i18n/translate.ts';
import { festivalSummary } from './festival-summary.ts';
import { fiveMonths, figure, recoveryAnswer } from '../../charts/recovery.fixture.ts';
import {
  alignedGrowth,
  breadthWords,
  figureMonths,
  isMerged,
  againstReference,
  levelSummary,
  noTroughWords,
  outlierMonths,
  outlierSentence,
  stateBuckets,
  troughWords,
  valueSummary,
} from './recovery-summary.ts';

let t: Translate;
let en: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
  en = await translatorOf('en');
});
const words = () => ({ numbers, dates, t });

describe('the values', () => {
  it('are told by the last complete month, the last turning point and the estimate', () => {
    expect(valueSummary(recoveryAnswer(), words())).toBe(
      '2025年1月订单数为 700，剔除季节与春节后为 930（末三个月还会修订），趋势值 920。最近的转折点是 2024年12月的波谷（暂定）。2025年2月尚未结束（斜线），全月估计 280（240 至 330）。',
    );
  });

  it('say why there is no adjusted value, and leave out what is not there', () => {
    const points = fiveMonths.map((point) => ({ ...point, adjusted: brief(null), trend: brief(null) }));
    const raw = { points, adjustedReason: 'too-little-data' as const, turningPoints: [], nowcast: null };
    expect(valueSummary(recoveryAnswer(raw), words())).toBe(
      '2025年1月订单数为 700；没有调整值：数据太少，方法不适用。',
    );
    expect(valueSummary(recoveryAnswer({ ...raw, points: points.slice(-1) }), words())).toBe(
      '还没有完整的月份。',
    );
  });
});

it('what is said of the last month is said of the month in view', () => {
  const answer = recoveryAnswer({ month: '2024-11', trough: null });
  expect(valueSummary(answer, words())).toContain('2024年11月订单数为 990');
  expect(valueSummary(answer, words())).toContain('最近的转折点是 2024年11月的波峰。');
  expect(levelSummary(answer, words())).toContain('只看 2024年11月这一个月，水平为 93.0');
});

it('a month is said to be revised where it is one of the last three', () => {
  const said = (month: string) => valueSummary(recoveryAnswer({ month, nowcast: null }), words());
  expect(said('2025-01')).toContain('末三个月还会修订');
  expect(said('2024-11')).toContain('末三个月还会修订');
  expect(said('2024-10')).toContain('2024年10月订单数为');
  expect(said('2024-10')).not.toContain('修订');
});

it('shades the months that the state looks at, and none where there is no state', () => {
  const answer = recoveryAnswer();
  expect(stateBuckets(answer, words().t)).toMatchObject({ first: 1, last: 3, name: '状态所看的月份' });
  const growth = figure(null, { period: null });
  expect(stateBuckets({ ...answer, state: { ...answer.state, growth } }, words().t)).toBeNull();
});

describe('the level', () => {
  it('is told against the reference, with what has been regained since the trough', () => {
    expect(levelSummary(recoveryAnswer(), words())).toBe(
      '只看 2025年1月这一个月，水平为 96.4，在基准以下，农历对齐同比 +12.3%；有多大把握还不知道，可能出于偶然。基准期以来的谷底在 2024年3月（71.2），已收回跌幅的 87.5%。',
    );
    const trough = { month: '2024-03', level: brief(71.2), monthsSince: 10, regained: 1.4 };
    expect(levelSummary(recoveryAnswer({ trough }), words())).toContain('跌幅已全部收回。');
    expect(levelSummary(recoveryAnswer({ trough: null }), { numbers, dates, t: en })).toContain(
      'below the reference, lunar-aligned growth +12.3%; how sure this is is not known',
    );
  });

  it('is said to be back, or not, only where its interval says so', () => {
    const sureAs = (low: number, high: number) => {
      const uncertainty = { low, high, grade: 'B' as const };
      const of = (value: number) => ({ ...brief(value), uncertainty, uncertaintyReason: null });
      const rates = {
        level: of(96.4),
        lunarGrowth: { ...of(0.123), uncertainty: { ...uncertainty, low: 0.02, high: 0.2 } },
      };
      return levelSummary(recoveryAnswer({ trough: null }), words(), new Map([['2025-01', rates]]));
    };
    expect(sureAs(88, 98)).toContain('水平为 96.4（88.0 至 98.0），低于基准水平，农历对齐同比 ▲+12.3%。');
    expect(sureAs(88, 104)).toContain('（88.0 至 104.0），是否已回到基准水平，还不能断定');
    expect(sureAs(88, 104)).not.toContain('可能出于偶然');
  });

  it('is told without a growth whose base is too small', () => {
    const points = fiveMonths.map((point) => ({
      ...point,
      lunarGrowth: { ...point.lunarGrowth, flag: 'base-too-small' as const },
    }));
    const summary = levelSummary(recoveryAnswer({ points }), words());
    expect(summary).toContain('只看 2025年1月这一个月，水平为 96.4，在基准以下，农历对齐同比 基数过小；');
  });

  it('on too few orders is no finding, neither in the sentence nor in the tiles', () => {
    const points = fiveMonths.map((point) => ({
      ...point,
      level: { ...point.level, flag: 'base-too-small' as const },
    }));
    const state = recoveryAnswer().state;
    const level = figure(365.4, { unit: 'index', flag: 'base-too-small' });
    const small = recoveryAnswer({ points, trough: null, state: { ...state, level } });
    expect(levelSummary(small, words())).toBe(
      '只看 2025年1月这一个月，水平的基数过小，不作结论；农历对齐同比 +12.3%。',
    );
    expect(noTroughWords(small, t)).toBe('基数过小');
    expect(noTroughWords(recoveryAnswer({ trough: null }), t)).toBe('基准期以来没有低于基准');
  });

  it('is not said to have been above the reference, or lowest, in months that are not known', () => {
    const gap = (more: Partial<(typeof fiveMonths)[number]>) =>
      fiveMonths.map((point) => (point.month === '2024-11' ? { ...point, ...more } : point));
    for (const more of [
      { level: brief(null) },
      { level: { ...brief(96), flag: 'base-too-small' as const } },
    ]) {
      const answer = recoveryAnswer({ trough: null, points: gap(more) });
      expect(noTroughWords(answer, t)).toBe('已知的月份都没有低于基准，有的月份未知');
      expect(noTroughWords({ ...answer, month: '2024-10' }, t)).toBe('基准期以来没有低于基准');
      expect(levelSummary(recoveryAnswer({ points: gap(more) }), words())).toMatch(
        /基准期以来的谷底在 2024年3月（71.2），已收回跌幅的 87.5%。其间有的月份未知，没有算在内。$/,
      );
    }
    expect(noTroughWords(recoveryAnswer({ trough: null, points: gap({ level: brief(null) }) }), en)).toBe(
      'not below the reference in any month that is known; some are not',
    );
  });

  it('of the month in view is what the trough is told by, and nothing where it is not known', () => {
    const trough = { month: '2024-03', level: brief(71.2), monthsSince: 10, regained: 0.875 };
    const said = (more: Partial<typeof trough> | { regained: null }, to = t) =>
      troughWords(recoveryAnswer({ trough: { ...trough, ...more } }), {
        numbers,
        dates: to === en ? createDateFormat('en') : dates,
        t: to,
      });
    expect(said({})).toBe('距2025年1月 10 个月，已收回跌幅的 87.5%');
    expect(said({ regained: 1.2, monthsSince: 1 }, en)).toBe(
      '1 month before Jan 2025; all of the loss regained',
    );
    expect(said({ monthsSince: 0, regained: 0 }, en)).toBe('the month itself');
    expect(said({ regained: null }, en)).toBe(
      '10 months before Jan 2025; the level of Jan 2025 alone is not known or rests on too few orders, so nor is what is regained',
    );
    const unknown = recoveryAnswer({ trough: { ...trough, regained: null } });
    expect(levelSummary(unknown, words())).toContain(
      '谷底在 2024年3月（71.2）；2025年1月单月的水平未知或订单太少，收回多少无从得知。',
    );
  });

  it('is back at the reference only where its interval says so', () => {
    const level = (value: number, low: number, high: number) =>
      againstReference(figure(value, { uncertainty: { low, high, grade: 'A' } }), t);
    expect(level(104, 101, 107)).toBe('已回到基准水平');
    expect(level(93, 90, 96)).toBe('低于基准水平');
    expect(level(101, 97, 105)).toBe('是否已回到基准水平，还不能断定');
    // Of too few owners there is no interval.
    expect(againstReference(figure(130, { uncertaintyReason: 'too-few-owners' }), t)).toContain('不能断定');
  });

  it('says why it cannot be told', () => {
    const answer = recoveryAnswer();
    const points = answer.points.map((point) => ({ ...point, level: brief(null) }));
    const state = { ...answer.state, level: figure(null, { reason: 'too-little-data' }) };
    expect(levelSummary({ ...answer, points, state }, words())).toBe(
      '还不能计算复苏水平：数据太少，方法不适用。',
    );
  });

  it('names the months of a figure, and whether they are January and February together', () => {
    expect(figureMonths(figure(1), dates)).toBe('2024年11月 – 2025年1月');
    expect(figureMonths(figure(null, { period: null }), dates)).toBeNull();
    expect(isMerged(recoveryAnswer())).toBe(true);
    const december = { firstDay: '2024-12-01', lastDay: '2024-12-31' };
    expect(isMerged(recoveryAnswer({ growth: figure(0.1, { period: december }) }))).toBe(false);
  });

  it('is headed by a year-on-year tile with the lunar-aligned growth of its own month, if there is one', () => {
    const months = (firstDay: string, lastDay: string) => figure(0.452, { period: { firstDay, lastDay } });
    const october = months('2024-10-01', '2024-10-31');
    const aligned = (growth: typeof october) => alignedGrowth(recoveryAnswer({ growth }));
    expect(aligned(october)).toEqual({ value: 0.1, flag: 'final', reason: null });
    expect(aligned(months('2024-12-01', '2024-12-31'))).toBeNull();
    expect(aligned(months('2024-01-01', '2024-01-31'))).toBeNull();
    expect(aligned(months('2025-01-01', '2025-02-28'))).toBeNull();
    expect(aligned(figure(null, { period: null }))).toBeNull();
    const small = fiveMonths.map((point) => ({
      ...point,
      lunarGrowth: { ...point.lunarGrowth, flag: 'base-too-small' as const },
    }));
    expect(alignedGrowth(recoveryAnswer({ growth: october, points: small }))?.flag).toBe('base-too-small');
  });
});

it('breadth says whether more merchants grow than fall: of 24 growing, 24 unchanged and 12 falling no majority grows', () => {
  const said = (value: number | null, low?: number, high?: number, to = t) =>
    breadthWords(
      figure(value, {
        unit: 'points',
        uncertainty: low === undefined || high === undefined ? null : { low, high, grade: 'B' },
      }),
      to,
    );
  expect(said(60, 51.9, 68.1)).toBe('增长的商家多于下降的（50 为中性）');
  expect(said(60, 51.9, 68.1, en)).toBe('more merchants grow than fall (50 is neutral)');
  expect(said(40, 31.9, 48.1, en)).toBe('more merchants fall than grow (50 is neutral)');
  expect(said(60, 48, 72, en)).toBe('whether more merchants grow or fall is not settled (50 is neutral)');
  expect(said(60)).toBe('增长与下降的商家哪边更多，还不能断定（50 为中性）');
  expect(said(null)).toBeNull();
  expect(en('stateWhy.carried-by-few')).toMatch(/more merchants fall than grow$/);
});

describe('the days around the New Year', () => {
  const year = (number: number, growth: ReturnType<typeof figure>) => ({
    year: number,
    newYear: number === 2025 ? '2025-01-29' : '2024-02-10',
    values: [1],
    growth,
  });
  const answer = (...years: ReturnType<typeof year>[]) =>
    ({ years, window: { before: 28, after: 42 } }) as unknown as FestivalAnswer;

  it('are told by the newest window, what of it is loaded, and the one before', () => {
    const summary = festivalSummary(
      answer(year(2024, figure(0.27)), year(2025, figure(-0.1, { coverage: 0.6 }))),
      words(),
    );
    expect(summary).toBe(
      '2025年春节（2025年1月29日）前 28 天至后 42 天，与上年同一农历日期相比 ±-10.0%。2025年窗口只载入了 60.0% 的天数，只比较两年都有的日子。此前 2024年为 ±+27.0%。',
    );
  });

  it('say so where nothing is loaded, or nothing before', () => {
    expect(festivalSummary(answer(), words())).toBe('没有载入任何春节前后的日子。');
    const first = festivalSummary(answer(year(2024, figure(null, { reason: 'no-baseline' }))), words());
    expect(first).toContain('相比 基期未载全。');
  });
});

describe('months that stand out', () => {
  const outliers = [
    { month: '2024-11', kind: 'outlier' as const, effect: brief(-0.24), isSure: true },
    { month: '2024-12', kind: 'shift' as const, effect: brief(0.5), isSure: true },
    { month: '2025-01', kind: 'outlier' as const, effect: brief(0.1), isSure: false },
  ];

  it('are named with what they add, those that are sure', () => {
    expect(outlierSentence({ outliers }, words())).toBe(
      '异常月份：2024年11月（单月 -24.0%）、2024年12月起（+50.0%）。异常月份不用来推断季节；单月之外，水平的变化照样计入。',
    );
    expect(outlierMonths({ outliers })).toEqual(['2024-11', '2024-12']);
  });

  it('are not spoken of where there are none', () => {
    expect(outlierSentence({ outliers: outliers.slice(2) }, words())).toBeNull();
  });
});
