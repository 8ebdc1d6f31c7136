import type { PricesAnswer, SureFigure } from '@beltline/contract';
import { brief, dates, numbers } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import type { Translate } from '../../i18n/translate.ts';
import { figure } from '../../charts/recovery.fixture.ts';
import { changeSummary } from './change-summary.ts';
import {
  chainSummary,
  indexWords,
  matchedWords,
  priceParts,
  priceSummary,
  unsureWords,
} from './price-summary.ts';

let t: Translate;
let en: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
  en = await translatorOf('en');
});

describe('a split of a change', () => {
  const between = (low: number, high: number, more: Partial<SureFigure> = {}) =>
    ({ uncertainty: { low, high, grade: 'A' }, uncertaintyReason: null, ...more }) as SureFigure;
  const part = (
    name: string,
    change: number,
    contribution: number | null = change / 100,
    sure: SureFigure | null = between(change / 200, change / 50),
  ) => ({ id: name, name, change, contribution, sure });
  const summary = (
    parts: ReturnType<typeof part>[],
    growth: number | null,
    flag: 'final' | 'base-too-small' = 'final',
    words = t,
  ) => {
    const rate = brief(growth, growth === null ? { reason: 'baseline-zero' } : { flag });
    const interval = growth === null ? null : between(growth / 2, growth * 2).uncertainty;
    return changeSummary(
      {
        parts,
        growth: { ...rate, uncertainty: interval },
        reason: null,
        comparison: 'year-ago',
        unit: 'money',
      },
      { numbers, t: words },
    );
  };

  it('is told by what adds most and what takes most', () => {
    expect(summary([part('商家', 3), part('频次', 20), part('客单', -5)], 0.18)).toBe(
      '成交额同比 ▲+18.0%；拉动最多的是频次（+20.00 个百分点），拖累最多的是客单（-5.00 个百分点）。',
    );
    expect(summary([part('商家', 3)], 0.03)).toContain('没有拖累');
    expect(summary([part('商家', -3)], -0.03)).toContain('没有拉动');
  });

  it('names no gain or loss that reads as 0.00 points', () => {
    expect(summary([part('频次', 20), part('客单', -5, -0.00001)], 0.18)).toContain('没有拖累');
    expect(summary([part('频次', 0.1, 0.00001)], 0)).toContain('都没有增减');
  });

  it('says when what adds or takes most may be chance, and why that is not known', () => {
    const reason = between(0, 0, { uncertainty: null, uncertaintyReason: 'buyers-of-many-owners' });
    const parts = [part('频次', 20, 0.2, reason), part('客单', -5, -0.05, between(-0.2, 0.1))];
    expect(summary(parts, 0.18)).toBe(
      '成交额同比 ▲+18.0%；拉动最多的是频次（+20.00 个百分点，一个买家向多个法人主体采购，无法按主体计算区间），拖累最多的是客单（-5.00 个百分点，可能出于偶然）。',
    );
    expect(summary([part('频次', 20, 0.2, null)], 0.18)).toContain('频次（+20.00 个百分点，可靠程度未知）');
  });

  it('is told in money and without a rate where the base is too small', () => {
    const small = (words: Translate) =>
      summary([part('商家', 300, null), part('客单', -50, null)], 1032.588, 'base-too-small', words);
    expect(small(t)).toBe('成交额同比 基数过小；拉动最多的是商家（+¥300），拖累最多的是客单（-¥50）。');
    expect(small(en)).toBe(
      'GMV year on year: base too small; the largest gain is 商家 (+¥300), the largest loss 客单 (-¥50).',
    );
  });

  it('of what has not changed says that, and not that there are no data', () => {
    expect(summary([part('商家', 0), part('频次', 0)], 0)).toBe('成交额同比 ▬0.0%；各部分都没有增减。');
    expect(summary([part('商家', 0)], 0, 'final', en)).toMatch(/; no part has gained or lost\.$/);
  });

  it('says why it cannot be made', () => {
    expect(summary([part('商家', 3, null)], null)).toBe('成交额同比：基期为零，无法拆分。');
  });
});

