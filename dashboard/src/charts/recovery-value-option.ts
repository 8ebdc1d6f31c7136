import type { Nowcast, RecoveryPoint, TurningPoint } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex, type TooltipLine } from './chart-tooltip.ts';
import { hatching } from './compared-series-option.ts';
import type { ChartPalette } from './palette.ts';
import { timeAxes, timeMarks, type TimeDrawing } from './time-axis.ts';

export interface RecoveryValueDrawing extends TimeDrawing {
  points: readonly RecoveryPoint[];
  turningPoints: readonly TurningPoint[];
  nowcast: Nowcast | null;
  valueName: string;
  t: Translate;
}

const isRevisable = (point: RecoveryPoint | undefined) => point?.adjusted.flag === 'revisable';

/**
 * The adjusted series as two lines: what stands, and what the next months will revise. The second begins with the last
 * point of the first, so that no gap parts them.
 */
export function splitRevisable(points: readonly RecoveryPoint[]) {
  return {
    standing: points.map((point) => (isRevisable(point) ? null : point.adjusted.value)),
    revisable: points.map((point, index) =>
      isRevisable(point) || isRevisable(points[index + 1]) ? point.adjusted.value : null,
    ),
  };
}

/** Values of a month as bars, without season and holiday as a line, its trend, and the estimate of a running month. */
export function recoveryValueOption(drawing: RecoveryValueDrawing): EChartsOption {
  const { points, dates } = drawing;
  return {
    ...timeAxes(drawing),
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'shadow' },
      formatter: (params: unknown) => {
        const point = points[tooltipIndex(params)];
        return point ? tooltipElement(dates.month(point.month), tooltipLines(point, drawing)) : '';
      },
    },
    series: [valueBars(drawing), ...adjustedLines(drawing), turningMarks(drawing), ...nowcastMarks(drawing)],
  };
}

function tooltipLines(point: RecoveryPoint, drawing: RecoveryValueDrawing): TooltipLine[] {
  const { numbers, unit, palette, t, valueName, nowcast, turningPoints } = drawing;
  const line = (name: string, value: number | null, colour: string): TooltipLine[] =>
    value === null ? [] : [{ name, value: numbers.exact(value, unit), colour }];
  const turning = turningPoints.find(({ month }) => month === point.month);
  const running = nowcast?.month === point.month ? nowcast : null;
  const adjusted = t(isRevisable(point) ? 'recovery.adjustedRevisable' : 'recovery.adjusted');
  return [
    ...line(valueName, point.value.value, palette.valueSoft),
    ...line(adjusted, point.adjusted.value, palette.value),
    ...line(t('recovery.trend'), point.trend.value, palette.baseline),
    ...(running ? line(t('nowcast.estimate'), running.estimate.value, palette.note) : []),
    ...(running?.low != null && running.high !== null
      ? [
          {
            name: t('nowcast.band', { band: numbers.percent(running.band) }),
            value: `${numbers.compact(running.low, unit)} – ${numbers.compact(running.high, unit)}`,
          },
        ]
      : []),
    ...(turning ? [{ name: t('recovery.turning'), value: turningName(turning, t) }] : []),
    ...(point.coverage < 1
      ? [
          {
            name: t('chart.incomplete'),
            value: t('chart.coverage', { coverage: numbers.percent(point.coverage) }),
          },
        ]
      : []),
  ];
}

/** "谷底（暂定）". */
export function turningName(turning: TurningPoint, t: Translate): string {
  return t(`recovery.${turning.tentative ? 'tentative' : 'settled'}.${turning.kind}`);
}

function valueBars(drawing: RecoveryValueDrawing) {
  const { points, palette, valueName } = drawing;
  return {
    id: 'value',
    name: valueName,
    ...timeMarks(drawing),
    type: 'bar' as const,
    barMaxWidth: 26,
    barCategoryGap: '28%',
    itemStyle: { color: palette.valueSoft, borderRadius: [2, 2, 0, 0] },
    emphasis: { disabled: true },
    data: points.map((point) =>
      point.coverage < 1 && point.value.value !== null
        ? { value: point.value.value, itemStyle: hatching(palette) }
        : point.value.value,
    ),
  };
}

