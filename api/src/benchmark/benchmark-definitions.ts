/** What each figure of a merchant's page means, in both languages. */
import {
  BENCHMARK_MEASURE,
  type BenchmarkDefinition,
  type BenchmarkMeasure,
  PROGRAMME_TRACKS,
  type ProgrammeTrack,
} from '@beltline/contract';
import { type Words, words } from '../core/definition-words.ts';
import { DISPATCH_HOURS, HIT_LINES, TOP_BUYERS } from './owner-facts.ts';

const SUMS = 'rollup_merchant_month';
const ITEMS = 'rollup_sku_month';
const LINES = 'order_lines';

const TRACK_NAMES: Readonly<Record<ProgrammeTrack, readonly [zh: string, en: string]>> = {
  distribution: ['分销', 'distribution'],
  'cross-border': ['跨境', 'cross-border'],
  custom: ['定制', 'custom'],
  'factory-brand': ['工厂品牌', 'factory brand'],
  offline: ['线下', 'offline'],
};
const shareOfTrack = (track: ProgrammeTrack): Words => {
  const [zh, en] = TRACK_NAMES[track];
  return words(
    [`${zh}占比`, `${zh}赛道的订单行占成交额的份额；各赛道会重叠，相加可能超过合计占比。没有好坏之分。`],
    [
      `Share of ${en}`,
      `The part of GMV on order lines of ${en}. Tracks overlap, so their shares can add up to more than that of the five together. Neither direction is better.`,
    ],
    `GMV on lines of ${en} ÷ GMV`,
    SUMS,
  );
};

