import type { PricesAnswer } from '@beltline/contract';
import { dates, numbers } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import type { Translate } from '../../i18n/translate.ts';
import { figure } from '../../charts/recovery.fixture.ts';
import { changeSummary } from './change-summary.ts';
import { chainSummary, priceParts, priceSummary } from './price-summary.ts';

let t: Translate;
let en: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
  en = await translatorOf('en');
});

describe('a split of a change', () => {
  const part = (name: string, change: number, contribution: number | null = change / 100) => ({
    id: name,
    name,
    change,
    contribution,
  });
  const summary = (parts: ReturnType<typeof part>[], growth: number | null) =>
    changeSummary(
      {
        parts,
        growth,
        reason: growth === null ? 'baseline-zero' : null,
        comparison: 'year-ago',
        unit: 'money',
      },
      { numbers, t },
    );

  it('is told by what adds most and what takes most', () => {
    expect(summary([part('商家', 3), part('频次', 20), part('客单', -5)], 0.18)).toBe(
      '成交额同比 ▲+18.0%；拉动最多的是频次（+20.00 个百分点），拖累最多的是客单（-5.00 个百分点）。',
    );
    expect(summary([part('商家', 3)], 0.03)).toContain('没有拖累');
    expect(summary([part('商家', -3)], -0.03)).toContain('没有拉动');
  });

  it('says why it cannot be made', () => {
    expect(summary([part('商家', 3, null)], null)).toBe('成交额同比：基期为零，无法拆分。');
  });
});

describe('price and volume', () => {
  const answer = (more: Partial<PricesAnswer> = {}) =>
    ({
      meta: { comparison: 'year-ago' },
      reason: null,
      tornqvist: figure(94.2, { unit: 'index' }),
      volume: figure(139.1, { unit: 'index' }),
      priceChange: -1200,
      volumeChange: 8000,
      ...more,
    }) as PricesAnswer;

  it('are two parts of the change', () => {
    expect(priceParts(answer(), t).map(({ name, change }) => [name, change])).toEqual([
      ['数量因素', 8000],
      ['价格因素', -1200],
    ]);
    expect(priceParts(answer({ priceChange: null }), t)).toEqual([]);
  });

  it('are told by their indices and what they did', () => {
    expect(priceSummary(answer(), { numbers, t })).toBe(
      '两期都在售的商品价格指数 94.2，数量指数 139.1（基期 = 100）；价格使成交额变化 -¥1,200，数量使其变化 +¥8,000。',
    );
    expect(priceSummary(answer({ volumeChange: null }), { numbers, t })).not.toContain('变化');
    expect(
      priceSummary(answer({ tornqvist: figure(null, { reason: 'no-matched-items' }) }), { numbers, t }),
    ).toBe('成交额同比：没有两期都在售的商品，无法区分价与量。');
    const none = answer({ tornqvist: figure(null, { reason: 'no-baseline' }) });
    expect(priceSummary(none, { numbers, t: en })).toBe(
      'The change of GMV year on year cannot be split into price and volume: baseline incomplete.',
    );
  });

  it('are chained from the first month that has an index to the last', () => {
    const chain = [
      { month: '2024-01', index: 100, skus: 9 },
      { month: '2024-02', index: 96.25, skus: 9 },
      { month: '2024-03', index: null, skus: 0 },
    ];
    expect(chainSummary(chain, { numbers, dates, t })).toBe('2024年1月为 100，2024年2月为 96.3。');
    expect(chainSummary(chain.slice(2), { numbers, dates, t })).toBe('没有可以相连的价格。');
  });
});
