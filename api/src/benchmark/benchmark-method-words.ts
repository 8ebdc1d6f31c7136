import type { BenchmarkDefinition } from '@beltline/contract';
import { type Words, words } from '../core/definition-words.ts';

/** How figures of a merchant's page are told, in both languages. */
export const BENCHMARK_METHOD: readonly BenchmarkDefinition[] = [
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
    'trend',
    words(
      [
        '走势',
        '最近八个季度，每个季度都与那个季度的页面所显示的一样：自己的数字，和自己当时所在组的大致中位数。组会随季度变化，以前的季度不会按今天的组重算，否则两次之差就是某一家的数字。两个季度合起来会泄露某一家的，后一个季度的同组水平不公布。按订单行算的指标，以前的季度若在读取之前就有订单行被更新，就没有数字。',
      ],
      [
        'Trend',
        'The last eight quarters, each as the page of that quarter tells it: your own figure, and the rough median of the group that you were in then. Groups change with the quarter; past ones are not told anew of today’s group, because two editions differ by single merchants; and where two quarters together would give somebody away, the later one’s level of the group is withheld. What rests on order lines has no figure of a past quarter whose lines were replaced before they were read.',
      ],
      'median of the group of each quarter',
      'ADR 48; ADR 53',
    ),
  ),
  method(
    'rank',
    words(
      [
        '综合排名',
        '商品（动销款数）、服务（回头买家占比）、履约（准时发货率）、售后（退款率，低为好）、上新（新款占比）、爆款（爆款数）、价格（与同类货的价格比，按买家的眼光低为好），各取同组内的百分位，按公布的权重平均，再分档。“有多稳”：权重各在公布值的0.5到1.5倍之间任意变动1,000次，仍在同一档的比例。',
      ],
      [
        'Rank of several measures',
        'Goods (SKUs sold), service (share of repeat buyers), fulfilment (dispatched on time), after-sales (refund rate, the lower the better), new products (share of new SKUs), hits and price (prices beside like goods, where lower is better as a buyer sees it), each as a percentile within the group, averaged by published weights and told as a band. How sure: of 1,000 weightings, each weight from half to one and a half of its own, the share that leaves you in your band.',
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
        '全国同类产品的商家里，恢复度最高的四分之一与其余相比（Cliff’s δ，只看大小次序）；有恢复度的不足60家的，看按农历对齐的同比，再不足的看同比。按法人主体自助抽样估计误差，各项一起检验（Holm，5%），不是偶然且不算太小的才显示，只说方向和大、中、小，以及大小的范围（各项一起有95%的把握）。赛道占比和订单大小按本季与基准年的全部订单算，其余只在订单数相近的商家之间比，一张大单或多几张订单不会算成差别。这是相关，不是因果。',
      ],
      [
        'What those who recover best do differently',
        'Of owners with the same goods nationwide, the quarter with the highest recovery level beside the rest (Cliff’s delta, which knows the order alone); where fewer than 60 have a level, by growth on the same lunar days, and where that is not known either, by growth on a year ago. Errors by a bootstrap over owners, all comparisons tested together (Holm, 5 %); told only where chance does not explain it and it is not too small, as a direction, a class, and the classes between which the size lies (at 95 % for all of them together). Shares of tracks and sizes of orders are those of all orders of the quarter and of the base year, all else is compared among owners of as many orders, so that a large order or one more of them is no difference. It is an association and no cause.',
      ],
      'P(x of the best > x of others) − P(<)',
      'Cliff (1993); Holm (1979); Romano and others (2006); ADR 50',
    ),
  ),
  method(
    'change',
    words(
      [
        '我的变化从哪里来',
        '本季成交额减去上年同季，全是自己的数字，不作处理，每一种分法相加都等于总变化：订单数×每单件数×单价；买家数×每个买家的订单×每单金额；同款价格×其余（数量与品种）；各赛道组合；买家来去——新来的、走掉的、留下的，按两季合计占自己成交额的份额分小（不到百分之一）、中、大（十分之一以上）。乘积用对数平均（LMDI-I）分到各项，没有余数。',
      ],
      [
        'Where my change comes from',
        'GMV of the quarter less that of the same quarter of the year before: your own figures, unprotected, and each way to split it adds up to it: orders × pieces in an order × price of a piece; buyers × orders of a buyer × value of an order; prices of the same items × the rest (volume and mix); combinations of tracks; and buyers who came, went and stayed, small (under a hundredth of your GMV of both quarters), medium, or large (from a tenth on). Products are split by logarithmic means (LMDI-I), without a remainder.',
      ],
      'Σ L(v1, v0) · ln(x1 ÷ x0), L the logarithmic mean',
      'Ang (2005); ADR 50, ADR 53',
    ),
  ),
];

function method(id: string, text: Words): BenchmarkDefinition {
  return { id, group: 'method', unit: null, better: null, ...text };
}
