/** The words of the table of all belts. */
export const zhBelts = {
  beltTable: {
    title: '全部产业带',
    caption: '产业带、状态、水平和各赛道的增长',
    summary:
      '共 {all} 个产业带。▲▼ 是可以确认的增减（所有产业带和赛道一起检验，平均误报不超过 {rate}%），± 可能出于偶然。',
    summaryNarrowed:
      '{all} 个产业带中有 {count} 个符合条件。▲▼ 是可以确认的增减（平均误报不超过 {rate}%），± 可能出于偶然。',
    growthOn: '{track}增长',
    any: '不限',
    ready: '常问的问题',
    condition: {
      rises: '确认上升',
      falls: '确认下降',
      'not-rises': '未确认上升',
      'not-falls': '未确认下降',
    },
    question: {
      crossBorderAlone: '跨境上升而定制没有',
      customAlone: '定制上升而跨境没有',
      distributionAlone: '分销上升而跨境没有',
      falling: '整体下降',
    },
    none: '没有产业带符合全部条件。',
    clear: '取消全部条件',
    compare: '并排比较（{count}）',
    tick: '选中 {name} 以比较',
    tickMore: '勾选二至六个产业带，可以并排比较。',
  },
};
