/** What a report says of channels and destinations, in each language. */
import type { Partition, ReportLanguage } from '@beltline/contract';
import type { Nearly } from './share-cell.ts';

export interface PartsWords {
  readonly section: string;
  readonly captions: Readonly<Record<Partition, Readonly<Record<'compared' | 'cities' | 'belts', string>>>>;
  /** At the head of what is divided. */
  readonly heads: Readonly<Record<Partition, string>>;
  /** `told`: with {parts}, each of which has {part} and {share}. */
  readonly sentences: Readonly<
    Record<Partition, Readonly<Record<'told' | 'suppressed' | 'unknown', string>>>
  >;
  readonly part: string;
  readonly join: string;
  readonly nearly: Nearly;
  readonly notes: readonly string[];
  /** Columns of a list of figures: a part, and whether parts are there, and why not. */
  readonly column: Readonly<Record<Partition, string>>;
  readonly state: Readonly<Record<Partition, string>>;
}

export const PARTS_WORDS: Readonly<Record<ReportLanguage, PartsWords>> = {
  zh: {
    section: '渠道与目的地',
    captions: {
      channels: {
        compared: '分销成交额的渠道构成：本地区与所在地区、全国',
        cities: '各城市分销成交额的渠道构成',
        belts: '各产业带分销成交额的渠道构成',
      },
      countries: {
        compared: '跨境成交额的目的地构成：本地区与所在地区、全国',
        cities: '各城市跨境成交额的目的地构成',
        belts: '各产业带跨境成交额的目的地构成',
      },
    },
    heads: { channels: '下游渠道', countries: '目的国家和地区' },
    sentences: {
      channels: {
        told: '分销成交额按下游渠道：{parts}。',
        suppressed: '分销成交额的渠道构成不公布。',
        unknown: '分销成交额的渠道构成没有数字。',
      },
      countries: {
        told: '跨境成交额按目的地：{parts}。',
        suppressed: '跨境成交额的目的地构成不公布。',
        unknown: '跨境成交额的目的地构成没有数字。',
      },
    },
    part: '{part} {share}',
    join: '，',
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    notes: [
      '渠道：占分销成交额的份额；目的地：占跨境成交额的份额，按货物送达的国家或地区，送达境内的按买家所在的国家或地区。列出的是当月全国最大的几个，按全国的次序，其余合计为其他。',
      '少公布一个，就能由其余推算，所以一个地区按次序公布全部、前几个或都不公布；标为保密的，计入该地区的其他。赛道保密的地区都不公布。份额各自四舍五入到千分之一，合计可能不足或超过 100%；不附区间，因为区间会透露个别商家。',
    ],
    column: { channels: '分销渠道：{part}', countries: '跨境目的地：{part}' },
    state: { channels: '分销渠道构成：状态', countries: '跨境目的地构成：状态' },
  },
  en: {
    section: 'Channels and destinations',
    captions: {
      channels: {
        compared: 'What channels distribution went through: the area, what it lies in and the nation',
        cities: 'What channels distribution of each city went through',
        belts: 'What channels distribution of each belt went through',
      },
      countries: {
        compared: 'Where cross-border orders went to: the area, what it lies in and the nation',
        cities: 'Where cross-border orders of each city went to',
        belts: 'Where cross-border orders of each belt went to',
      },
    },
    heads: { channels: 'Downstream channel', countries: 'Destination country or region' },
    sentences: {
      channels: {
        told: 'GMV of distribution by downstream channel: {parts}.',
        suppressed: 'GMV of distribution by downstream channel: withheld.',
        unknown: 'GMV of distribution by downstream channel: not known.',
      },
      countries: {
        told: 'GMV of cross-border orders by destination: {parts}.',
        suppressed: 'GMV of cross-border orders by destination: withheld.',
        unknown: 'GMV of cross-border orders by destination: not known.',
      },
    },
    part: '{part} {share}',
    join: ', ',
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    notes: [
      'Channels: shares of GMV of distribution. Destinations: shares of GMV of cross-border orders, by the country or region that the goods go to, or the buyer’s where they stay at home. Named are the largest of the nation in the month, in its order; all besides are taken together as others.',
      'One that is left out would follow from the rest, so of an area all are told, the first of them, or none; one that is withheld is in the area’s others then. Where the track is withheld, all are. Each is rounded to a thousandth for itself, so that they may not add up to 100%; they come without an interval, because an interval would tell of single firms.',
    ],
    column: { channels: 'Channel of distribution: {part}', countries: 'Destination of cross-border: {part}' },
    state: { channels: 'Channels of distribution: state', countries: 'Destinations of cross-border: state' },
  },
};
