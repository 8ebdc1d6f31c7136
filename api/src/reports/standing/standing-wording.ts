/** The words of a merchant's page as a document. Names of measures are those of their definitions. */
import type { BenchmarkAnswer, RankComponent, ReportLanguage } from '@beltline/contract';

type Differences = NonNullable<BenchmarkAnswer['differences']>;
type Change = NonNullable<BenchmarkAnswer['change']>;
type Factor = Change['factors' | 'buyers' | 'prices'][number]['factor'];
type Found = Differences['found'][number];

export interface StandingWords {
  readonly locale: string;
  readonly title: string;
  readonly kind: string;
  readonly level: string;
  readonly author: string;
  readonly page: string;
  readonly quarter: string;
  readonly facts: Readonly<Record<'owner' | 'quarter' | 'group' | 'version' | 'source', string>>;
  readonly group: string;
  readonly owners: Readonly<Record<'under' | 'between' | 'from', string>>;
  readonly noGroup: Readonly<Record<'too-small' | 'no-belt' | 'no-orders', string>>;
  readonly sections: Readonly<Record<'measures' | 'rank' | 'differences' | 'change', string>>;
  readonly columns: Readonly<Record<'measure' | 'own' | 'band' | 'lower' | 'median' | 'upper', string>>;
  readonly rankColumns: Readonly<Record<'component' | 'weight' | 'band' | 'needs', string>>;
  readonly caption: string;
  readonly band: string;
  readonly rank: string;
  readonly noRank: string;
  readonly components: Readonly<Record<RankComponent, string>>;
  readonly pool: string;
  readonly allGoods: string;
  readonly difference: string;
  readonly noDifference: string;
  readonly noPool: string;
  readonly directions: Readonly<Record<Found['direction'], string>>;
  readonly sizes: Readonly<Record<Found['size'] | 'none', string>>;
  readonly change: string;
  readonly noChange: string;
  readonly factors: Readonly<Record<Factor, string>>;
  /** How sure the price position is. */
  readonly position: string;
  readonly positionAlone: string;
  readonly ways: Readonly<Record<'orders' | 'buyers' | 'prices' | 'turnover', string>>;
  readonly turnover: Readonly<Record<'came' | 'went' | 'stayed', string>>;
  readonly buyers: Readonly<Record<'small' | 'medium' | 'large', string>>;
  readonly part: string;
  readonly amount: string;
  /** Why a figure is not there. */
  readonly none: Readonly<Record<string, string>>;
  readonly withheld: string;
  readonly smallBase: string;
  readonly notes: readonly string[];
}

