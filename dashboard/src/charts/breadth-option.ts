import type { BreadthAnswer, BriefFigure, SureFigure } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex, type TooltipLine } from './chart-tooltip.ts';
import { linePoints } from './line-points.ts';
import { timeAxes, type TimeDrawing } from './time-axis.ts';

export type BreadthPoint = BreadthAnswer['points'][number];

export interface BreadthDrawing extends TimeDrawing {
  points: readonly BreadthPoint[];
  t: Translate;
}

/** As many merchants rise as fall. */
export const NEUTRAL = 50;
const STEP = 10;

const valuesOf = (points: readonly BreadthPoint[]) =>
  points.flatMap(({ breadth }) => (breadth.value === null ? [] : [breadth.value]));

/** Whole steps around the curve, with the neutral line always in view and room on both sides. */
export function breadthRange(points: readonly BreadthPoint[]): { min: number; max: number } {
  const values = valuesOf(points);
  const min = Math.min(NEUTRAL - STEP, ...values.map((value) => Math.floor(value / STEP) * STEP));
  const max = Math.max(NEUTRAL + STEP, ...values.map((value) => Math.ceil(value / STEP) * STEP));
  return { min, max };
}

/**
 * The fill between the curve and the neutral line: one colour above it and one below. The gradient runs over the height of
 * the filled shape, which reaches from the highest to the lowest value and always to the neutral line.
 */
export function splitFill(points: readonly BreadthPoint[], above: string, below: string) {
  const values = valuesOf(points);
  const top = Math.max(NEUTRAL, ...values);
  const bottom = Math.min(NEUTRAL, ...values);
  const at = top === bottom ? 0 : (top - NEUTRAL) / (top - bottom);
  return {
    type: 'linear' as const,
    x: 0,
    y: 0,
    x2: 0,
    y2: 1,
    colorStops: [
      { offset: 0, color: above },
      { offset: at, color: above },
      { offset: at, color: below },
      { offset: 1, color: below },
    ],
  };
}

/** A third as strong: in the colour itself, because on paper a gradient loses the opacity of its shape. */
const soft = (colour: string) => `${colour}52`;

/** A breadth in words: a number, or why there is none. */
export const breadthWords = (
  { value, reason }: BriefFigure,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string => (value === null ? t(`reason.${reason ?? 'no-data'}`) : numbers.index(value));

/** The interval, for the tooltip; nothing where there is none. */
function intervalLines(
  { uncertainty }: SureFigure,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): TooltipLine[] {
  if (uncertainty === null) return [];
  const ends = { low: numbers.index(uncertainty.low), high: numbers.index(uncertainty.high) };
  return [{ name: t('breadth.interval'), value: t('uncertainty.between', ends) }];
}

/** The breadth month by month around its neutral line. Null is a gap. */
export function breadthOption(drawing: BreadthDrawing): EChartsOption {
  const { points, palette, dates, numbers, t } = drawing;
  const axes = timeAxes(drawing);
  return {
    ...axes,
    yAxis: { ...axes.yAxis, ...breadthRange(points), interval: STEP },
    tooltip: {
      trigger: 'axis',
      confine: true,
      formatter: (params: unknown) => {
        const point = points[tooltipIndex(params)];
        if (!point) return '';
        const { breadth, rising, unchanged, falling } = point;
        return tooltipElement(dates.month(point.month), [
          {
            name: t('breadth.name'),
            value: breadthWords(breadth, { numbers, t }),
            colour: palette.text,
          },
          ...intervalLines(breadth, { numbers, t }),
          { name: t('breadth.rising'), value: numbers.count(rising) },
          { name: t('breadth.unchanged'), value: numbers.count(unchanged) },
          { name: t('breadth.falling'), value: numbers.count(falling) },
        ]);
      },
    },
    series: [
      {
        id: 'breadth',
        name: t('breadth.name'),
        type: 'line',
        connectNulls: false,
        lineStyle: { color: palette.text, width: 2 },
        itemStyle: { color: palette.text },
        areaStyle: { origin: NEUTRAL, color: splitFill(points, soft(palette.rise), soft(palette.fall)) },
        emphasis: { disabled: true },
        ...linePoints(points.map(({ breadth }) => breadth.value)),
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          lineStyle: { color: palette.muted, type: 'solid', width: 1.5 },
          label: {
            formatter: t('breadth.neutral'),
            // On the side of the line where the curve does not begin.
            position: (valuesOf(points)[0] ?? 0) > NEUTRAL ? 'insideStartBottom' : 'insideStartTop',
            color: palette.muted,
          },
          data: [{ yAxis: NEUTRAL }],
        },
      },
    ],
  };
}
