import type { Definition } from '@beltline/contract';
import { defined, words } from './words.ts';

/** Who takes part in a movement, where it stands, and the state made of it. */
export const CYCLE_DEFINITIONS: readonly Definition[] = [
  defined(
    'breadth',
    'cycle',
    'points',
    words(
      [
        '扩散指数',
        '最近三个月与去年同三个月相比，成交上升的商家占比加持平占比的一半；新进算上升，退出算下降；50 为中性。1月与2月同进同出：1月看到上年12月为止，4月从1月起算。也可对产业带或五条赛道计算。',
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
        '季节调整序列在前后5个月内的峰与谷，峰谷交替，一个阶段至少5个月，一个周期至少15个月；数据少于四年时均为暂定。',
      ],
      [
        'Turning points',
        'Peaks and troughs of the adjusted series within ±5 months, alternating, a phase of at least 5 months and a cycle of at least 15; with under four years of data all are tentative.',
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
        '横轴为趋势序列高出长期对数线性趋势的百分比，纵轴为其一个月的变化；四象限：扩张、放缓、收缩、回升。最后三个月会修订。无季节调整值的不在时钟上。',
      ],
      [
        'Clock',
        'x: how far the smooth series is above its long log-linear trend, in per cent of it; y: its change over a month. Quadrants: expansion, slowdown, contraction, upturn. The last three months revise. What has no adjusted series is not on the clock.',
      ],
      'x = T_t ÷ exp(a + b·t) − 1, y = x_t − x_{t−1}',
      'adjusted series; OECD and Eurostat business-cycle clocks',
    ),
  ),
  defined(
    'state',
    'cycle',
    'index',
    words(
      [
        '恢复状态',
        '由恢复度 L、农历对齐三个月增长 g 与扩散指数 B 按明确规则判断，b 为死区：少数带动（g > b 且 B ≤ 50，不论水平）、已恢复（L ≥ 100，g ≥ −b）、恢复中（L < 100，g > b）、回落（L ≥ 100，g < −b）、下滑（L < 100，g < −b）、持平（其余 L < 100）、数据不足。',
      ],
      [
        'State of recovery',
        'A stated rule on the recovery ratio L, lunar-aligned three-month growth g and breadth B, with a dead-band b: carried by few (g > b, B ≤ 50, whatever the level), recovered (L ≥ 100, g ≥ −b), recovering (L < 100, g > b), slipping (L ≥ 100, g < −b), declining (L < 100, g < −b), flat (L < 100 else), too little data.',
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
        '决定状态的指标离阈值最近的距离，以死区（扩散指数以其标准误）为单位：2 以上为明确，1 以上为较有把握，否则为临界。',
      ],
      [
        'Certainty',
        'The smallest distance of a deciding figure from its threshold, in dead-bands (breadth: in standard errors): from 2 clear, from 1 likely, else borderline.',
      ],
      'min |value − threshold| ÷ dead-band',
      'state',
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
