import type { Definition } from '@beltline/contract';
import { defined, words } from '../../core/definition-words.ts';

const MERCHANTS = 'rollup_merchant_month';
const SKUS = 'rollup_sku_month';

/** Why a figure changed: exact splits, and how value is spread over merchants. */
export const DECOMPOSITION_DEFINITIONS: readonly Definition[] = [
  defined(
    'margins',
    'decomposition',
    'money',
    words(
      [
        '因素分解',
        '成交额 = 商家数 × 每商家买家数 × 每买家订单数 × 单均金额；变化按 LMDI-I 分给四个因素，相加等于总变化。任一时段有一成以上成交额的买家不明时不分解。',
      ],
      [
        'Margins',
        'GMV = merchants × buyers per merchant × orders per buyer × value per order; LMDI-I splits the change into four parts that add up to it. It is not split where the source does not tell the buyers of more than a tenth of the GMV of either side.',
      ],
      'Δ_k = L(v1, v0) · ln(x1_k ÷ x0_k), L(a, b) = (a − b) ÷ ln(a ÷ b)',
      'Ang and Liu (2001); zeros: Ang, Zhang and Choi (1998)',
    ),
  ),
  defined(
    'turnover',
    'decomposition',
    'ratio',
    words(
      [
        '商家更替',
        '成交额变化分为新进、扩张、持平、收缩、退出五类商家；增长率以两期均值为分母，新进为 +2，退出为 −2。',
      ],
      [
        'Turnover of merchants',
        'The change of GMV by entrants, expanding, unchanged, contracting and exiting merchants; growth is measured against the mean of both periods: entrants +2, exits −2.',
      ],
      'g = (X1 − X0) ÷ ((X0 + X1) ÷ 2)',
      `${MERCHANTS}; Davis, Haltiwanger and Schuh (1996)`,
    ),
  ),
  defined(
    'same-store',
    'decomposition',
    'ratio',
    words(
      ['同店增长', '只比较两期都有成交的商家；平台扩张不等于产业带增长。'],
      [
        'Same-store growth',
        'Merchants active in both periods only: the growth of a platform is not that of a belt.',
      ],
      'Σ x1 ÷ Σ x0 − 1 over merchants with x0 > 0 and x1 > 0',
      MERCHANTS,
    ),
  ),
  defined(
    'new-skus',
    'decomposition',
    'ratio',
    words(
      [
        '新品占比',
        '期内成交额中，来自此前 12 个月在该区域没有成交的 SKU 的份额；此前 12 个月须全部已加载，只按整月计算。来源没有提供商品编号的订单不在分子和分母里。',
      ],
      [
        'Share of new SKUs',
        'The part of GMV that comes from SKUs which sold nothing in the area in the twelve months before the period; all twelve must be loaded, and whole months only. Orders whose SKU the source does not tell are in neither sum.',
      ],
      'Σ v over SKUs without a sale in the 12 months before ÷ Σ v',
      SKUS,
    ),
  ),
  defined(
    'price-index',
    'decomposition',
    'index',
    words(
      [
        '价格指数',
        '两期都有成交的商品的价格变化，基期为 100；以 Törnqvist 为主，并列 Fisher、Laspeyres 与 Paasche。商品按 SKU 与互斥赛道组合区分，零售与批发不混；多个月的时段逐月相比，同月成交的太少时按每三个月相比，仍太少时才按整段相比。这些商品不足十种，或不足任一期成交额的五分之一时，不给出指数。',
      ],
      [
        'Price index',
        'Prices of items sold in both periods, baseline = 100; Törnqvist, with Fisher, Laspeyres and Paasche beside it. An item is a SKU in one exclusive combination of tracks, so that retail is not taken for bulk; its price is value ÷ pieces. Periods of several months are compared month by month, by three months where too few items were sold in the same months, and as a whole where those are too few as well. Under ten such items, or where they hold less than a fifth of the value of either period, there is no index.',
      ],
      'ln P = Σ ½ (s0 + s1) · ln(p1 ÷ p0)',
      `${SKUS}; IMF et al., Producer Price Index Manual (2004)`,
    ),
  ),
  defined(
    'volume-index',
    'decomposition',
    'index',
    words(
      ['物量指数', '全部成交额的指数除以可比商品的价格指数；价格与物量两部分相加等于成交额变化。'],
      [
        'Volume index',
        'Index of the whole value ÷ price index of the items sold in both periods; the parts of price and volume add up to the change of value.',
      ],
      'Q = (V1 ÷ V0) ÷ P',
      SKUS,
    ),
  ),
  defined(
    'chain-price',
    'decomposition',
    'index',
    words(
      ['月度价格水平', '以期末为止的13个月为窗口，用 GEKS-Törnqvist 计算，没有链条漂移；首月为 100。'],
      [
        'Monthly price level',
        'GEKS-Törnqvist over a window of 13 months up to the end of the period, free of chain drift; its first month is 100.',
      ],
      'P_t = Π_k (P_0k · P_kt)^(1 ÷ n)',
      `${SKUS}; Ivancic, Diewert and Fox (2011)`,
    ),
  ),
  defined(
    'price-war',
    'decomposition',
    'index',
    words(
      [
        '内卷',
        '价格指数下降至少 1 % 而物量指数上升至少 1 %，两者都超出各自的两个标准误（按法人主体），且降价抵消的金额不少于增量所带来的四分之一；降价微不足道的增长不算内卷，法人主体太少时不判断。',
      ],
      [
        'Price war',
        'The price index falls by at least 1 % while the volume index rises by at least 1 %, both beyond two standard errors over legal owners, and lower prices take back at least a quarter of what volume adds: growth with prices that hardly fell is none. Of too few owners none is claimed.',
      ],
      'P ≤ 99, Q ≥ 101, −ln(P ÷ 100) ≥ ¼ ln(Q ÷ 100), −ln(P ÷ 100) ≥ 2 se(ln P), ln(Q ÷ 100) ≥ 2 se(ln Q)',
      'price index, volume index',
    ),
  ),
  defined(
    'hhi',
    'decomposition',
    'points',
    words(
      ['赫芬达尔指数', '商家份额（百分数）平方和，从接近 0（分散）到 10000（一家独占）。'],
      [
        'Herfindahl–Hirschman index',
        'Sum of squared percentage shares of merchants, from near 0 to 10,000 (one has all).',
      ],
      'Σ (100 · x_i ÷ X)²',
      MERCHANTS,
    ),
  ),
  defined(
    'gini',
    'decomposition',
    'index',
    words(
      ['基尼系数', '动销商家成交额分布的不平等程度，0 为完全平均；未作小样本修正。仅一家商家时不给出。'],
      [
        'Gini coefficient',
        'Inequality of GMV over active merchants, 0 = all equal; without correction for small samples. None of a single merchant.',
      ],
      'Σ Σ |x_i − x_j| ÷ (2 n² x̄)',
      MERCHANTS,
    ),
  ),
  defined(
    'top-fifth',
    'decomposition',
    'ratio',
    words(
      ['前20%商家份额', '成交额最大的五分之一商家所占份额；不足整数的商家按比例计入。商家不足五家时不给出。'],
      [
        'Share of the top fifth',
        'Part of GMV that the largest fifth of the merchants has; a fraction of a merchant counts with that fraction. None of fewer than five merchants.',
      ],
      'Σ of the largest 20 % ÷ X',
      MERCHANTS,
    ),
  ),
  defined(
    'lorenz',
    'decomposition',
    'ratio',
    words(
      ['洛伦兹曲线', '从小到大累计的商家比例与其成交额比例；越远离对角线越集中。'],
      [
        'Lorenz curve',
        'Cumulated share of merchants, the smallest first, against their share of GMV; the farther from the diagonal, the more concentrated.',
      ],
      '(i ÷ n, Σ_{j ≤ i} x_j ÷ X)',
      MERCHANTS,
    ),
  ),
];
