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

/** The share of merchants that a tooltip is asked about: of the curve whose point is nearest to the pointer. */
function populationOf(params: unknown): number | null {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  if (typeof first !== 'object' || first === null || !('value' in first)) return null;
  const population: unknown = Array.isArray(first.value) ? first.value[0] : null;
  return typeof population === 'number' ? population : null;
}

/** Curves of periods with different numbers of merchants have points at slightly different shares. */
export function nearestPoint(curve: LorenzCurve, population: number): LorenzCurve[number] | null {
  return curve.reduce<LorenzCurve[number] | null>((nearest, point) => {
    if (nearest === null) return point;
    const isNearer = Math.abs(point.population - population) < Math.abs(nearest.population - population);
    return isNearer ? point : nearest;
  }, null);
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
        const population = populationOf(params);
        if (population === null) return '';
        const curves = [
          { name: t('concentration.now'), colour: palette.value, point: nearestPoint(now, population) },
          {
            name: t('concentration.baseline'),
            colour: palette.baseline,
            point: nearestPoint(baseline, population),
          },
        ];
        return tooltipElement(
          t('concentration.curve', { population: numbers.percent(population) }),
          curves.flatMap(({ name, colour, point }) =>
            point === null ? [] : [{ name, colour, value: numbers.percent(point.share) }],
          ),
        );
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
