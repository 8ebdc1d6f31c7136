/** What a report says of who carries growth, in each language. */
import type { CarrierMeasure, ReportLanguage } from '@beltline/contract';
import type { Nearly } from './share-cell.ts';

/** The parts that growth is told in. */
export type GrowthPart = 'fromNewcomers' | 'fromOthers';

/** Figures of all orders that say who carries growth, as a revision names them. */
export type CarrierFigure = CarrierMeasure | 'from-newcomers' | 'from-others' | 'leavers' | 'same-store';

export interface CarrierWords {
  readonly section: string;
  readonly captions: Readonly<Record<'compared' | 'months' | 'cities' | 'belts', string>>;
  readonly measure: string;
  readonly names: Readonly<Record<CarrierFigure | GrowthPart, string>>;
  /** The same over six columns beside each other. */
  readonly heads: Readonly<Record<CarrierMeasure | GrowthPart | 'leavers' | 'same-store', string>>;
  /**
   * `told`: with {measure} and {share}, then each area around with {area} and {share}; `parts`: with {rate}, {newcomers} and {others}; `sameStore`: with {same} and {rate}, then `leavers` with
   * {share} or nothing.
   */
  readonly sentences: Readonly<
    Record<
      | 'told'
      | 'around'
      | 'join'
      | 'open'
      | 'end'
      | 'suppressed'
      | 'unknown'
      | 'parts'
      | 'partsSuppressed'
      | 'partsUnknown'
      | 'sameStore'
      | 'leavers'
      | 'sameStoreSuppressed'
      | 'sameStoreUnknown',
      string
    >
  >;
  readonly nearly: Nearly;
  readonly notes: readonly string[];
  /** Of data sets that tell of the same shops, in the place of the last but one of `notes`. */
  readonly sameStoreNotes: readonly string[];
  /** A column of a list of figures: whether a share of {measure} is there, and why not. */
  readonly state: string;
}

