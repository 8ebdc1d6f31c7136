/** What a report says in each language, beside names of places, tracks and measures. */
import type { CellState, ReportLanguage } from '@beltline/contract';

export interface ReportWords {
  readonly locale: string;
  readonly kind: string;
  /** With {province} and {month}. */
  readonly title: string;
  readonly level: string;
  readonly page: string;
  readonly author: string;
  readonly facts: Readonly<
    Record<'region' | 'month' | 'source' | 'version' | 'edition' | 'made' | 'digest', string>
  >;
  readonly sections: Readonly<Record<'essentials' | 'tracks' | 'cities' | 'belts' | 'notes', string>>;
  readonly captions: Readonly<
    Record<'compared' | 'tracks' | 'cities' | 'belts' | 'values' | 'rates', string>
  >;
  readonly columns: Readonly<
    Record<
      'area' | 'track' | 'goods' | 'gmv' | 'growth' | 'orders' | 'pieces' | 'nationGmv' | 'nationGrowth',
      string
    >
  >;
  readonly nation: string;
  readonly states: Readonly<Record<Exclude<CellState, 'shown'>, string>>;
  readonly noRate: string;
  readonly smallBase: string;
  readonly sentences: Readonly<
    Record<
      | 'value'
      | 'valueSuppressed'
      | 'valueZero'
      | 'valueUnknown'
      | 'rate'
      | 'rateMerged'
      | 'rateSuppressed'
      | 'rateNone'
      | 'rateSmallBase'
      | 'share'
      | 'largestTrack'
      | 'largestBelt'
      | 'belts'
      | 'noBelts',
      string
    >
  >;
  readonly notes: readonly string[];
}

const ZH: ReportWords = {
  locale: 'zh-CN',
  kind: '产业带复苏监测 · 地区月报',
  title: '{province}产业带月报　{month}',
  level: '经披露控制后公布',
  page: '第 {page} 页，共 {pages} 页',
  author: '产业带复苏监测',
  facts: {
    region: '地区',
    month: '月份',
    source: '来源',
    version: '数据版本',
    edition: '版次',
    made: '公布于',
    digest: '数据集 SHA-256',
  },
  sections: { essentials: '要点', tracks: '按赛道', cities: '城市', belts: '产业带', notes: '说明' },
  captions: {
    compared: '本省与全国：成交额（{currency}）、同比、订单数与件数',
    tracks:
      '各赛道：本省成交额（{currency}）、同比、订单数与件数，以及全国的成交额与同比。赛道相互重叠，不能相加',
    cities: '各城市：成交额（{currency}）、同比、订单数与件数',
    belts: '各产业带：成交额（{currency}）、同比、订单数与件数',
    values: '各产业带按赛道的成交额（万元{currency}）',
    rates: '各产业带按赛道的成交额同比',
  },
  columns: {
    area: '地区',
    track: '赛道',
    goods: '商品',
    gmv: '成交额',
    growth: '同比',
    orders: '订单数',
    pieces: '件数',
    nationGmv: '全国成交额',
    nationGrowth: '全国同比',
  },
  nation: '全国',
  states: { suppressed: '保密', zero: '没有订单', 'no-data': '无数据' },
  noRate: '—',
  smallBase: '基数过小',
  sentences: {
    value: '{month}，{area}产业带的成交额为 {value}。',
    valueSuppressed: '{month}，{area}产业带的成交额不公布。',
    valueZero: '{month}，{area}产业带没有订单。',
    valueUnknown: '{month}，{area}产业带的成交额不知道。',
    rate: '成交额同比 {rate}；全国 {nation}。',
    rateMerged: '一、二月合计，成交额同比 {rate}；全国 {nation}。',
    rateSuppressed: '成交额的同比不公布。',
    rateNone: '成交额没有同比：去年同期没有公布的数字。',
    rateSmallBase: '成交额的同比基数过小，不作比较。',
    share: '占全国产业带成交额的 {share}。',
    largestTrack: '在公布的赛道中，成交额最大的是{track}，为 {value}。',
    largestBelt: '在公布的产业带中，成交额最大的是{belt}，为 {value}。',
    belts: '本报告列出 {count} 个产业带，其中 {shown} 个公布了全部订单的成交额。',
    noBelts: '本报告没有产业带。',
  },
  notes: [
    '保密：有订单，但不公布，因为涉及的商家太少，或者公布它就能推算出别家。没有订单：这个月没有有效订单。无数据：这次公布里没有它。',
    '同比是公布的成交额与去年同期公布的成交额之比减一；一月与二月合并计算，因为春节落在其中一个月。两期的数字都公布时才有同比。同比不附区间，因此不说明上升或下降是否确定。',
    '成交额为退款前的已付金额；一个订单在几家商家下单，各记一个。赛道相互重叠，不能相加。',
    '一经公布不再改动：之后的订单更正不会改变本月的数字。数据集（JSON）与本文件的数字相同，其 SHA-256 印在第一页。',
  ],
};