export const STANDING_WORDS: Readonly<Record<ReportLanguage, StandingWords>> = {
  zh: {
    locale: 'zh-CN',
    title: '我在同行中的位置 · {quarter}',
    kind: '产业带复苏监测 · 商家本人的页面',
    level: '仅供商家本人',
    author: '产业带复苏监测',
    page: '第 {page} 页，共 {pages} 页',
    quarter: '{year} 年第 {no} 季度',
    facts: { owner: '法人主体', quarter: '季度', group: '和谁比', version: '数据版本', source: '来源' },
    group: '{belts}（{goods}），{count}',
    owners: { under: '不到 {below} 家', between: '{from} 家以上、不到 {below} 家', from: '{from} 家以上' },
    noGroup: {
      'too-small': '和你情况相同的商家太少，或其中一家太大，只有你自己的数字',
      'no-belt': '店铺不属于任何产业带，只有你自己的数字',
      'no-orders': '这个季度没有成交',
    },
    sections: {
      measures: '逐项',
      rank: '综合排名',
      differences: '恢复好的有什么不同',
      change: '我的变化从哪里来',
    },
    columns: { measure: '指标', own: '我', band: '档', lower: '下四分位', median: '中位', upper: '上四分位' },
    rankColumns: { component: '项目', weight: '权重', band: '档', needs: '升一档要到' },
    caption: '金额单位 {currency}；同组数字为相邻几家的平均，三位有效数字',
    band: '{place}/{of}',
    rank: '从差到好 {of} 档，你在第 {place} 档；权重变动时有 {sureness} 的情形仍在这一档。',
    noRank: '没有综合排名：可比的项目或商家太少。',
    components: {
      goods: '商品',
      service: '服务',
      fulfilment: '履约',
      'after-sales': '售后',
      'new-products': '上新',
      hits: '爆款',
      price: '价格',
    },
    pool: '{goods}商家里“{recovery}”最高的四分之一与其余相比（{count}；括号内为差别大小，及 95% 的把握的范围）：',
    allGoods: '各类产品的',
    difference: '{measure}{direction}（{size}，{least}到{most}）。',
    noDifference: '没有偶然之外的差别。',
    noPool: '同类商家太少，无法比较。',
    directions: { higher: '更高', lower: '更低' },
    sizes: { none: '可忽略', small: '较小', middling: '中等', large: '较大' },
    change: '比 {quarter} {change}（当时 {baseline}）。',
    noChange: '上年同季没有完整的数据，无法比较。',
    factors: {
      ...{ orders: '订单数', 'pieces-per-order': '每单件数', 'value-per-piece': '单价' },
      ...{ buyers: '买家数', 'orders-per-buyer': '每个买家的订单', 'value-per-order': '每单金额' },
      ...{ price: '同款价格', volume: '数量与品种' },
    },
    position: '与同类货的价格比：能比的占自己金额的 {matched}，90% 的把握在 {low} 至 {high} 之间。',
    positionAlone: '与同类货的价格比：能比的占自己金额的 {matched}；几乎只有一款，说不出误差。',
    ways: {
      orders: '按订单：{parts}。',
      buyers: '按买家：{parts}。',
      prices: '按价格：{parts}。',
      turnover: '按买家来去：{parts}。',
    },
    turnover: { came: '新来的', went: '走掉的', stayed: '留下的' },
    buyers: { small: '小买家', medium: '中等买家', large: '大买家' },
    part: '项目',
    amount: '变化',
    none: {
      'no-data': '无数据',
      'no-baseline': '无基期',
      'baseline-zero': '基期为零',
      'lines-replaced': '明细已被更新',
      'not-told': '来源未提供',
      'no-base-year': '无完整基准年',
      'too-few-clean-years': '可比年份不足',
      'no-matched-items': '无同款',
      'too-few-matched': '同款太少',
    },
    withheld: '保密',
    smallBase: '（基数小）',
    notes: ['同组数字都经过保密处理，看不出任何一家；差别是相关，不是因果。各项口径见“我的位置”的口径页。'],
  },
  en: {
    locale: 'en',
    title: 'My place among peers · {quarter}',
    kind: 'Beltline · a merchant’s own page',
    level: 'for the merchant alone',
    author: 'Beltline',
    page: 'page {page} of {pages}',
    quarter: 'Q{no} {year}',
    facts: {
      owner: 'Legal owner',
      quarter: 'Quarter',
      group: 'Compared with',
      version: 'Data version',
      source: 'Source',
    },
    group: '{belts} ({goods}), {count}',
    owners: {
      under: 'fewer than {below}',
      between: '{from} or more, fewer than {below}',
      from: '{from} or more',
    },
    noGroup: {
      'too-small': 'too few are like you, or one of them is too large: your own figures alone',
      'no-belt': 'your shops are in no belt: your own figures alone',
      'no-orders': 'nothing was sold in this quarter',
    },
    sections: {
      measures: 'One by one',
      rank: 'Rank of several measures',
      differences: 'What those who recover best do differently',
      change: 'Where my change comes from',
    },
    columns: {
      measure: 'Measure',
      own: 'Me',
      band: 'Band',
      lower: 'Lower quartile',
      median: 'Median',
      upper: 'Upper quartile',
    },
    rankColumns: { component: 'Part', weight: 'Weight', band: 'Band', needs: 'To move up' },
    caption: 'Money in {currency}; figures of the group are means of several neighbours, in three digits',
    band: '{place} of {of}',
    rank: 'Band {place} of {of}, counted from the worst; with other weights it stays in {sureness} of cases.',
    noRank: 'There is no rank: too few parts or merchants can be compared.',
    components: {
      goods: 'Goods',
      service: 'Service',
      fulfilment: 'Fulfilment',
      'after-sales': 'After-sales',
      'new-products': 'New products',
      hits: 'Hits',
      price: 'Price',
    },
    pool: 'Of merchants with {goods} ({count}), the quarter with the highest “{recovery}” beside the rest, with the size of the difference and its range at 95 %:',
    allGoods: 'goods of several kinds',
    difference: '{measure}: {direction} ({size}, {least} to {most}).',
    noDifference: 'There is no difference beyond chance.',
    noPool: 'Too few merchants are like you to be compared.',
    directions: { higher: 'higher', lower: 'lower' },
    sizes: { none: 'none', small: 'small', middling: 'middling', large: 'large' },
    change: '{change} on {quarter} (then {baseline}).',
    noChange: 'The same quarter of the year before is not wholly loaded.',
    factors: {
      ...{
        orders: 'Orders',
        'pieces-per-order': 'Pieces in an order',
        'value-per-piece': 'Price of a piece',
      },
      ...{
        buyers: 'Buyers',
        'orders-per-buyer': 'Orders of a buyer',
        'value-per-order': 'Value of an order',
      },
      ...{ price: 'Prices of the same items', volume: 'Volume and mix' },
    },
    position:
      'Prices beside like goods: {matched} of your value is compared; interval of 90 %: {low} to {high}.',
    positionAlone:
      'Prices beside like goods: {matched} of your value can be compared, nearly all of one item, so no error can be told.',
    ways: {
      orders: 'By orders: {parts}.',
      buyers: 'By buyers: {parts}.',
      prices: 'By prices: {parts}.',
      turnover: 'By who came and went: {parts}.',
    },
    turnover: { came: 'who came', went: 'who went', stayed: 'who stayed' },
    buyers: { small: 'Small buyers', medium: 'Medium buyers', large: 'Large buyers' },
    part: 'Part',
    amount: 'Change',
    none: {
      'no-data': 'no data',
      'no-baseline': 'no baseline',
      'baseline-zero': 'baseline zero',
      'lines-replaced': 'lines replaced',
      'not-told': 'not told by the source',
      'no-base-year': 'no whole base year',
      'too-few-clean-years': 'too few years',
      'no-matched-items': 'no same items',
      'too-few-matched': 'too few same items',
    },
    withheld: 'confidential',
    smallBase: ' (small base)',
    notes: [
      'Figures of the group have passed disclosure control: nobody can be made out. Differences are associations, no causes. Meanings: the definitions of My place.',
    ],
  },
};
