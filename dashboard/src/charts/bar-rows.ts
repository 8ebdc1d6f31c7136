import type { EChartsOption } from 'echarts';
import { tooltipElement, tooltipIndex, type TooltipLine } from './chart-tooltip.ts';

/** What charts of horizontal bars share: room for names and axis, and a tooltip for the bar under the pointer. */
export function barRows<R>(
  rows: readonly R[],
  describe: (row: R) => { title: string; lines: TooltipLine[] },
): Pick<EChartsOption, 'grid' | 'tooltip'> {
  return {
    grid: {
      left: 4,
      right: 12,
      top: 8,
      bottom: 28,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'shadow' },
      formatter: (params: unknown) => {
        const row = rows[tooltipIndex(params)];
        if (row === undefined) return '';
        const { title, lines } = describe(row);
        return tooltipElement(title, lines);
      },
    },
  };
}