const EN: ReportWords = {
  locale: 'en-GB',
  kind: 'Beltline · monthly report of a region',
  title: '{province}: industrial belts in {month}',
  level: 'Published after disclosure control',
  page: 'Page {page} of {pages}',
  author: 'Beltline',
  facts: {
    region: 'Region',
    month: 'Month',
    source: 'Source',
    version: 'Data version',
    edition: 'Edition',
    made: 'Published',
    digest: 'SHA-256 of the data set',
  },
  sections: {
    essentials: 'Essentials',
    tracks: 'By track',
    cities: 'Cities',
    belts: 'Belts',
    notes: 'Notes',
  },
  captions: {
    compared: 'The province and the nation: GMV ({currency}), growth, orders and pieces',
    tracks:
      'Each track: GMV ({currency}), growth, orders and pieces of the province, and GMV and growth of the nation. Tracks overlap and do not add up',
    cities: 'Each city: GMV ({currency}), growth, orders and pieces',
    belts: 'Each belt: GMV ({currency}), growth, orders and pieces',
    values: 'GMV of each belt by track (10,000 {currency})',
    rates: 'Growth of GMV of each belt by track',
  },
  columns: {
    area: 'Area',
    track: 'Track',
    goods: 'Goods',
    gmv: 'GMV',
    growth: 'Growth',
    orders: 'Orders',
    pieces: 'Pieces',
    nationGmv: 'GMV, nation',
    nationGrowth: 'Growth, nation',
  },
  nation: 'Nation',
  states: { suppressed: 'withheld', zero: 'no orders', 'no-data': 'not known' },
  noRate: '–',
  smallBase: 'base too small',
  sentences: {
    value: 'In {month} the GMV of the belts of {area} was {value}.',
    valueSuppressed: 'The GMV of the belts of {area} in {month} is withheld.',
    valueZero: 'In {month} the belts of {area} had no orders.',
    valueUnknown: 'The GMV of the belts of {area} in {month} is not known.',
    rate: 'Growth of GMV over a year before: {rate}; the nation: {nation}.',
    rateMerged: 'Growth of GMV in January and February together: {rate}; the nation: {nation}.',
    rateSuppressed: 'The growth of GMV is withheld.',
    rateNone: 'There is no growth of GMV: nothing was published of the same period a year before.',
    rateSmallBase: 'The base of the growth of GMV is too small to compare with.',
    share: 'That is {share} of the GMV of all belts of the nation.',
    largestTrack: 'Of the tracks that are published, {track} has the largest GMV: {value}.',
    largestBelt: 'Of the belts that are published, {belt} has the largest GMV: {value}.',
    belts: 'Belts in this report: {count}; with a published GMV of all orders: {shown}.',
    noBelts: 'There is no belt in this report.',
  },
  notes: [
    'Withheld: there are orders, and what they come to is not published, because too few firms are behind it or because others could be worked out from it. No orders: none in that month. Not known: it is not in this release.',
    'Growth is the published GMV over the published GMV of a year before, less one; January and February are taken together, because the Spring Festival falls into either. It is there where both are published. It comes without an interval, so nothing is said of how sure a rise or a fall is.',
    'GMV is what was paid before refunds; an order of several shops counts once for each. Tracks overlap and do not add up.',
    'Once published, the figures of a month stay: later corrections of orders do not change them. The data set (JSON) has the same figures as this document; its SHA-256 is on the first page.',
  ],
};

export const REPORT_WORDS: Readonly<Record<ReportLanguage, ReportWords>> = { zh: ZH, en: EN };

/** A text with its places filled. @throws Error where one is not given: a report never shows a bracket. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a report’s text asks for ${name}`);
    return value;
  });
