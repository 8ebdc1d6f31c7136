/** What each figure of a merchant's page means, in both languages. */
import {
  BENCHMARK_MEASURE,
  type BenchmarkDefinition,
  type BenchmarkMeasure,
  PROGRAMME_TRACKS,
  type ProgrammeTrack,
} from '@beltline/contract';
import { type Words, words } from '../core/definition-words.ts';
import { BENCHMARK_METHOD } from './benchmark-method-words.ts';
import { FEWEST_ITEMS } from './peer-measures.ts';
import { DISPATCH_HOURS } from '../core/service.ts';
import { HIT_LINES, TOP_BUYERS } from './owner-facts.ts';

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
  'recovery-level': words(
    [
      '恢复度',
      '本季水平相对整个基准年的平均水平，100 表示恢复到基准；基准年为首个完整载入的公历年。季节取自基准年以外、本季前后十二个月都完整的各年：本季与该年的匹配日（按农历对齐）相比，该年前后十二个月再与基准年的匹配日相比，两比相乘，取各年的中位数。可用的年份不足两年、或基准年没有成交的不给出。商家按月保存：不足整月的按天数折算，不分星期与节假日。',
    ],
    [
      'Recovery level',
      'The quarter against the mean of the whole base year, the first calendar year that is completely loaded; 100 = back to it. The season is that of the years besides the base year whose twelve months about the quarter are complete: the quarter is compared with its matching days in that year (lunar-aligned), those twelve months with their matching days in the base year, both ratios are multiplied, and the median over the years is taken. Not given with fewer than two such years, nor to who sold nothing in the base year. Merchants are kept by month: a part of a month is its share of days, and kinds of days are not told apart.',
    ],
    'median over clean years y of 100 · (Y_t ÷ Y_y) · (M_y ÷ B)',
    `${SUMS}; Opportunity Insights Economic Tracker, data documentation; ADR 24, ADR 53`,
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
    ['买家数', '本季买过的不同买家，跨店铺去重；来源没有提供的不计入。'],
    ['Buyers', 'Distinct buyers of the quarter, over all shops, of those that the source tells.'],
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
    [
      '最大买家占比',
      `买得最多的 ${TOP_BUYERS} 个买家占成交额的份额；越高越依赖少数买家。没有好坏之分。有买家来源没有提供的不给出。`,
    ],
    [
      'Share of the largest buyers',
      `The part of GMV that the ${TOP_BUYERS} buyers bought who bought most: the higher, the more rests on few. Neither direction is better. Not given where the source does not tell every buyer.`,
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
    ['动销款数', '本季卖出过的SKU个数，各店铺的SKU分开计；来源没有提供编号的不计入。'],
    [
      'SKUs sold',
      'SKUs with a line in the quarter, of those that the source tells; those of different shops are different.',
    ],
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
      '只比两年同月都卖过的同款（SKU×赛道组合×月份），按两年金额的平均份额加权（Törnqvist），不是平均价。不足3款，或同款占任一年金额不到五分之一的，不给出。',
    ],
    [
      'Prices of the same items',
      'Of items sold in the same month of both years (SKU × combination of tracks × month), weighted by the mean of both years’ shares in value (Törnqvist), not a mean price. Not given under 3 items, or where they are less than a fifth of either year’s value.',
    ],
    'exp ½ Σ (s0 + s1) · ln(p1 ÷ p0) − 1',
    `${ITEMS}; Producer Price Index Manual (2004), chapter 15`,
  ),
  'price-position': words(
    [
      '与同类货的价格比',
      `各家的SKU编号不通用，所以按“同一类货”比：同一产品（产业带的品类）× 同一赛道组合 × 每行件数相近（每档是前一档的四倍）。每类里用自己各款的几何平均价（按金额加权）比全国该类商家的大致中位价（相邻几家的平均，三位有效数字），再按自己的金额份额作几何平均。商家太少或一家独大的类不算。自己的款不足 ${FEWEST_ITEMS} 个，或能比的不到自己金额五分之一的，不给出。质量无从得知：更贵也可能是货更好，没有好坏之分。`,
    ],
    [
      'Prices beside like goods',
      `SKUs of different merchants are not told to be the same goods, so what is compared is like with like: the same goods (of the belt) × the same combination of tracks × order lines of about as many pieces (each class four times as large as the one before). In each, the geometric mean of your items’ prices by value is held against the rough median price of all merchants nationwide in it (a mean of several neighbours, in three digits), and these relatives are averaged geometrically by your own value. What has too few merchants, or one too large, does not count. Not given under ${FEWEST_ITEMS} items of yours, or where what can be compared is less than a fifth of your value. Quality is not known: dearer goods may be better ones, so neither direction is better.`,
    ],
    'exp Σ s · ln(p ÷ median price) − 1, s = share in own matched value',
    `${ITEMS}; Producer Price Index Manual (2004), chapter 15; International Comparison Program, chapter 4; ADR 53`,
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

/** Of every measure, in the order of the page, and of how they are told. */
export const BENCHMARK_DEFINITIONS: readonly BenchmarkDefinition[] = [
  ...(Object.keys(BENCHMARK_MEASURE) as BenchmarkMeasure[]).map((measure) => {
    const { family, unit, better } = BENCHMARK_MEASURE[measure];
    return { id: measure, group: family, unit, better, ...MEASURE_WORDS[measure] };
  }),
  ...BENCHMARK_METHOD,
];
