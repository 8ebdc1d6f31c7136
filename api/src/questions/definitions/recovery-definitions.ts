import type { Definition } from '@beltline/contract';
import { defined, words } from '../../core/definition-words.ts';

const DAYS = 'rollup_belt_day';
const MONTHS = 'rollup_belt_day, summed by month';
const SKU_MONTHS = 'rollup_sku_month, rollup_belt_day';

/** Growth that survives the calendar, and the level against a reference. */
export const RECOVERY_DEFINITIONS: readonly Definition[] = [
  defined(
    'merged-january-february',
    'growth',
    'ratio',
    words(
      [
        '1—2月合并同比',
        '春节在1月21日至2月20日之间移动，所以1月与2月的同比合并计算，与国家统计局的发布方式一致；2月未完整载入时不给出。',
      ],
      [
        'January–February merged',
        "The Spring Festival moves between 21 January and 20 February, so both months share one growth rate, as China's statistics bureau publishes it; not given before February is complete.",
      ],
      '(Y_Jan + Y_Feb) ÷ (Y_Jan,−1 + Y_Feb,−1) − 1',
      MONTHS,
    ),
  ),
  defined(
    'lunar-growth',
    'growth',
    'ratio',
    words(
      [
        '农历对齐增长',
        '正月初一前48天至后45天与去年同一农历日相比，其余日子与去年同一公历日相比；去年的每一天至多用一次，剩下没有对应日的日子两年都不计入。分母为去年对应日，按其与今年那一天的星期、节假日（含调休）与大促（6·18、双11、双12）之别换算，系数由该区域自身的逐日数据估计，不显著者为1。状态判断取最近三个完整月。',
      ],
      [
        'Lunar-aligned growth',
        'From 48 days before to 45 after the New Year each day is compared with the same lunar day of the year before, other days with the same calendar day. No day of the year before counts twice; days that are left over have no counterpart and are in neither sum (coverage says how many days are compared). The denominator is what the matching days sold, each brought to the weekday, public holiday, make-up working day or sale of fixed date (6.18, 11.11, 12.12) of the day it is compared with, by factors told from all days of the area, 1 where they are not significant. A state takes the last three complete months.',
      ],
      'Σ y(d) ÷ Σ y(d′) · f(d) ÷ f(d′) − 1 over the days d that have one, d′ = the matching day a year before, f = the factor of a day',
      DAYS,
    ),
  ),
  defined(
    'volume-level',
    'growth',
    'index',
    words(
      [
        '复苏水平（剔除价格）',
        '按金额的复苏水平除以当前窗口相对基准年的价格；100 表示实物量回到基准。价格无法得知（可比商品太少）时不给出。区间同时包含金额与价格的误差。',
      ],
      [
        'Recovery level by volume',
        'The recovery level by value divided by the prices of the window against those of the base year; 100 = the volume is back to the base. There is none where prices are not known, for too few items were sold in both. The interval has the errors of value and prices together.',
      ],
      'L by value ÷ (P_t ÷ P_base)',
      SKU_MONTHS,
    ),
  ),
  defined(
    'volume-growth',
    'growth',
    'ratio',
    words(
      ['三个月增长（剔除价格）', '农历对齐的三个月增长除以同期价格的变化。'],
      [
        'Three-month growth by volume',
        'Lunar-aligned growth of three months divided by the change of prices over the same months of the year before.',
      ],
      '(1 + g) ÷ (P_t ÷ P_t−12) − 1',
      SKU_MONTHS,
    ),
  ),
  defined(
    'price-since-base',
    'growth',
    'index',
    words(
      [
        '相对基准年的价格',
        '商品按 SKU 与互斥赛道组合区分；以基准年的四个季度、其后各年与窗口相同的月份和窗口本身为时段，用 GEKS-Törnqvist 连接，基准年为 100。',
      ],
      [
        'Prices since the base year',
        "Items are SKUs by exclusive combination of tracks; GEKS-Törnqvist over the base year's four quarters, the window's months in each year from there on, and the window; the base year = 100.",
      ],
      'P_t ÷ (Σ V_q ÷ Σ (V_q ÷ P_q)), q = the quarters of the base year',
      `${SKU_MONTHS}; Ivancic, Diewert and Fox (2011)`,
    ),
  ),
  defined(
    'recovery-ratio',
    'growth',
    'index',
    words(
      [
        '恢复度',
        '当前水平相对整个基准年的平均水平，100 表示恢复到基准。季节取自基准年以外、窗口前后十二个月都完整的各年：当前窗口与该年匹配日（农历对齐，并按星期、节假日与大促换算）相比，该年窗口前后十二个月再与基准年的匹配日相比，两比相乘，取各年的中位数。异常月份不用来推断季节。可用的年份不足两年则不给出，状态只按增长判断。默认基准年为首个完整载入的公历年。',
      ],
      [
        'Recovery ratio',
        'The level now against the mean of the whole base year; 100 = back to the base. The season is that of the years besides the base year whose twelve months about the window are complete: the window is compared with its matching days in that year (lunar-aligned, brought to the kind of day), those twelve months with their matching days in the base year, both ratios are multiplied, and the median over the years is taken. No season is told by months that stand out. With fewer than two such years there is none, and states are told by growth alone. Base year: the first calendar year that is completely loaded, unless chosen.',
      ],
      'median over clean years y of 100 · (Y_t ÷ Y_y) · (M_y ÷ B), M_y = the twelve months about the window of year y, B = their matching days in the base year',
      `${DAYS}; Opportunity Insights Economic Tracker, data documentation; Chen and Liu (1993)`,
    ),
  ),
  defined(
    'trough',
    'growth',
    'index',
    words(
      [
        '谷底',
        '基准年之后恢复度最低的完整月（基数过小的月份不计）；同时给出到所看月份的月数，以及该月已收复的损失比例（该月水平未知则不给出）。',
      ],
      [
        'Trough',
        'The complete month after the reference year with the lowest recovery ratio on a base that is not too small; with it the months to the month in view and the share of the loss that this has regained, where its level is known.',
      ],
      'regained = (L_now − L_trough) ÷ (100 − L_trough)',
      'recovery ratio',
    ),
  ),
  defined(
    'adjusted',
    'growth',
    'money',
    words(
      [
        '季节调整值',
        '先从月度序列的对数中剔除各月的日子构成（星期、节假日、调休、大促、2月29日）与春节效应，再用 STL 分解去掉季节；明显异常的单个月份不参与推断季节与趋势，但仍在调整值中；只含完整月。最后三个月随新数据修订，故作标记。少于24个完整月、某月无成交（或退款超过成交），或居中月份不足 BELTLINE_MIN_BASE（默认30）笔订单的，不给出。',
      ],
      [
        'Adjusted series',
        'What the kinds of days in a month (weekdays, public holidays, make-up days, sales of fixed date, 29 February) and the Spring Festival do to it is taken out of the logarithms of the monthly series, then STL takes out the season; single months that surely stand out tell neither season nor trend, and stay in the adjusted values; complete months only. The last three months revise with new data and are marked. Not given under 24 complete months, with a month without sales (or with refunds above them), or where the middle month has fewer than BELTLINE_MIN_BASE (30) orders.',
      ],
      'exp(ln y_m − ln W_m − (ln H_m − mean ln H of that calendar month) − S_m)',
      `${MONTHS}; Cleveland et al. (1990), STL`,
    ),
  ),
  defined(
    'holiday-effect',
    'growth',
    'ratio',
    words(
      [
        '春节效应',
        '停工期（一般为初一前10天至后12天，起止由数据选定）的一天比平常日子少卖的比例（−0.8 即少卖八成）；节前赶单与节后复工另有系数。由全部产业带合并估计；产业带与品类用本品类的估计，按品类之间的真实差异与其自身误差向合并值收缩。',
      ],
      [
        'Holiday effect',
        'What a day of the standstill (as a rule 10 days before to 12 after the New Year; the data choose its ends) sells beyond an ordinary day, as a share of that: −0.8 is four fifths less. The rush before and the return to work have coefficients of their own. Estimated over all belts together; belts and categories have the category’s estimate, drawn towards that of all by how much categories truly differ and how sure its own is.',
      ],
      'Δ12 ln y = Δ12 ln H + fixed effect of belt and year, H = 1 + Σ β_k · w_k, w_k = share of the days of the month in window k; least squares, Gauss–Newton; of a category: + σ² ÷ τ_k² · (β_k − pooled β_k)² in the squares',
      'in the manner of Bell and Hillmer (1983); τ² after DerSimonian and Laird (1986)',
    ),
  ),
  defined(
    'nowcast',
    'growth',
    'money',
    words(
      [
        '即时预测',
        '由已有天数推算全月，小的产业带向全国借力：全国剩余日子的成交由链梯法估计（行是往年匹配日，1—3月按农历，加此前各月，先去掉星期影响），再乘以该区域的份额。份额既看本月至今（链梯），也看此前十二周（Bornhuetter–Ferguson），前者的权重为全国往年此时通常完成的部分（Benktander）；往年完成进度与全国不同的，按可信度由全国、品类向自身修正。估计是居中的值，区间由以往同类月份（12月至3月、其余月份）、剩余订单数相近的一百次估计的误差得出，约八成真值落在其中。区间宽过估计值一半的，不作估计（为时尚早）；本月至今或往年匹配日合计不足 BELTLINE_MIN_BASE（默认30）笔订单的，也不作估计。',
      ],
      [
        'Nowcast',
        'The whole month from its first days, with strength borrowed of all belts: what the nation will sell in the days that are left, by a chain ladder (rows: the matching days of earlier years, lunar in January to March, and the months before, freed of the weekday), times the area’s share. The share is told by the month so far (chain ladder) and by the twelve weeks before (Bornhuetter–Ferguson), weighed by the part that is usually done (Benktander); where the area’s months fill up otherwise than the nation’s, it is corrected over its category’s to its own pattern as far as that is credible. The estimate is the middle one, and the band that holds about 80 % of outcomes comes from the errors of the hundred past estimates of the same kind of month (December to March, or others) with the most similar number of orders to come. Where the band is wider than half of the estimate it is too early to tell; where the month so far, or its matching days of earlier years together, hold fewer than BELTLINE_MIN_BASE (30) orders, nothing is estimated either.',
      ],
      'Ŷ = C_d + R · [p · s_now + (1 − p) · s_before], R = the nation’s rest by chain ladder, p = its part done, s = shares; Ŷ and band × quantiles of past errors',
      `${DAYS}; Mack (1993), ASTIN Bulletin 23(2); Mack (2000), ASTIN Bulletin 30(2)`,
    ),
  ),
  defined(
    'backtest',
    'quality',
    'ratio',
    words(
      [
        '即时预测回测',
        '对每个过去的月份，只用第5、10、15、20、25天之前的数据重做预测，与两种简单规则（按天数放大、按去年同期占比）比较平均绝对误差。',
      ],
      [
        'Backtest of the nowcast',
        'Every past month is estimated again from its first 5, 10, 15, 20 and 25 days alone; the mean absolute error stands beside that of two naive rules: scale by days elapsed, and last year’s share.',
      ],
      'mean |Ŷ − Y| ÷ Y',
      DAYS,
    ),
  ),
  defined(
    'revisions',
    'quality',
    'ratio',
    words(
      [
        '修订',
        '初值：某月数据首次完整的那个版本，且在次月公布；第k个月的值：该月结束后第k个月内最后公布的版本。修订 = 后来的值 ÷ 先前的值 − 1，增速的修订为百分点之差。某月内没有公布过版本的，没有该值，不算修订为零。均值的区间为 90%；“95% 以内”按绝对值，不足二十个月取最大者。某月龄的数值，过去十二个以上的月份（各至少再观察三个月）中 95% 修订不到 1% 的为“最终”，否则为“初步”；不足十二个月的，修订尚不可知。',
      ],
      [
        'Revisions',
        'First print: the first version in which a month is complete, if it was published in the month after it. Print at month k: the last version published in the k-th month after it. Revision = later ÷ earlier − 1; of growth, the difference in points. Where nothing was published in a month there is no print, and no revision of zero. The interval of the mean is of 90 %; “95 % within” is by size, of fewer than twenty months the largest. Figures of an age are final where 95 % of the past revisions of at least twelve months, each seen for three months more, were under 1 %; else provisional. With fewer months revisions are not yet known.',
      ],
      'r = x_later ÷ x_print − 1; final where P95 |r| < 1 %',
      'rollup_belt_month by data version; McKenzie and Gamba (2008), OECD; Newey and West (1987)',
    ),
  ),
  defined(
    'adjustment',
    'quality',
    'ratio',
    words(
      [
        '季节调整诊断',
        '残余季节性：对调整后逐月变化的 QS 统计量，以及去掉趋势后按月份的 Kruskal–Wallis 秩检验，p 低于 1% 的视为仍有季节性。滑动区间：对长 36 个月、相隔 6 个月的各区间分别调整，季节因子（或环比变化）相差超过 3% 的月份所占比例，超过 25%（40%）的不可信。修订：只用某月之后 k 个月以内的数据重做调整，与现在的估计相比。节日与日历影响仍按全部数据估计，因此真实的修订还会略大。',
      ],
      [
        'Diagnostics of the adjustment',
        'Season that is left: QS of the changes of adjusted values, and Kruskal and Wallis’ ranks of calendar months without the trend; a p-value below 1 % says that there is one. Sliding spans: spans of 36 months, 6 apart, are adjusted each by itself; the share of months whose seasonal factors (changes from the month before) differ by more than 3 %; above 25 % (40 %) the adjustment is not to be trusted. Revisions: the adjustment is made again with only k months known after a month, and compared with the estimate of today. What the holiday and the calendar do is still told by all data, so true revisions are somewhat larger.',
      ],
      'QS = n(n + 2) Σ max(0, r₁₂ₖ)² ÷ (n − 12k); S(%), MM(%)',
      'Maravall (2012); Kruskal and Wallis (1952); Findley, Monsell, Shulman and Pugh (1990)',
    ),
  ),
  defined(
    'revisable',
    'quality',
    'days',
    words(
      ['待修订', '估计值，新增月份后会改变：季节调整的最后三个月。'],
      ['Revisable', 'An estimate that new months will change: the last three of a seasonal adjustment.'],
      'last 3 months',
      'Cleveland et al. (1990), STL',
    ),
  ),
];
