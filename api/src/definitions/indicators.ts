/** What the indicators of recovery and of its causes mean, in both languages. */
import type { Definition, Unit } from '@beltline/contract';

export type Words = Pick<Definition, 'name' | 'text' | 'formula' | 'source'>;
export type IndicatorWords = Words & { readonly id: string; readonly unit: Unit };

export const words = (
  zh: [string, string],
  en: [string, string],
  formula: string,
  source: string,
): Words => ({
  name: { zh: zh[0], en: en[0] },
  text: { zh: zh[1], en: en[1] },
  formula,
  source,
});

const DAYS = 'rollup_belt_day';
const MERCHANTS = 'rollup_merchant_month';
const SKUS = 'rollup_sku_month';

const RECOVERY: readonly IndicatorWords[] = [
  {
    id: 'lunar-growth',
    unit: 'ratio',
    ...words(
      ['农历同比', '与上年对应日相比的增长：春节前28天至后42天按农历对齐，其余日子按公历。'],
      [
        'Lunar-aligned growth',
        'Growth against the matching days of the year before: by lunar days from 28 before to 42 after the New Year, by the calendar otherwise.',
      ],
      'Σ days ÷ Σ matching days of the year before − 1',
      DAYS,
    ),
  },
  {
    id: 'recovery-ratio',
    unit: 'index',
    ...words(
      ['恢复度', '与基准年对应日（春节前后按农历对齐）相比的水平，100 表示已回到基准年。'],
      [
        'Recovery ratio',
        'The level against the matching days of the reference year, lunar-aligned around the New Year; 100 = back to the reference.',
      ],
      '100 × Σ days ÷ Σ matching days of the reference year',
      `${DAYS}; Opportunity Insights Economic Tracker, data documentation`,
    ),
  },
  {
    id: 'breadth',
    unit: 'points',
    ...words(
      ['扩散度', '近三个月与上年同期相比上升的商家占比，持平计一半；50 为中性。'],
      [
        'Breadth',
        'Share of merchants that rise over three months against the same three a year before, unchanged ones half; 50 is neutral.',
      ],
      '% rising + ½ × % unchanged',
      MERCHANTS,
    ),
  },
  {
    id: 'nowcast',
    unit: 'money',
    ...words(
      [
        '即时预测',
        '根据往年同月（春节前后按农历日）与近期月份的完成进度，推算未满月份的全月值；区间取自以往误差。',
      ],
      [
        'Nowcast',
        'The whole of a running month from how the same month filled up in earlier years, by lunar days around the New Year; the band is drawn from its own past errors.',
      ],
      'chain ladder over days of the month, weekdays taken out',
      `${DAYS}; Mack (1993), ASTIN Bulletin 23(2)`,
    ),
  },
];

const CAUSES: readonly IndicatorWords[] = [
  {
    id: 'turnover',
    unit: 'ratio',
    ...words(
      [
        '商家更替增长',
        '变化除以两期均值，介于 −2 与 2 之间；分为进入、扩张、持平、收缩与退出的商家，各部分之和等于总体。',
      ],
      [
        'Turnover growth',
        'Change divided by the mean of both periods, from −2 to 2, split by merchants that entered, grew, stayed, shrank or left; the parts add up.',
      ],
      '(x₁ − x₀) ÷ ((x₀ + x₁) ÷ 2)',
      `${MERCHANTS}; Davis, Haltiwanger and Schuh (1996)`,
    ),
  },
  {
    id: 'same-store',
    unit: 'ratio',
    ...words(
      ['同店增长', '两期均有成交的商家的增长，与全部商家的增长并列。'],
      ['Same-store growth', 'Growth of the merchants active in both periods, beside that of all.'],
      '(x₁ − x₀) ÷ x₀ over merchants with x₀ > 0 and x₁ > 0',
      MERCHANTS,
    ),
  },
  {
    id: 'price-index',
    unit: 'index',
    ...words(
      ['价格指数', '两期均有销售的商品（SKU）的价格变化，基期为 100；分托恩奎斯特、费雪、拉氏与帕氏四种。'],
      [
        'Price index',
        'Price change of the SKUs sold in both periods, the baseline is 100; by Törnqvist, Fisher, Laspeyres and Paasche.',
      ],
      'Törnqvist: 100 × exp Σ ½ (s₀ + s₁) ln(p₁ ÷ p₀)',
      `${SKUS}; Producer Price Index Manual (2004), chapters 15 and 19`,
    ),
  },
  {
    id: 'volume-index',
    unit: 'index',
    ...words(
      ['物量指数', '价值指数除以托恩奎斯特价格指数，基期为 100。'],
      ['Volume index', 'Value index divided by the Törnqvist price index; the baseline is 100.'],
      '100 × (value ÷ baseline) ÷ (price index ÷ 100)',
      SKUS,
    ),
  },
  {
    id: 'hhi',
    unit: 'points',
    ...words(
      ['赫芬达尔指数', '各动销商家成交额份额（百分数）的平方和，最高 10000。'],
      ['HHI', "Sum of the squared shares (in %) of active merchants' GMV, 10,000 at most."],
      'Σ (share in %)²',
      MERCHANTS,
    ),
  },
  {
    id: 'gini',
    unit: 'index',
    ...words(
      ['基尼系数', '各动销商家成交额的不均程度，0 为完全平均；不作小样本修正。'],
      [
        'Gini coefficient',
        'How unevenly GMV is spread over active merchants, 0 = evenly; without the small-sample correction.',
      ],
      'Σ Σ |xᵢ − xⱼ| ÷ (2 n² mean)',
      MERCHANTS,
    ),
  },
  {
    id: 'top-fifth',
    unit: 'ratio',
    ...words(
      ['前五分之一份额', '成交额最大的 20% 动销商家占全部成交额的比例；人数不为整数时按小数计入下一家。'],
      [
        'Share of the top fifth',
        'Part of GMV made by the largest 20 % of active merchants; where that is no whole number the next one counts with the fraction.',
      ],
      'Σ of the largest 20 % ÷ Σ',
      MERCHANTS,
    ),
  },
];

export const INDICATORS: readonly IndicatorWords[] = [...RECOVERY, ...CAUSES];