const MEASURE_WORDS: Readonly<Record<BenchmarkMeasure, Words>> = {
  gmv: words(
    ['成交额', '一个法人主体名下全部店铺本季已付款订单行的金额，未扣退款。'],
    ['GMV', 'Paid amounts in the quarter of all shops of one legal owner, before refunds.'],
    'Σ amount',
    SUMS,
  ),
  growth: words(
    ['成交额同比', '比上年同季的成交额。两年都有成交的才有；上年订单太少的标注“基数小”。'],
    [
      'GMV on a year ago',
      'GMV against the same quarter of the year before, of who sold in both; marked where the base has few orders.',
    ],
    'GMV ÷ GMV of the year before − 1',
    SUMS,
  ),
  'growth-aligned': words(
    [
      '按农历对齐的同比',
      '把春节前48天到后45天的日子与上年同样离春节远近的日子对齐，其余按公历。没有对应日子的不算。商家按月保存，不足整月的部分按天数折算。',
    ],
    [
      'GMV on the same lunar days',
      'Days from 48 before the Spring Festival to 45 after it are laid beside those as far from it in the year before, others beside the same date; days without a counterpart count on neither side. Merchants are kept by month, so a part of a month is its share of days.',
    ],
    'Σ share of month × GMV, now ÷ before − 1',
    SUMS,
  ),
  'growth-same-store': words(
    ['同店同比', '只算两个季度都有成交的店铺；新开的、停掉的店不算。'],
    [
      'GMV of the same shops',
      'Of shops that sold in both quarters; those that opened or closed are left out.',
    ],
    'GMV ÷ GMV of the year before − 1, of shops in both',
    SUMS,
  ),
  orders: words(
    ['订单数', '已付款且未取消的订单；一个订单跨几家店铺的，每家店计一次。'],
    ['Orders', 'Paid and not cancelled; an order of several shops is one for each.'],
    'count of distinct order_id by shop',
    SUMS,
  ),
  pieces: words(
    ['件数', '上述订单行的件数之和。'],
    ['Pieces', 'Units sold in these lines.'],
    'Σ quantity',
    SUMS,
  ),
  buyers: words(
    ['买家数', '本季买过的不同买家，跨店铺去重。'],
    ['Buyers', 'Distinct buyers of the quarter, over all shops.'],
    'count of distinct buyer_id',
    LINES,
  ),
  'repeat-buyers': words(
    ['回头买家占比', '本季在你这里下过两单以上的买家，占全部买家的份额。'],
    ['Share of repeat buyers', 'Of the buyers, those with two orders or more from you in the quarter.'],
    'buyers with ≥ 2 orders ÷ buyers',
    LINES,
  ),
  'top-buyers': words(
    ['最大买家占比', `买得最多的 ${TOP_BUYERS} 个买家占成交额的份额；越高越依赖少数买家。没有好坏之分。`],
    [
      'Share of the largest buyers',
      `The part of GMV that the ${TOP_BUYERS} buyers bought who bought most: the higher, the more rests on few. Neither direction is better.`,
    ],
    `GMV of the ${TOP_BUYERS} largest buyers ÷ GMV`,
    LINES,
  ),
  'order-value': words(
    ['每单金额', '成交额除以订单数。'],
    ['Value of an order', 'GMV by order.'],
    'GMV ÷ orders',
    SUMS,
  ),
  'order-pieces': words(
    ['每单件数', '件数除以订单数。'],
    ['Pieces in an order', 'Pieces by order.'],
    'pieces ÷ orders',
    SUMS,
  ),
  skus: words(
    ['动销款数', '本季卖出过的SKU个数，各店铺的SKU分开计。'],
    ['SKUs sold', 'SKUs with a line in the quarter; those of different shops are different.'],
    'count of distinct merchant_id, sku_id',
    ITEMS,
  ),
  'new-skus': words(
    ['新款占比', '此前十二个月没有卖出过的SKU，占成交额的份额。此前十二个月没有载入完整的不给出。'],
    [
      'Share of new SKUs',
      'The part of GMV on SKUs that sold nothing in the twelve months before. Not given where these are not wholly loaded.',
    ],
    'GMV of SKUs without a line in 12 months before ÷ GMV',
    ITEMS,
  ),
  hits: words(
    ['爆款数', `本季至少有 ${HIT_LINES} 个订单行的SKU个数。`],
    ['Hits', `SKUs with at least ${HIT_LINES} order lines in the quarter.`],
    `count of SKUs with ≥ ${HIT_LINES} lines`,
    ITEMS,
  ),
  'price-trend': words(
    [
      '同款价格变化',
      '只比两年同月都卖过的同款（SKU×赛道组合×月份），按两年金额的平均份额加权（Törnqvist），不是平均价。不足3款，或同款占任一年金额不到五分之一的，不给出。各家的SKU编号不通用，所以没有与同行的价格高低之比；可与同组的价格变化比。',
    ],
    [
      'Prices of the same items',
      'Of items sold in the same month of both years (SKU × combination of tracks × month), weighted by the mean of both years’ shares in value (Törnqvist), not a mean price. Not given under 3 items, or where they are less than a fifth of either year’s value. SKUs of different merchants are not told to be the same goods, so there is no level of prices beside peers; the change can be held against the group’s.',
    ],
    'exp ½ Σ (s0 + s1) · ln(p1 ÷ p0) − 1',
    `${ITEMS}; Producer Price Index Manual (2004), chapter 15`,
  ),
  programme: words(
    ['五个赛道合计占比', '分销、跨境、定制、工厂品牌、线下任一赛道的订单行占成交额的份额，重叠的只算一次。'],
    ['Share of the five tracks', 'The part of GMV on lines of any of the five tracks, each line once.'],
    'GMV on lines of any track ÷ GMV',
    SUMS,
  ),
  ...(Object.fromEntries(PROGRAMME_TRACKS.map((track) => [track, shareOfTrack(track)])) as Record<
    ProgrammeTrack,
    Words
  >),
  channels: words(
    ['下游渠道数', '本季分销订单用到的不同下游渠道。'],
    ['Downstream channels', 'Distinct downstream channels that lines of distribution went through.'],
    'count of distinct channel of distribution lines',
    LINES,
  ),
  countries: words(
    ['发往国家数', '本季货物发往的境外国家或地区个数。'],
    ['Countries', 'Distinct countries abroad that goods went to.'],
    'count of distinct destination_country but the home country',
    LINES,
  ),
  'on-time': words(
    [
      '准时发货率',
      `付款后 ${DISPATCH_HOURS} 小时内发货的订单行占比；只算到季末已满 ${DISPATCH_HOURS} 小时的，没有发货时间的算没有准时。来源从不记录发货时间的不给出。`,
    ],
    [
      'Dispatched on time',
      `Of lines whose ${DISPATCH_HOURS} hours after payment were over by the end of the quarter, those dispatched within them; one without a time of dispatch was not. Not given where no dispatch is told at all.`,
    ],
    `lines dispatched ≤ ${DISPATCH_HOURS} h after payment ÷ lines due`,
    LINES,
  ),
  'refund-rate': words(
    ['退款率', '本季订单的退款金额除以成交额，截至该数据版本。'],
    ['Refund rate', 'Refunds of the quarter’s orders, as of the data version, by GMV.'],
    'Σ refund_amount ÷ Σ amount',
    SUMS,
  ),
};

