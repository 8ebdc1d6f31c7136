/** What a report says of what GMV is made of, in each language. */
import type { ReportLanguage, StructureMeasure } from '@beltline/contract';
import { SMALL_ORDER_PIECES } from '../../core/service.ts';
import type { Nearly } from './share-cell.ts';

export interface StructureTitles {
  readonly section: string;
  readonly captions: Readonly<Record<'compared' | 'months' | 'cities' | 'belts', string>>;
}

export interface StructureWords {
  readonly sizes: StructureTitles;
  /** Where other shares of GMV are told as well. */
  readonly several: StructureTitles;
  readonly measure: string;
  readonly names: Readonly<Record<StructureMeasure, string>>;
  /** `told`: with {measure} and {share}, then each area around with {area} and {share}. */
  readonly sentences: Readonly<
    Record<'told' | 'around' | 'join' | 'open' | 'end' | 'suppressed' | 'unknown', string>
  >;
  readonly nearly: Nearly;
  /** What a measure is; then what its share rests on. */
  readonly defined: Readonly<Record<StructureMeasure, string>>;
  readonly notes: Readonly<Record<StructureMeasure, string>>;
  /** A column of a list of figures: whether a share of {measure} is there, and why not. */
  readonly state: string;
}

export const STRUCTURE_WORDS: Readonly<Record<ReportLanguage, StructureWords>> = {
  zh: {
    sizes: {
      section: '订单规模',
      captions: {
        compared: '本地区与所在地区、全国的订单规模',
        months: '各月的订单规模，均为各月公布的数字',
        cities: '各城市的订单规模',
        belts: '各产业带的订单规模',
      },
    },
    several: {
      section: '成交额构成',
      captions: {
        compared: '本地区与所在地区、全国的成交额构成',
        months: '各月的成交额构成，均为各月公布的数字',
        cities: '各城市的成交额构成',
        belts: '各产业带的成交额构成',
      },
    },
    measure: '指标',
    names: { 'small-orders': '小单占成交额', 'largest-sellers': '头部两成商家占成交额' },
    sentences: {
      told: '{measure} {share}',
      around: '{area} {share}',
      ...{ open: '；', join: '，', end: '。' },
      suppressed: '{measure}不公布。',
      unknown: '{measure}没有数字。',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    defined: {
      'small-orders': `小单占成交额：不足 ${SMALL_ORDER_PIECES} 件的订单的成交额占全部成交额的份额，其余为大单。跨几家店铺的订单，按每家店铺各计一单；件数是该订单在该店铺、该产业带的全部件数，不分赛道。`,
      'largest-sellers':
        '头部两成商家占成交额：当月在全国有成交的商家（一个法人名下的店铺合并）按成交额从高到低排，前五分之一（向上取整，与最后一名成交额相同的也算在内）的成交额占全部成交额的份额。名单按全国排，各地区相同，所以各产业带可以相加。',
    },
    notes: {
      'small-orders':
        '份额四舍五入到千分之一，不附区间，因为区间会透露个别商家；因此不说明增减是否只是偶然。分销的订单多为小单，传统批发的多为大单，由其中一个赛道就能推算，所以任一赛道保密的地区，这一份额也保密。',
      'largest-sellers':
        '头部商家的份额四舍五入到千分之一，不附区间，也不说明增减是否只是偶然。它说明一个地区在多大程度上依靠全国的大商家，不是本地区内部的集中度；头部商家或其余商家少到能看出个别商家的地区保密。',
    },
    state: '{measure}：状态',
  },
  en: {
    sizes: {
      section: 'Sizes of orders',
      captions: {
        compared: 'Sizes of the orders of the area, what it lies in and the nation',
        months: 'Sizes of the orders of each month, as each month was published',
        cities: 'Sizes of the orders of each city',
        belts: 'Sizes of the orders of each belt',
      },
    },
    several: {
      section: 'What GMV is made of',
      captions: {
        compared: 'What GMV of the area, what it lies in and the nation is made of',
        months: 'What GMV of each month is made of, as each month was published',
        cities: 'What GMV of each city is made of',
        belts: 'What GMV of each belt is made of',
      },
    },
    measure: 'Measure',
    names: {
      'small-orders': 'Share of small orders in GMV',
      'largest-sellers': 'Share of the largest fifth of sellers in GMV',
    },
    sentences: {
      told: '{measure}: {share}',
      around: '{area} {share}',
      ...{ open: '; ', join: ', ', end: '.' },
      suppressed: '{measure}: withheld.',
      unknown: '{measure}: not known.',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    defined: {
      'small-orders': `Share of small orders in GMV: the GMV of orders of fewer than ${SMALL_ORDER_PIECES} pieces, of all GMV; the rest is of large ones. An order of several shops is one for each of them; its pieces are all that it has from that shop in that belt, on whatever track.`,
      'largest-sellers':
        'Share of the largest fifth of sellers in GMV: of the legal owners who sold anything in the month, all shops of one together, the fifth (rounded up, with whoever sold as much as the last of them) that sold most nationwide. They are the same in every area, so that belts add up.',
    },
    notes: {
      'small-orders':
        'The share is rounded to a thousandth and comes without an interval, because an interval would tell of single firms: it does not say whether a change is mere chance. Orders of distribution are mostly small and those of classic wholesale mostly large, so that the one could be worked out from the other: where either track is withheld, this share is too.',
      'largest-sellers':
        'The share of the largest sellers is rounded to a thousandth and comes without an interval: it does not say whether a change is mere chance. It says how far an area rests on the large sellers of the nation, not how concentrated the area is in itself; it is withheld where the largest or the others are so few that single ones could be told.',
    },
    state: '{measure}: state',
  },
};

/** The titles of data sets that tell of small orders alone are what they were. */
export const structureTitles = (
  language: ReportLanguage,
  measures: readonly StructureMeasure[],
): StructureTitles => STRUCTURE_WORDS[language][measures.length > 1 ? 'several' : 'sizes'];
