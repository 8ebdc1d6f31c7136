import type { Definition } from '@beltline/contract';
import { defined, words } from '../../core/definition-words.ts';

const SIMS = 'Eurostat, Single Integrated Metadata Structure (SIMS 2.0)';

/** What figures are worth: completeness, timeliness, who and which order they rest on, and whether measures agree. */
export const QUALITY_DEFINITIONS: readonly Definition[] = [
  defined(
    'completeness',
    'quality',
    'lines',
    words(
      [
        '完整性',
        '已载入与从未载入的月份，到该数据版本为止所有未撤销的载入读入、生效、被替换、拒收与按声明略去的行数，拒收与提示的规则，以及有产业带归属的成交额占全部的份额。没有产业带的行也没有品类；没有另给法人主体的商家自己算一个主体；不在五条赛道内的是传统批发，不是缺失。',
      ],
      [
        'Completeness',
        'Months loaded and never loaded; lines read, loaded, superseded, rejected and ignored by all loads up to the data version that were not undone, with the rules that rejected or warned; and the part of GMV of merchants in a belt. A line without a belt has no category; a merchant of whom no other owner is given is its own; a line in none of the five tracks is classic wholesale, and nothing is missing.',
      ],
      'rejected ÷ read; 1 − GMV without a belt ÷ GMV',
      `load_events, quarantine, rollup_merchant_month; ${SIMS}, S.12.3`,
    ),
  ),
  defined(
    'time-lag',
    'quality',
    'days',
    words(
      [
        '发布时滞',
        '从来源最后有订单的一天结束（来源的时区）到该数据版本发布，以天计；准时性看两次发布之间的最长间隔。',
      ],
      [
        'Time lag',
        "From the end of the source's last day with orders, in its time zone, to the publication of the data version, in days; punctuality is told by the longest time between two publications.",
      ],
      'published − end of the last day',
      `data_versions; ${SIMS}, S.14`,
    ),
  ),
  defined(
    'entrants-share',
    'quality',
    'ratio',
    words(
      [
        '新进主体占比',
        '最近三个月的成交中，来自去年同三个月没有成交的法人主体的份额。月份与扩散指数相同（1月与2月同进同出）。区间逐个去掉主体；新进主体本身不足 20 个（有效 10 个）时不给区间。',
      ],
      [
        "Entrants' share",
        'Of the value of three months, the part of legal owners without any value in the same three a year before, in the months of breadth (January and February together). Its interval leaves out one owner after the other; where the entrants themselves are under 20 owners (10 effective ones) there is none.',
      ],
      'Σ x₁ [x₀ = 0] ÷ Σ x₁',
      'rollup_merchant_month',
    ),
  ),
  defined(
    'same-store-gap',
    'quality',
    'percentage-point',
    words(
      [
        '同店差',
        '全部商家的增长减去两期都有成交的商家的增长，三个月对去年同三个月。为正，说明增长有一部分来自进出的商家。区间逐个去掉法人主体，两个增长一起算。',
      ],
      [
        'Same-store gap',
        'Growth of all merchants less that of merchants with a value in both periods, three months against the same a year before. Above zero, part of growth is who came and left. Its interval leaves out one legal owner after the other, in both rates together.',
      ],
      'Σ x₁ ÷ Σ x₀ − Σ x₁ [x₀, x₁ > 0] ÷ Σ x₀ [x₀, x₁ > 0]',
      'rollup_merchant_month',
    ),
  ),
  defined(
    'largest-order',
    'quality',
    'ratio',
    words(
      [
        '最大的一单',
        '产业带三个月内按所选指标最大的一单及其份额，以及去掉这一单后由同一套规则得出的状态；季节、各类日子与异常月份仍按全部订单。去掉最大的一单总会压低增长，所以它检验结论是否靠一单支撑，而不是更准的估计。按订单数计时没有最大的一单；后来的载入替换过这些日子的行时，较早的数据版本不再给出。',
      ],
      [
        'Largest order',
        "A belt's largest order of three months by the measure, its share, and the state without it by the same rule; season, kinds of days and outlying months stay those of all orders. To leave out the largest lowers growth, so it asks whether a claim rests on one order and is no better estimate. By orders there is none; where a later load replaced lines of these days, an earlier data version has none any more.",
      ],
      'max over orders of Σ x; state(x − order)',
      'order_lines; leave-one-out influence, after Cook (1977)',
    ),
  ),
  defined(
    'measure-agreement',
    'quality',
    'ratio',
    words(
      [
        '指标间一致性',
        '同一产业带按所选指标与按订单数（所选为订单数时按成交额）的状态。结论是「确定」或「很可能」的状态；只有两边都有结论而名称不同，才算不一致，一边未定不算。订单数与金额问的不是一回事：客单价变化时二者本来就会不同。',
      ],
      [
        'Agreement between measures',
        'The states of the same belt by the measure and by orders (by GMV where orders are chosen). A claim is a state that is sure or likely; only two claims of different names disagree, and one that is undetermined does not. Orders and money ask different things: where the value of an order changes they should differ.',
      ],
      '#{both claimed, different} ÷ #{both claimed}',
      `states by both measures; ${SIMS}, S.15`,
    ),
  ),
  defined(
    'comparability',
    'quality',
    'lines',
    words(
      [
        '可比性',
        '会使不同时间或不同地区的数字不能直接相比的事：来源读取方式（字段映射）的更改，换过产业带的商家，改过地点或品类的产业带，基准年，两期春节天数之差，以及主体太少而没有区间的产业带。',
      ],
      [
        'Comparability',
        'What keeps figures of two times or two areas from being compared as they are: changes of how the source is read (its mapping), merchants that changed belts, belts whose place or goods were altered, the base year, the difference in days of the Spring Festival, and belts of too few owners for an interval.',
      ],
      'counts up to the data version',
      `load_files, memberships, belts; ${SIMS}, S.15.1, S.15.2`,
    ),
  ),
];
