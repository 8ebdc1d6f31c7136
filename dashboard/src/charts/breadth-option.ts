import type { BreadthAnswer, BriefFigure, SureFigure } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex, type TooltipLine } from './chart-tooltip.ts';
import { linePoints } from './line-points.ts';
import type { ChartPalette } from './palette.ts';
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

/** Where a breadth surely stands: `null` where its interval holds the neutral line, or it has none. */
export function sureSide({ uncertainty }: Pick<SureFigure, 'uncertainty'>): 'above' | 'below' | null {
  if (uncertainty === null) return null;
  if (uncertainty.low > NEUTRAL) return 'above';
  return uncertainty.high < NEUTRAL ? 'below' : null;
}

const POINT_SIZE = 7;
/** The months as the line has them; one that surely stands above or below neutral is a point in its colour. */
function sidedPoints(points: readonly BreadthPoint[], { rise, fall }: ChartPalette) {
  const line = linePoints(points.map(({ breadth }) => breadth.value));
  const data = points.map(({ breadth }, index) => {
    const side = sureSide(breadth);
    if (side === null || breadth.value === null) return line.data[index] ?? null;
    const itemStyle = { color: side === 'above' ? rise : fall };
    return { value: breadth.value, symbol: 'circle', symbolSize: POINT_SIZE, itemStyle };
  });
  return { showSymbol: true, showAllSymbol: true, symbol: 'none', data };
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
        areaStyle: { origin: NEUTRAL, color: soft(palette.rest) },
        emphasis: { disabled: true },
        ...sidedPoints(points, palette),
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
