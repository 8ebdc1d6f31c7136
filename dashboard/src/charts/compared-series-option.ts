import type { BriefFigure } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import { growthPhrase, pointGrowth, type ShownPoint } from '../format/growth-label.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex, type TooltipLine } from './chart-tooltip.ts';
import { linePoints } from './line-points.ts';
import type { ChartPalette } from './palette.ts';
import { OPEN_POINT, splitOpen, timeAxes, timeMarks, type TimeDrawing } from './time-axis.ts';

export interface ComparedSeriesDrawing extends TimeDrawing {
  points: readonly ShownPoint[];
  valueName: string;
  t: Translate;
}

/** Diagonal hatching: the sign, in every chart, that a bucket is not complete. */
export function hatching(palette: ChartPalette) {
  return {
    color: palette.valueSoft,
    borderColor: palette.value,
    borderWidth: 1,
    decal: {
      symbol: 'rect',
      color: palette.value,
      dashArrayX: [1, 0] as [number, number],
      dashArrayY: [2, 5] as [number, number],
      rotation: -Math.PI / 4,
    },
  };
}

function tooltipLines(point: ShownPoint, drawing: ComparedSeriesDrawing): TooltipLine[] {
  const { numbers, unit, palette, t, valueName } = drawing;
  const shown = ({ value, flag }: BriefFigure) => {
    if (value !== null) return numbers.exact(value, unit);
    return t(flag === 'suppressed' ? 'reason.confidential' : 'reason.no-data');
  };
  const lines: TooltipLine[] = [
    { name: valueName, value: shown(point.value), colour: palette.value },
    { name: t('chart.yearAgo'), value: shown(point.yearAgo), colour: palette.baseline },
    { name: t('chart.growth'), value: growthPhrase(pointGrowth(point), numbers, t) },
  ];
  if (point.coverage < 1) {
    lines.push({
      name: t('chart.incomplete'),
      value: t('chart.coverage', { coverage: numbers.percent(point.coverage) }),
    });
  }
  return lines;
}

/**
 * A value against the same bucket a year ago: months as bars, days as a filled line, the year ago as a thin line over it.
 * Null is a gap, an incomplete bucket is hatched.
 */
export function comparedSeriesOption(drawing: ComparedSeriesDrawing): EChartsOption {
  const { points, grain, dates, valueName } = drawing;
  const bucketName = (day: string) => (grain === 'month' ? dates.month(day.slice(0, 7)) : dates.day(day));
  const value = { id: 'value', name: valueName, ...timeMarks(drawing) };
  return {
    ...timeAxes(drawing),
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: grain === 'month' ? 'shadow' : 'line' },
      formatter: (params: unknown) => {
        const point = points[tooltipIndex(params)];
        return point ? tooltipElement(bucketName(point.day), tooltipLines(point, drawing)) : '';
      },
    },
    series: [
      grain === 'month' ? { ...value, ...monthBars(drawing) } : { ...value, ...dayLine(drawing) },
      ...yearAgoLines(drawing),
    ],
  };
}

function monthBars({ points, palette }: ComparedSeriesDrawing) {
  return {
    type: 'bar' as const,
    barMaxWidth: 26,
    barCategoryGap: '28%',
    itemStyle: { color: palette.value, borderRadius: [2, 2, 0, 0] },
    emphasis: { disabled: true },
    data: points.map((point) =>
      point.coverage < 1 && point.value.value !== null
        ? { value: point.value.value, itemStyle: hatching(palette) }
        : point.value.value,
    ),
  };
}

function dayLine({ points, palette }: ComparedSeriesDrawing) {
  return {
    type: 'line' as const,
    connectNulls: false,
    lineStyle: { color: palette.value, width: 1.75 },
    itemStyle: { color: palette.value },
    areaStyle: { color: palette.value, opacity: 0.12 },
    emphasis: { disabled: true },
    ...linePoints(points.map((point) => point.value.value)),
  };
}

function yearAgoLines({ points, palette, grain, t }: ComparedSeriesDrawing) {
  const { closed, open } = splitOpen(points, (point) => point.yearAgo.value);
  const line = {
    name: t('chart.yearAgo'),
    type: 'line' as const,
    connectNulls: false,
    z: 4,
    itemStyle: { color: palette.baseline },
    emphasis: { disabled: true },
  };
  return [
    {
      ...line,
      id: 'year-ago',
      lineStyle: { color: palette.baseline, width: grain === 'month' ? 2 : 1.25, type: [5, 3] },
      ...linePoints(closed),
    },
    {
      ...line,
      id: 'year-ago-open',
      ...OPEN_POINT,
      symbolSize: 7,
      lineStyle: { width: 0 },
      data: open,
    },
  ];
}
