/** The words of pages that compare all areas: states, clock, breadth, concentration, versions; and of recovery states. */
export const zhCompare = {
  state: {
    recovered: '已恢复',
    recovering: '恢复中',
    'carried-by-few': '少数带动',
    flat: '持平',
    slipping: '回落',
    declining: '下滑',
    'too-little-data': '数据不足',
  },
  stateWhy: {
    recovered: '已回到基准水平，且没有下降',
    recovering: '低于基准水平，正在增长，且多数商家在增长',
    'carried-by-few': '在增长，但增长的商家不过半',
    flat: '低于基准水平，几乎没有变化',
    slipping: '已回到基准水平，但正在下降',
    declining: '低于基准水平，且正在下降',
    'too-little-data': '数据不够，无法判断',
  },
  certainty: { clear: '明确', likely: '较明确', borderline: '临界' },
};
