import { CYCLE_DEFINITIONS } from './cycle-definitions.ts';
import { DECOMPOSITION_DEFINITIONS } from './decomposition-definitions.ts';
import { QUALITY_DEFINITIONS } from './quality-definitions.ts';
import { RECOVERY_DEFINITIONS } from './recovery-definitions.ts';
import { type Words, words } from '../../core/definition-words.ts';
import {
  type Definition,
  type DefinitionGroup,
  type Measure,
  MEASURES,
  TRACK,
  type Track,
  TRACKS,
  type Unit,
  UNIT_OF_MEASURE,
} from '@beltline/contract';

const SUMS = 'rollup_belt_month, rollup_belt_day';
const LINES = 'order_lines.combination';

const MEASURE_WORDS: Record<Measure, Words> = {
  orders: words(
    ['订单数', '期内下单、已付款且未取消的订单，每单计一次。'],
    ['Orders', 'Distinct orders placed in the period, paid and not cancelled.'],
    'count of distinct order_id over counted lines',
    SUMS,
  ),
  pieces: words(
    ['件数', '上述订单行的件数之和。'],
    ['Pieces', 'Units sold in counted lines.'],
    'Σ quantity',
    SUMS,
  ),
  gmv: words(
    ['成交额', '已付款订单行的金额之和，未扣退款，以来源币种计。'],
    ['GMV', "Paid amounts of counted lines before refunds, in the source's currency."],
    'Σ amount',
    SUMS,
  ),
  'net-gmv': words(
    ['净成交额', '成交额减去这些订单行的退款；以后发生的退款会修订下单当月。'],
    ['Net GMV', 'GMV less the refunds of the same lines; a later refund revises the month of the order.'],
    'Σ amount − Σ refund_amount',
    SUMS,
  ),
  merchants: words(
    ['动销商家', '期内至少有一条有效订单行的商家，跨月去重，精确计数；不足整月不给出。'],
    [
      'Active merchants',
      'Merchants with at least one counted line, each once over the whole period, counted exactly; not given for part months.',
    ],
    'count of distinct merchant_id',
    'rollup_active_month',
  ),
  buyers: words(
    [
      '活跃买家',
      '期内至少有一条有效订单行的买家，跨月去重，精确计数；不足整月不给出。来源没有提供买家的订单不计入，并说明占成交额多少；全都没有提供时不给出。',
    ],
    [
      'Active buyers',
      'Buyers with at least one counted line, each once over the whole period, counted exactly; not given for part months. Orders whose buyer the source does not tell are not in it, and it says how much of the GMV they are; not given where it tells none.',
    ],
    'count of distinct buyer_id',
    'rollup_active_month',
  ),
};

/** How the lines of a track are found. */
const having = (track: Track) => `combination & ${TRACK[track].bit}`;

const TRACK_WORDS: Record<Track, Words> = {
  all: words(['全部', '全部有效订单行。'], ['All', 'Every counted line.'], 'all combinations', LINES),
  wholesale: words(
    ['传统批发', '不属于五条赛道任何一条的订单行。'],
    ['Classic wholesale', 'Lines in none of the five tracks.'],
    having('wholesale'),
    LINES,
  ),
  distribution: words(
    ['分销', '经下游店铺一件代发的订单行。'],
    ['Distribution', 'Lines drop-shipped through a downstream shop.'],
    having('distribution'),
    LINES,
  ),
  'cross-border': words(
    ['跨境', '买家或目的地在境外的订单行。'],
    ['Cross-border', 'Lines whose buyer or destination is abroad.'],
    having('cross-border'),
    LINES,
  ),
  'overseas-local': words(
    ['海外本地', '跨境中由海外本地店铺和中小企业购买的订单行。'],
    ['Overseas local', 'The part of cross-border that overseas local shops and small firms buy.'],
    having('overseas-local'),
    LINES,
  ),
  custom: words(
    ['定制', '按买家要求生产或印制的订单行。'],
    ['Custom', "Lines made or printed to the buyer's wish."],
    having('custom'),
    LINES,
  ),
  'factory-brand': words(
    ['厂牌', '以工厂自有品牌销售的订单行。'],
    ['Factory brand', "Lines sold under the factory's own brand."],
    having('factory-brand'),
    LINES,
  ),
  offline: words(
    ['线下', '经会员店和产业带选品中心成交的订单行。'],
    ['Offline', "Lines sold through member stores and the belts' selection centres."],
    having('offline'),
    LINES,
  ),
};

