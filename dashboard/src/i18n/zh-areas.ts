/** The words that all areas share: where one is, the year that levels are told by, and what is said where no Spring Festival is kept. */
export const zhAreas = {
  area: {
    breadcrumb: '位置',
    nation: '全国',
    belts: '{count} 个产业带',
    beltsTitle: '区域内的产业带',
    beltsCount: '按商家数从多到少，共 {count} 个产业带。',
    beltsNone: '这个区域没有产业带。',
    kinds: { province: '省份', city: '城市', category: '品类' },
    unknown: '没有这个区域：它可能改了名称，或者所选数据来源中没有它的产业带。',
    pageOf: '查看「{name}」的复苏情况',
    text: '全国各产业带合计的复苏水平、春节对齐比较、当月估计，以及变化从何而来。',
  },
  referenceYear: {
    label: '基准年',
    year: '{year} 年',
    automatic: '自动',
    refused: '这一年没有完整的数据，不能作基准。请另选基准年。',
  },
  plain: {
    areaText: '全国各产业带合计的复苏水平、当月估计，以及变化从何而来。',
    clockIntro:
      '横轴是近十二个月的同比增长，纵轴是近三个月的同比增长减去前者（均与去年的对应日子相比）。右侧是增长，左侧是下降；上方表示近期比全年快，下方表示近期比全年慢。一轮周期沿顺时针方向走完。以后月份的数据不会改变已有的位置。时钟看的是增长及其快慢，恢复状态看的是相对基准年的水平，两者含义不同，颜色也各成一套。',
    deadBand: '三个月合计与去年同期相比，变动在 ±{band} 以内算持平。',
    festivalNone: '该数据来源所在的国家不过春节，逐日按公历比较。',
    adjusted: '调整值（剔除季节）',
    levelSummary:
      '只看 {month}这一个月，水平为 {level}，{side}，同日同比 {growth}；有多大把握还不知道，可能出于偶然。',
    levelSummarySure: '只看 {month}这一个月，水平为 {level}（{interval}），{side}，同日同比 {growth}。',
    levelSummarySmall: '只看 {month}这一个月，水平的基数过小，不作结论；同日同比 {growth}。',
    levelTitle: '复苏水平与同日同比',
    growthAxis: '同日同比（%）',
    growth: '同日同比',
    threeMonths: '三个月增长',
    valueSummary: '{month}{measure}为 {value}，剔除季节后为 {adjusted}（末三个月还会修订），趋势值 {trend}。',
    valueSummarySettled: '{month}{measure}为 {value}，剔除季节后为 {adjusted}，趋势值 {trend}。',
    statesGrowth: '三个月增长',
  },
};