function adjustedLines({ points, palette, t }: RecoveryValueDrawing) {
  const { standing, revisable } = splitRevisable(points);
  const line = { type: 'line' as const, connectNulls: false, emphasis: { disabled: true } };
  const adjusted = { ...line, name: t('recovery.adjusted'), z: 5, itemStyle: { color: palette.value } };
  return [
    {
      ...line,
      id: 'trend',
      name: t('recovery.trend'),
      z: 4,
      showSymbol: false,
      itemStyle: { color: palette.baseline },
      lineStyle: { color: palette.baseline, width: 2, type: [6, 3] },
      data: points.map((point) => point.trend.value),
    },
    {
      ...adjusted,
      id: 'adjusted',
      showSymbol: false,
      lineStyle: { color: palette.value, width: 2.25 },
      data: standing,
    },
    {
      ...adjusted,
      id: 'adjusted-revisable',
      showAllSymbol: true,
      lineStyle: { color: palette.value, width: 1.75, type: [2, 2] },
      data: revisable.map((value, index) => ({
        value,
        symbol: isRevisable(points[index]) ? 'circle' : 'none',
        symbolSize: 7,
        itemStyle: { color: palette.panel, borderColor: palette.value, borderWidth: 1.75 },
      })),
    },
  ];
}

/** Peaks point up, troughs down; tentative ones are hollow. They stand on the adjusted line, else on the bar. */
function turningMarks({ points, turningPoints, palette, t }: RecoveryValueDrawing) {
  return {
    id: 'turning',
    name: t('recovery.turning'),
    type: 'line' as const,
    z: 6,
    showAllSymbol: true,
    lineStyle: { width: 0 },
    emphasis: { disabled: true },
    data: points.map((point) => {
      const turning = turningPoints.find(({ month }) => month === point.month);
      if (!turning) return null;
      const up = turning.kind === 'peak';
      return {
        value: point.adjusted.value ?? point.value.value,
        symbol: 'triangle',
        symbolSize: 11,
        symbolRotate: up ? 0 : 180,
        symbolOffset: [0, up ? -13 : 13],
        itemStyle: {
          color: turning.tentative ? palette.panel : palette.text,
          borderColor: palette.text,
          borderWidth: 1.5,
        },
      };
    }),
  };
}

/**
 * The band as far as it is drawn: no higher than everything else, so that it never sets the chart's axis; `cut` where it runs on beyond that.
 */
export function drawnBand(points: readonly RecoveryPoint[], { estimate, low, high }: Nowcast) {
  if (low === null || high === null) return null;
  const drawn = points.flatMap(({ value, adjusted, trend }) =>
    [value, adjusted, trend].map((figure) => figure.value ?? 0),
  );
  const reach = Math.max(...drawn, estimate.value ?? 0);
  return { low, high: Math.min(high, reach), cut: high > reach };
}

/** The estimate as a diamond, its band as a line with caps: caps are points of a series, so that the axis holds them. */
function nowcastMarks({ points, nowcast, palette, days, t }: RecoveryValueDrawing) {
  const index = points.findIndex(({ month }) => month === nowcast?.month);
  const estimate = nowcast?.estimate.value ?? null;
  if (nowcast === null || index === -1 || estimate === null) return [];
  const band = drawnBand(points, nowcast);
  const at = (value: number) => points.map((_, position) => (position === index ? value : null));
  const mark = {
    type: 'line' as const,
    z: 7,
    showAllSymbol: true,
    lineStyle: { width: 0 },
    itemStyle: { color: palette.note },
    emphasis: { disabled: true },
  };
  const cap = { ...mark, symbol: 'rect', symbolSize: [13, 2] };
  const caps = band && [
    { ...cap, id: 'nowcast-low', data: at(band.low) },
    { ...cap, id: 'nowcast-high', ...(band.cut ? ARROW : {}), data: at(band.high) },
  ];
  return [
    ...(caps ?? []),
    {
      ...mark,
      id: 'nowcast',
      name: t('nowcast.estimate'),
      symbol: 'diamond',
      symbolSize: 11,
      data: at(estimate),
      ...(band ? { markLine: whisker(days[index] ?? '', band, palette) } : {}),
    },
  ];
}

/** What goes on beyond the chart points there. */
const ARROW = { symbol: 'triangle', symbolSize: 10 };

function whisker(day: string, { low, high }: { low: number; high: number }, palette: ChartPalette) {
  type Ends = [{ coord: (string | number)[] }, { coord: (string | number)[] }];
  const ends: Ends = [{ coord: [day, low] }, { coord: [day, high] }];
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    label: { show: false },
    lineStyle: { color: palette.note, width: 2, type: 'solid' as const },
    data: [ends],
  };
}
