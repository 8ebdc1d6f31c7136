import type { ConcentrationAnswer } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement } from './chart-tooltip.ts';
import type { ChartPalette } from './palette.ts';

export type LorenzCurve = ConcentrationAnswer['lorenz'];

export interface LorenzDrawing {
  now: LorenzCurve;
  /** Empty where there is no baseline. */
  baseline: LorenzCurve;
  numbers: NumberFormat;
  palette: ChartPalette;
  t: Translate;
}

/** The point of each curve that a tooltip is asked about, by the id of its series. */
function indexOf(params: unknown, seriesId: string): number {
  const list: unknown[] = Array.isArray(params) ? params : [params];
  for (const item of list) {
    if (typeof item !== 'object' || item === null || !('seriesId' in item) || !('dataIndex' in item))
      continue;
    if (item.seriesId === seriesId && typeof item.dataIndex === 'number') return item.dataIndex;
  }
  return -1;
}

const pairs = (curve: LorenzCurve) => curve.map(({ population, share }) => [population, share]);

/** How the value is spread: the further a curve hangs below the diagonal, the fewer merchants hold it. */
export function lorenzOption({ now, baseline, numbers, palette, t }: LorenzDrawing): EChartsOption {
  const line = { type: 'line' as const, showSymbol: false, symbol: 'circle', emphasis: { disabled: true } };
  const axis = {
    type: 'value' as const,
    min: 0,
    max: 1,
    interval: 0.2,
    axisLabel: { formatter: (value: number) => numbers.axis(Math.round(value * 100)) },
  };
  return {
    grid: {
      left: 8,
      right: 18,
      top: 24,
      bottom: 26,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      formatter: (params: unknown) => {
        const point = now[indexOf(params, 'now')];
        if (!point) return '';
        const before = baseline[indexOf(params, 'baseline')];
        const lines = [
          { name: t('concentration.now'), value: numbers.percent(point.share), colour: palette.value },
        ];
        if (before) {
          const value = numbers.percent(before.share);
          lines.push({ name: t('concentration.baseline'), value, colour: palette.baseline });
        }
        const population = numbers.percent(point.population);
        return tooltipElement(t('concentration.curve', { population }), lines);
      },
    },
    xAxis: { ...axis, name: t('concentration.x'), nameLocation: 'middle', nameGap: 24 },
    yAxis: { ...axis, name: t('concentration.y'), nameGap: 10, nameTextStyle: { align: 'left' } },
    series: [
      {
        ...line,
        id: 'equal',
        silent: true,
        tooltip: { show: false },
        lineStyle: { color: palette.muted, width: 1, type: 'dotted' },
        data: [
          [0, 0],
          [1, 1],
        ],
      },
      {
        ...line,
        id: 'baseline',
        lineStyle: { color: palette.baseline, width: 2, type: [6, 4] },
        itemStyle: { color: palette.baseline },
        data: pairs(baseline),
      },
      {
        ...line,
        id: 'now',
        lineStyle: { color: palette.value, width: 2.5 },
        itemStyle: { color: palette.value },
        data: pairs(now),
      },
    ],
  };
}