export const CARRIER_WORDS: Readonly<Record<ReportLanguage, CarrierWords>> = {
  zh: {
    section: '由谁带动',
    captions: {
      compared: '本地区与所在地区、全国由谁带动，全部订单',
      months: '各月由谁带动，全部订单，均为各月公布的数字',
      cities: '各城市由谁带动，全部订单',
      belts: '各产业带由谁带动，全部订单',
    },
    measure: '指标',
    names: {
      newcomers: '新进商家占成交额',
      breadth: '扩散面',
      fromNewcomers: '同比中来自新进商家',
      fromOthers: '同比中来自其余',
      'from-newcomers': '同比中来自新进商家',
      'from-others': '同比中来自其余',
      leavers: '退出商家占去年同期成交额',
      'same-store': '同店成交额同比',
    },
    heads: {
      newcomers: '新进商家占比',
      breadth: '扩散面',
      fromNewcomers: '同比：新进',
      fromOthers: '同比：其余',
      'same-store': '同店同比',
      leavers: '退出商家占去年',
    },
    sentences: {
      told: '{measure} {share}',
      around: '{area} {share}',
      ...{ open: '；', join: '，', end: '。' },
      suppressed: '{measure}不公布。',
      unknown: '{measure}没有数字。',
      parts: '成交额同比 {rate}，其中新进商家 {newcomers}，其余 {others}（均相对于去年同期的成交额）。',
      partsSuppressed: '同比来自谁不公布。',
      partsUnknown: '同比来自谁没有数字。',
      sameStore: '同店成交额同比 {same}，全部商家 {rate}',
      leavers: '；去年同期的成交额中，{share} 来自本期已无成交的商家',
      sameStoreSuppressed: '同店成交额同比不公布。',
      sameStoreUnknown: '同店成交额同比没有数字。',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    notes: [
      '新进商家占成交额：去年同期（一月、二月各按两个月合计）在该产业带没有成交的法人当月的成交额，占全部成交额的份额。',
      '扩散面：在本期或去年同期有成交的法人中，成交额比去年同期增加的份额，大致持平的计一半；停止成交的计为没有增加。一月的要到二月结束后才知道，故只在二月公布，按两个月合计。不按商家大小加权；按法人计，不按店铺计。',
      '同比分为两部分：新进商家的成交额，以及其余商家的成交额减去去年同期全部成交额，均除以去年同期全部成交额，两者相加即为同比。其余一项已扣除停止成交的商家，所以不是同店增长。由公布的份额和成交额算得；份额四舍五入到千分之一，两部分因此可能差到同样的幅度。',
      '这些数字不附区间，因为区间会透露个别商家；因此不说明增减是否只是偶然。',
    ],
    sameStoreNotes: [
      '退出商家占去年同期成交额：去年同期（一月、二月合计）的成交额中，本期在该产业带没有成交的法人所占的份额。它在本期与去年同期的数字都公布之后才计算，按那时已知的订单，是否保密另行决定。',
      '同店成交额同比：两期都有成交的法人，本期成交额与去年同期之比减一；由公布的成交额、新进商家与退出商家的份额算得。份额四舍五入到千分之一，同比因此至多差半个百分点，差得更多的不公布数字。按法人与产业带计，不按店铺计。',
    ],
    state: '{measure}：状态',
  },
  en: {
    section: 'Who carries the growth',
    captions: {
      compared: 'Who carries the growth of the area, what it lies in and the nation, all orders',
      months: 'Who carried the growth of each month, all orders, as each month was published',
      cities: 'Who carries the growth of each city, all orders',
      belts: 'Who carries the growth of each belt, all orders',
    },
    measure: 'Measure',
    names: {
      newcomers: 'Share of newcomers in GMV',
      breadth: 'Breadth',
      fromNewcomers: 'Growth from newcomers',
      fromOthers: 'Growth from the others',
      'from-newcomers': 'Growth from newcomers',
      'from-others': 'Growth from the others',
      leavers: 'Share of leavers in the GMV of a year before',
      'same-store': 'Same-store growth of GMV',
    },
    heads: {
      newcomers: 'Newcomers',
      breadth: 'Breadth',
      fromNewcomers: 'Growth: newcomers',
      fromOthers: 'Growth: others',
      'same-store': 'Same-store',
      leavers: 'Leavers',
    },
    sentences: {
      told: '{measure}: {share}',
      around: '{area} {share}',
      ...{ open: '; ', join: ', ', end: '.' },
      suppressed: '{measure}: withheld.',
      unknown: '{measure}: not known.',
      parts:
        'Growth of GMV of {rate}: from newcomers {newcomers}, from the others {others} (of the GMV of a year before).',
      partsSuppressed: 'Whom growth comes from is withheld.',
      partsUnknown: 'Whom growth comes from is not known.',
      sameStore: 'Same-store growth of GMV of {same}, of all {rate}',
      leavers: '; of the GMV of a year before, {share} was from who sell no more',
      sameStoreSuppressed: 'Same-store growth is withheld.',
      sameStoreUnknown: 'Same-store growth is not known.',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    notes: [
      'Share of newcomers in GMV: what legal owners sold who sold nothing in the belt in the same period a year before (of January and February, in both together), of all GMV of the month.',
      'Breadth: of the legal owners who sold in the period or in that of a year before, those who sold more, and half of those who sold about as much; who sold no more is one who did not. That of January is known when February is over, so it is told with February alone, of both months. Large and small count alike; owners are counted, not shops.',
      'Growth in two parts: what newcomers sold, and what the others sold less all GMV of a year before; both over that GMV, so that they add up to growth. The second has those who sell no more taken away, so it is not growth of the same shops. Both are made of the published share and GMV; the share is rounded to a thousandth, and the parts may be off by as much.',
      'These figures come without an interval, because an interval would tell of single firms: they do not say whether a change is mere chance.',
    ],
    sameStoreNotes: [
      'Share of leavers in the GMV of a year before: of what was sold in the same period a year before (of January and February, in both together), what was from legal owners who sold nothing in the belt in this one. It is worked out once both periods are published, and withheld or not by itself, of the orders of a year before as they are known then.',
      'Same-store growth: the GMV of legal owners who sold in both periods, over theirs of a year before, less one; made of the published GMV and of the shares of newcomers and leavers. The shares are rounded to a thousandth, by which it may be off by half a percentage point; where it could be by more, there is none. By legal owner and belt, not by shop.',
    ],
    state: '{measure}: state',
  },
};
