import type { Definition } from '@beltline/contract';
import { defined, words } from '../../core/definition-words.ts';

/** Who takes part in a movement, where it stands, and the state made of it. */
export const CYCLE_DEFINITIONS: readonly Definition[] = [
  defined(
    'breadth',
    'cycle',
    'points',
    words(
      [
        '扩散指数',
        '最近三个月与去年同三个月相比，成交上升的商家占比加持平占比的一半；新进算上升，退出算下降；50 为中性。1月与2月同进同出：1月看到上年12月为止，4月从1月起算。也可对产业带或五条赛道计算。变动不超过死区（BELTLINE_DEAD_BAND）的算持平。',
      ],
      [
        'Breadth',
        'Three months against the same a year before: share of merchants that rise plus half of those unchanged; entrants rise, exits fall; 50 is neutral. January and February enter together: in January the window ends in December, in April it begins in January. Also over belts or the five tracks. Changes within the dead-band (BELTLINE_DEAD_BAND) count as unchanged.',
      ],
      'B = % rising + ½ · % unchanged',
      'rollup_merchant_month; The Conference Board, diffusion indexes',
    ),
  ),
  defined(
    'turning-points',
    'cycle',
    'days',
    words(
      [
        '转折点',
        '季节调整序列在前后5个月内的峰与谷：在五个月移动平均上寻找，在序列本身上定月份；峰谷交替，一个阶段至少5个月，一个周期至少15个月，每段升降至少为逐月噪声标准差的2.5倍。明显异常的单个月份先剔除。数据少于四年时均为暂定；去掉最后一个月的序列在前后两个月内没有的，亦为暂定。',
      ],
      [
        'Turning points',
        'Peaks and troughs of the adjusted series within ±5 months: looked for on a moving average of five months and dated on the series itself; alternating, a phase of at least 5 months, a cycle of at least 15, and each movement at least 2.5 standard deviations of the monthly noise. Single months that surely stand out are taken out before. With under four years of data all are tentative, and so is one that the series without its last month does not show within two months.',
      ],
      'y_t ≥ y_{t±k} (peak) or ≤ (trough), k = 1 … 5',
      'Bry and Boschan (1971); Harding and Pagan (2002)',
    ),
  ),
  defined(
    'clock',
    'cycle',
    'ratio',
    words(
      [
        '恢复时钟',
        '横轴 x 为近十二个月的农历对齐同比增长，纵轴 y 为近三个月的农历对齐同比增长减去 x；四象限：扩张（x、y ≥ 0）、放缓（x ≥ 0，y < 0）、收缩（x、y < 0）、回升（x < 0，y ≥ 0）。所在象限的概率至少 0.95 为确定，至少 0.8 为很可能，否则为未定。以后的月份只经由各类日子的系数移动它，不到半个百分点。',
      ],
      [
        'Clock',
        'x: lunar-aligned growth over the last twelve months; y: that over the last three less x. Quadrants: expansion (x, y ≥ 0), slowdown (x ≥ 0, y < 0), contraction (x, y < 0), upturn (x < 0, y ≥ 0): sure where its probability is 0.95 at the least, likely from 0.8, else undetermined. Later months move a place only through the factors of kinds of days, by less than half a point.',
      ],
      'x = g₁₂, y = g₃ − g₁₂; P ≥ 1 − P(sgn x) − P(sgn y)',
      'days, lunar-aligned; OECD and Eurostat business-cycle clocks',
    ),
  ),
  defined(
    'state',
    'cycle',
    'index',
    words(
      [
        '恢复状态',
        '由恢复度 L、农历对齐三个月增长 g、扣除三家最大法人主体后的增长 g−3 与扩散指数 B 按明确规则判断，b 为死区：少数带动（g > b 且 g−3 ≤ 0，或 B 显著低于 50；不论水平）、已恢复（L ≥ 100，g ≥ −b）、恢复中（L < 100，g > b）、回落（L ≥ 100，g < −b）、下滑（L < 100，g < −b）、持平（其余 L < 100）。年份太少而没有水平时只看增长：增长（g > b）、下滑（g < −b）、持平。只有至少“很可能”的状态才给出，否则为未定；缺少数据时为数据不足。',
      ],
      [
        'State of recovery',
        'A stated rule on the recovery ratio L, lunar-aligned three-month growth g, the same without the three largest owners g−3 and breadth B, with a dead-band b: carried by few (g > b and g−3 ≤ 0, or B below 50 by more than chance; whatever the level), recovered (L ≥ 100, g ≥ −b), recovering (L < 100, g > b), slipping (L ≥ 100, g < −b), declining (L < 100, g < −b), flat (L < 100 else). Where too few years leave no level, growth alone is told: growing (g > b), declining (g < −b), flat. Given where it is at least likely, else undetermined; too little data where a figure is missing.',
      ],
      'first rule that applies',
      'recovery ratio, lunar-aligned growth, breadth',
    ),
  ),
  defined(
    'certainty',
    'quality',
    'ratio',
    words(
      [
        '把握程度',
        '若重新抽取法人主体，会得到同一状态的比例：0.95 起为确定，0.8 起为很可能，否则为未定。由 400 次对法人主体的泊松自助抽样得出，恢复度、增长与 g−3 一同抽取。法人主体少于 20 家，或有效数少于 10 家时，不作判断；若除去三家最大的仍够数，仍可判断是否少数带动。',
      ],
      [
        'Certainty',
        'How often the same state would be found with owners drawn anew: sure from 0.95, likely from 0.8, else undetermined. From 400 Poisson bootstrap replicates over legal owners, in which level, growth and g−3 are drawn together. Nothing is said of fewer than 20 owners, or fewer than 10 effective ones, but that few carry the area where the others without the three largest are enough.',
      ],
      'share of replicates in the most frequent state',
      'rollup_merchant_month, merchants.owner_id; Efron and Tibshirani (1993)',
    ),
  ),
  defined(
    'interval',
    'quality',
    'ratio',
    words(
      [
        '置信区间与等级',
        '区间在十次中有九次包含真值。标准误由逐一去掉法人主体（刀切法）得出，主体少时用学生 t 分布；增长与恢复度在对数尺度上对称。等级按标准误占数值（增长取 1 + g）之比：A 不到 5%，B 不到 10%，C 不到 15%，D 不到 25%，E 不到 35%，F 以上。法人主体少于 20 家，或有效数（(Σx)² ÷ Σx²）少于 10 家时不给区间。',
      ],
      [
        'Interval and grade',
        'The interval holds the true value 9 times in 10. Standard errors by leaving out one legal owner after the other (jackknife), with Student’s t for few of them; symmetrical in logarithms for growth and level. Grades by the standard error as a part of the value (of 1 + g for growth): A below 5 %, B 10, C 15, D 25, E 35, F beyond. No interval under 20 owners, or under 10 effective ones, (Σx)² ÷ Σx².',
      ],
      'θ·exp(± t₀.₉₅ · SE), SE² = (n−1)/n · Σ (ln θ₍₋ᵢ₎ − ln θ)²',
      'rollup_merchant_month, merchants.owner_id; Tukey; Satterthwaite; Statistics Canada (grades)',
    ),
  ),
  defined(
    'growth-of-others',
    'cycle',
    'ratio',
    words(
      [
        '其余主体增长 g−3',
        '扣除三家最大的法人主体（按两期合计）之后的农历对齐三个月增长：若为零或负，增长只靠少数几家。主体按月保存，对齐日期按各月天数占比折算，再与精确的总增长对齐。',
      ],
      [
        'Growth of the others, g−3',
        'Lunar-aligned three-month growth without the three largest legal owners (by both periods together): at zero or below, growth rests on a few. Owners are kept by month, so aligned days enter by their share of a month, scaled to the exact growth of all.',
      ],
      'Σ now without the three ÷ Σ before without them − 1',
      'rollup_merchant_month, merchants.owner_id',
    ),
  ),
  defined(
    'vintage',
    'quality',
    'days',
    words(
      ['数据版本', '每次载入发布一个版本；同一版本的数字不变。asOf 给出某日结束时已发布的版本。'],
      [
        'Vintage',
        'Each load publishes a version, whose figures never change; asOf reads what had been published by the end of a day.',
      ],
      'greatest data_version with published_at ≤ end of the day',
      'data_versions',
    ),
  ),
];
