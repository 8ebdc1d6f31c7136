/** What a report says of the sizes of orders, in each language. */
import type { ReportLanguage, StructureMeasure } from '@beltline/contract';
import { SMALL_ORDER_PIECES } from '../../core/service.ts';
import type { Nearly } from './share-cell.ts';

export interface StructureWords {
  readonly section: string;
  readonly captions: Readonly<Record<'compared' | 'months' | 'cities' | 'belts', string>>;
  readonly measure: string;
  readonly names: Readonly<Record<StructureMeasure, string>>;
  /** `told`: with {measure} and {share}, then each area around with {area} and {share}. */
  readonly sentences: Readonly<
    Record<'told' | 'around' | 'join' | 'open' | 'end' | 'suppressed' | 'unknown', string>
  >;
  readonly nearly: Nearly;
  readonly notes: readonly string[];
  /** A column of a list of figures: whether a share of {measure} is there, and why not. */
  readonly state: string;
}

export const STRUCTURE_WORDS: Readonly<Record<ReportLanguage, StructureWords>> = {
  zh: {
    section: '订单规模',
    captions: {
      compared: '本地区与所在地区、全国的订单规模',
      months: '各月的订单规模，均为各月公布的数字',
      cities: '各城市的订单规模',
      belts: '各产业带的订单规模',
    },
    measure: '指标',
    names: { 'small-orders': '小单占成交额' },
    sentences: {
      told: '{measure} {share}',
      around: '{area} {share}',
      ...{ open: '；', join: '，', end: '。' },
      suppressed: '{measure}不公布。',
      unknown: '{measure}没有数字。',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    notes: [
      `小单占成交额：不足 ${SMALL_ORDER_PIECES} 件的订单的成交额占全部成交额的份额，其余为大单。跨几家店铺的订单，按每家店铺各计一单；件数是该订单在该店铺、该产业带的全部件数，不分赛道。`,
      '份额四舍五入到千分之一，不附区间，因为区间会透露个别商家；因此不说明增减是否只是偶然。分销的订单多为小单，传统批发的多为大单，由其中一个赛道就能推算，所以任一赛道保密的地区，这一份额也保密。',
    ],
    state: '{measure}：状态',
  },
  en: {
    section: 'Sizes of orders',
    captions: {
      compared: 'Sizes of the orders of the area, what it lies in and the nation',
      months: 'Sizes of the orders of each month, as each month was published',
      cities: 'Sizes of the orders of each city',
      belts: 'Sizes of the orders of each belt',
    },
    measure: 'Measure',
    names: { 'small-orders': 'Share of small orders in GMV' },
    sentences: {
      told: '{measure}: {share}',
      around: '{area} {share}',
      ...{ open: '; ', join: ', ', end: '.' },
      suppressed: '{measure}: withheld.',
      unknown: '{measure}: not known.',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    notes: [
      `Share of small orders in GMV: the GMV of orders of fewer than ${SMALL_ORDER_PIECES} pieces, of all GMV; the rest is of large ones. An order of several shops is one for each of them; its pieces are all that it has from that shop in that belt, on whatever track.`,
      'The share is rounded to a thousandth and comes without an interval, because an interval would tell of single firms: it does not say whether a change is mere chance. Orders of distribution are mostly small and those of classic wholesale mostly large, so that the one could be worked out from the other: where either track is withheld, this share is too.',
    ],
    state: '{measure}: state',
  },
};
