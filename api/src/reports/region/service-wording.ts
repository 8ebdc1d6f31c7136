/** What a report says of service, in each language. Measures are called what their definitions call them. */
import type { ReportLanguage, ServiceMeasure } from '@beltline/contract';
import { DISPATCH_HOURS } from '../../core/service.ts';
import type { Nearly } from './share-cell.ts';

export interface ServiceWords {
  readonly section: string;
  readonly captions: Readonly<Record<'compared' | 'months' | 'cities' | 'belts', string>>;
  readonly columns: Readonly<Record<'measure' | 'chance', string>>;
  /** `told`: with {measure} and {share}; then `chance` ({chance}) or nothing, and each area around with {area} and {share}. */
  readonly sentences: Readonly<
    Record<'told' | 'chance' | 'around' | 'join' | 'open' | 'end' | 'suppressed' | 'unknown', string>
  >;
  readonly nearly: Nearly;
  /** With {measure} and {text}. */
  readonly definition: string;
  /** What each is a share of. */
  readonly definitions: Readonly<Record<ServiceMeasure, string>>;
  readonly notes: readonly string[];
  /** A column of a list of figures: whether a share of {measure} is there, and why not. */
  readonly state: string;
}

export const SERVICE_WORDS: Readonly<Record<ReportLanguage, ServiceWords>> = {
  zh: {
    section: '服务',
    captions: {
      compared: '本地区与所在地区、全国的服务，全部订单',
      months: '各月的服务，全部订单，均为各月公布的数字',
      cities: '各城市的服务，全部订单',
      belts: '各产业带的服务，全部订单',
    },
    columns: { measure: '指标', chance: '偶然（±百分点）' },
    sentences: {
      told: '{measure} {share}',
      chance: '（各订单互不相干时，单凭偶然约 ±{chance} 个百分点）',
      around: '{area} {share}',
      ...{ open: '；', join: '，', end: '。' },
      suppressed: '{measure}不公布。',
      unknown: '{measure}没有数字。',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    definition: '{measure}：{text}。',
    definitions: {
      'refund-rate': '退款金额占已付金额的份额；一行订单的退款至多计到它所付的金额',
      'on-time': `付款后 ${DISPATCH_HOURS} 小时内发货的订单行，占到月末已满 ${DISPATCH_HOURS} 小时的订单行的份额；没有发货时间的算没有准时，整月不记录发货时间的商家不计`,
      'repeat-buyers': '当月在同一家商家下过两单以上的买家的份额；一位买家在几家商家下单，各计一次',
    },
    notes: [
      '这些份额不附区间，因为区间会透露个别商家。“偶然”按公布的份额与订单数估计，假定各订单互不相干；同一商家的订单往往一起好或一起坏，实际的偶然波动更大。因此与上级地区或上月相差不到几倍“偶然”的，不说明服务变好或变差。退款率是金额的份额，少数大单就能左右它：多大的差别只是偶然，公布的数字说明不了。',
      '份额四舍五入到千分之一。成交额保密的地区，份额也保密；反过来，成交额公布而份额保密，是因为涉及的商家或买家太少，或者公布它就能推算出别家。',
    ],
    state: '{measure}：状态',
  },
  en: {
    section: 'Service',
    captions: {
      compared: 'Service of the area, what it lies in and the nation, all orders',
      months: 'Service of each month, all orders, as each month was published',
      cities: 'Service of each city, all orders',
      belts: 'Service of each belt, all orders',
    },
    columns: { measure: 'Measure', chance: 'Chance (± points)' },
    sentences: {
      told: '{measure}: {share}',
      chance: ' (by chance alone some ±{chance} percentage points, were orders independent)',
      around: '{area} {share}',
      ...{ open: '; ', join: ', ', end: '.' },
      suppressed: '{measure}: withheld.',
      unknown: '{measure}: not known.',
    },
    nearly: { nothing: '<0.05%', all: '>99.95%' },
    definition: '{measure}: {text}.',
    definitions: {
      'refund-rate':
        'refunds of what was paid; the refund of an order line counts up to what was paid for it',
      'on-time': `of order lines whose ${DISPATCH_HOURS} hours after payment were over by the end of the month, those dispatched within them; one without a time of dispatch was not, and a firm that tells of no dispatch in the month is left out`,
      'repeat-buyers':
        'of the buyers of a firm in the month, those with two orders or more from it; a buyer of several firms counts once with each',
    },
    notes: [
      'These shares come without an interval, because an interval would tell of single firms. “Chance” is estimated from the published share and number of orders as if orders were independent; orders of one firm tend to be good or bad together, so chance does more than that. A difference from a larger area or from another month of less than a few times “chance” does not say that service became better or worse. The refund rate is a share of amounts, which few large orders decide: how large a difference is mere chance, published figures cannot tell.',
      'Shares are rounded to a thousandth. Where the GMV of an area is withheld, so are its shares; a share that is withheld beside a published GMV is so because too few firms or buyers are behind it, or because others could be worked out from it.',
    ],
    state: '{measure}: state',
  },
};