describe('price and volume', () => {
  const sure = (value: number | null) => ({ ...brief(value), uncertainty: null, uncertaintyReason: null });
  const answer = (more: Partial<PricesAnswer> = {}) =>
    ({
      meta: { comparison: 'year-ago' },
      reason: null,
      tornqvist: figure(94.2, { unit: 'index' }),
      volume: figure(139.1, { unit: 'index' }),
      priceChange: sure(-1200),
      volumeChange: sure(8000),
      matchedSkus: 38,
      matchedShare: brief(0.612),
      baselineMatchedShare: brief(0.7),
      ...more,
    }) as PricesAnswer;

  it('are two parts of the change', () => {
    expect(priceParts(answer(), t).map(({ name, change }) => [name, change])).toEqual([
      ['数量因素', 8000],
      ['价格因素', -1200],
    ]);
    expect(priceParts(answer({ priceChange: sure(null) }), t)).toEqual([]);
  });

  it('are told by their indices and what they did', () => {
    expect(priceSummary(answer(), { numbers, t })).toBe(
      '按两期都在售的商品（占成交额 61.2%）计算，价格指数 94.2；全部成交额剔除这一价格变化，数量指数 139.1（基期 = 100）。价格使成交额变化 -¥1,200，数量使其变化 +¥8,000。',
    );
    expect(priceSummary(answer({ volumeChange: sure(null) }), { numbers, t })).not.toContain('使成交额变化');
    expect(
      priceSummary(answer({ tornqvist: figure(null, { reason: 'no-matched-items' }) }), { numbers, t }),
    ).toBe('成交额同比：没有两期都在售的商品，无法区分价与量。');
    const none = answer({ tornqvist: figure(null, { reason: 'no-baseline' }) });
    expect(priceSummary(none, { numbers, t: en })).toBe(
      'The change of GMV year on year cannot be split into price and volume: baseline incomplete.',
    );
  });

  it('have intervals, and say so where chance may have given their directions', () => {
    const index = (value: number, low: number, high: number) =>
      figure(value, { unit: 'index', uncertainty: { low, high, grade: 'A' } });
    const war = answer({ tornqvist: index(94.2, 92, 96.4), volume: index(139.1, 120, 160) });
    expect(priceSummary(war, { numbers, t: en })).toMatch(
      /is 94\.2 \(between 92\.0 and 96\.4\); .* is 139\.1 \(between 120\.0 and 160\.0\)/,
    );
    expect(priceSummary(war, { numbers, t })).toContain('价格指数 94.2（92.0 至 96.4 之间）');
    expect(unsureWords(war, en)).toBeNull();
    const chance = { tornqvist: index(99, 97, 101), volume: index(101, 90, 112) };
    expect(unsureWords(answer(chance), en)).toMatch(/both price and volume/);
    expect(unsureWords({ ...war, tornqvist: chance.tornqvist }, t)).toBe('价格的升降可能出于偶然（±）。');
    expect(unsureWords({ ...war, volume: chance.volume }, t)).toBe('数量的升降可能出于偶然（±）。');
    const few = figure(94.2, { unit: 'index', uncertaintyReason: 'too-few-owners' });
    expect(unsureWords(answer({ tornqvist: few, volume: few }), t)).toContain('不判断是否内卷');
  });

  it('say what they are of, and nothing where that is too little', () => {
    expect(matchedWords(answer(), { numbers, t: en })).toBe(
      '38 items were sold in both periods: 61.2% of GMV, in the baseline 70.0%.',
    );
    expect(matchedWords(answer({ matchedSkus: 1 }), { numbers, t: en })).toMatch(/^1 item was sold/);
    const few = figure(null, { unit: 'index', reason: 'too-few-matched' });
    expect(
      priceSummary(answer({ reason: 'too-few-matched', tornqvist: few, volume: few }), { numbers, t }),
    ).toBe('成交额同比：两期都在售的商品太少，不足以代表全部，无法区分价与量。');
    const small = figure(83.4, { unit: 'index', flag: 'base-too-small' });
    expect(priceSummary(answer({ tornqvist: small, volume: small }), { numbers, t })).toBe(
      '成交额同比：基数过小，无法区分价与量。',
    );
    expect([small, few, figure(83.4)].map((one) => indexWords(one, { numbers, t }))).toEqual([
      '基数过小',
      '两期都在售的商品太少，不足以代表全部',
      '83.4',
    ]);
  });

  it('are chained from the first month that has an index to the last', () => {
    const words = { numbers, dates, t };
    const chainTo = (last: Partial<SureFigure> | null) => [
      { month: '2024-01', index: brief(100), skus: 9, sure: null },
      {
        ...{ month: '2024-02', index: brief(96.25), skus: 9 },
        sure: last && { ...brief(96.25), uncertainty: null, uncertaintyReason: null, ...last },
      },
      { month: '2024-03', index: brief(null), skus: 0, sure: null },
    ];
    const between = (low: number, high: number) => ({ uncertainty: { low, high, grade: 'A' as const } });
    expect(chainSummary(chainTo(between(94, 98.5)), null, words)).toBe(
      '2024年1月为 100，2024年2月为 96.3（94.0 至 98.5 之间）。',
    );
    expect(chainSummary(chainTo(between(91, 101.5)), null, words)).toBe(
      '2024年1月为 100，2024年2月为 96.3（91.0 至 101.5 之间），升降可能出于偶然（±）。',
    );
    expect(chainSummary(chainTo({ uncertaintyReason: 'too-few-owners' }), null, words)).toContain(
      '升降无法判断可靠程度',
    );
    expect(chainSummary(chainTo(null), 'why.priceLevelWaiting', words)).toContain('正在计算');
    expect(chainSummary(chainTo(null), 'why.priceLevelFailed', words)).toContain('可能出于偶然');
    expect(chainSummary(chainTo(null).slice(2), null, words)).toBe('没有可以相连的价格。');
  });
});