const OTHERS: readonly (Words & { id: string; unit: Unit; group: DefinitionGroup })[] = [
  {
    id: 'growth',
    group: 'growth',
    unit: 'ratio',
    ...words(
      ['增长率', '与基期之差除以基期。没有基期、基期为零或为负、或该时段从未载入时不给出，并说明原因。'],
      [
        'Growth',
        'Change divided by the baseline. Not given without a baseline, where it is zero or negative, or where the period was never loaded, with the reason.',
      ],
      '(value − baseline) ÷ baseline',
      'value and baseline of the same answer',
    ),
  },
  {
    id: 'contribution',
    group: 'decomposition',
    unit: 'ratio',
    ...words(
      ['贡献', '某一部分的变化除以总体基期；各部分之和等于总体增长率。'],
      [
        'Contribution',
        "A part's change divided by the total's baseline; the parts add up to the total's growth.",
      ],
      '(value − baseline of the part) ÷ baseline of the total',
      'parts of the same answer',
    ),
  },
  {
    id: 'share',
    group: 'decomposition',
    unit: 'ratio',
    ...words(
      ['份额', '某产业带的值除以总体的值。'],
      ['Share', "A belt's value divided by the total's value."],
      'value of the belt ÷ value of the total',
      'values of the same answer',
    ),
  },
  {
    id: 'coverage',
    group: 'quality',
    unit: 'ratio',
    ...words(
      [
        '覆盖率',
        '期内已载入数据的天数除以该期天数。整月没有任何订单时，该月不算已载入；与其相邻的月份只算到最后一笔订单、或从第一笔订单算起。',
      ],
      [
        'Coverage',
        'Days with loaded data divided by the days of the period. A month without any order of the whole source is not covered; beside it a month is covered to its last order, or from its first.',
      ],
      'covered days ÷ days',
      'data_versions: data_through, first_days, last_days',
    ),
  },
  {
    id: 'provisional',
    group: 'quality',
    unit: 'days',
    ...words(
      [
        '初步',
        '该期尚未载入完整，与去年同样的天数相比；或者该期已完整，但过去同样月龄的数字还改过 1% 以上（见修订）。',
      ],
      [
        'Provisional',
        'The period is not completely loaded yet, and is compared with the same days of the year before; or it is, but figures of its age were revised by 1 % and more in the past (see Revisions).',
      ],
      'coverage < 1, or P95 |r| ≥ 1 %',
      'coverage',
    ),
  },
  {
    id: 'base-too-small',
    group: 'quality',
    unit: 'orders',
    ...words(
      ['基数过小', '基期订单少于设定数量，增长率不宜作为结论。'],
      [
        'Base too small',
        'Fewer orders in the baseline than the set number; the growth rate is not fit for a headline.',
      ],
      'baseline orders < BELTLINE_MIN_BASE',
      SUMS,
    ),
  },
  {
    id: 'spring-festival-shift',
    group: 'quality',
    unit: 'days',
    ...words(
      ['春节错位', '本期与基期所含春节窗口（正月初一前4天至后20天）的天数不同，增长率受日历影响。'],
      [
        'Spring Festival shift',
        'The period and its baseline hold different numbers of days around the Spring Festival, so growth measures the calendar too.',
      ],
      '|days of (new year − 4 … + 20) in the period − in the baseline| > 1',
      'table of Chinese New Year dates 2010–2035',
    ),
  },
];

/** Every indicator, track and mark that an answer can carry: one definition each, in both languages. */
export const DEFINITIONS: readonly Definition[] = [
  ...MEASURES.map((id) => ({
    id,
    group: 'measure' as const,
    unit: UNIT_OF_MEASURE[id],
    ...MEASURE_WORDS[id],
  })),
  ...TRACKS.map((id) => ({ id, group: 'track' as const, unit: 'lines' as const, ...TRACK_WORDS[id] })),
  ...OTHERS,
  ...RECOVERY_DEFINITIONS,
  ...DECOMPOSITION_DEFINITIONS,
  ...CYCLE_DEFINITIONS,
  ...QUALITY_DEFINITIONS,
];