const METHOD: readonly BenchmarkDefinition[] = [
  method(
    'peer-group',
    words(
      [
        '同组',
        '同一产业带、同一规模的法人主体；太少或有一家太大时，先加上相邻规模，再加上同城、同省、全国同类产品的其他产业带。每家只在一个组，同组看到的都一样，一个季度只有一版。放宽到全国仍会泄露个别商家的，只显示自己的数字。',
      ],
      [
        'Peer group',
        'Legal owners of one size in one belt; where these are too few, or one of them too large, of neighbouring sizes, then of other belts with the same goods in the city, the province, nationwide. Each owner is in one group, all of it see the same, and a quarter has one edition. Where even nationwide single owners would be given away, you see your own figures alone.',
      ],
      'a partition of owners under the threshold and the p% rule',
      'docs/disclosure.md; ADR 48',
    ),
  ),
  method(
    'band',
    words(
      ['位次', '组里不到25家时分四档，否则分五档，从最低数起；并列的取中间。从不显示名次。'],
      [
        'Band',
        'A quarter of the group, or a fifth from 25 owners on, counted from the lowest; those alike stand in the middle of their places. A rank is never told.',
      ],
      '(owners below + ½ alike) ÷ owners',
      'docs/disclosure.md',
    ),
  ),
  method(
    'quartiles',
    words(
      [
        '同组水平',
        '相邻几家（至少三家，通常五家）的平均数，三位有效数字，不含最高和最低的一家；两家合谋也推算不出第三家。占比还要求“余下部分”同样推算不出。',
      ],
      [
        'Level of the group',
        'Means of several neighbouring owners, three at least and five as a rule, in three digits and never of the highest or lowest; two members together cannot work out a third. Of shares the same holds for what is left to 100 %.',
      ],
      'mean of neighbouring order statistics under the p% rule',
      'docs/disclosure.md',
    ),
  ),
  method(
    'rank',
    words(
      [
        '综合排名',
        '商品（动销款数）、服务（回头买家占比）、履约（准时发货率）、售后（退款率，低为好）、上新（新款占比）、爆款（爆款数），各取同组内的百分位，按公布的权重平均，再分档。没有价格一项：各家的商品不能一一对应。“有多稳”：权重各在公布值的0.5到1.5倍之间任意变动1,000次，仍在同一档的比例。',
      ],
      [
        'Rank of several measures',
        'Goods (SKUs sold), service (share of repeat buyers), fulfilment (dispatched on time), after-sales (refund rate, the lower the better), new products (share of new SKUs) and hits, each as a percentile within the group, averaged by published weights and told as a band. There is no part for prices, as goods of different merchants cannot be matched. How sure: of 1,000 weightings, each weight from half to one and a half of its own, the share that leaves you in your band.',
      ],
      'Σ weight × percentile ÷ Σ weight',
      'ADR 50',
    ),
  ),
  method(
    'differences',
    words(
      [
        '恢复好的有什么不同',
        '全国同类产品的商家里，增长最高的四分之一与其余相比（Cliff’s δ，只看大小次序）。按法人主体自助抽样估计误差，各项一起检验（Holm，5%），不是偶然且不算太小的才显示，只说方向和大、中、小。这是相关，不是因果。',
      ],
      [
        'What those who recover best do differently',
        'Of owners with the same goods nationwide, the quarter that grew most beside the rest (Cliff’s delta, which knows the order alone). Errors by a bootstrap over owners, all comparisons tested together (Holm, 5 %); told only where chance does not explain it and it is not too small, as a direction and a class. It is an association and no cause.',
      ],
      'P(x of the best > x of others) − P(<)',
      'Cliff (1993); Holm (1979); Romano and others (2006); ADR 50',
    ),
  ),
];

function method(id: string, text: Words): BenchmarkDefinition {
  return { id, group: 'method', unit: null, better: null, ...text };
}

/** Of every measure, in the order of the page, and of how they are told. */
export const BENCHMARK_DEFINITIONS: readonly BenchmarkDefinition[] = [
  ...(Object.keys(BENCHMARK_MEASURE) as BenchmarkMeasure[]).map((measure) => {
    const { family, unit, better } = BENCHMARK_MEASURE[measure];
    return { id: measure, group: family, unit, better, ...MEASURE_WORDS[measure] };
  }),
  ...METHOD,
];
