import type { BriefFigure, RecoveryPoint, SureFigure } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import { asSureAs, directionOf, growthPhrase, isSignSure } from '../format/growth-label.ts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex, type TooltipLine } from './chart-tooltip.ts';
import { intervalBand } from './interval-band.ts';
import { hasLonePoint } from './line-points.ts';
import { periodArea, timeAxes, type TimeDrawing } from './time-axis.ts';

export interface RecoveryLevelDrawing extends Omit<TimeDrawing, 'unit' | 'valueAxis' | 'marks'> {
  points: readonly RecoveryPoint[];
  /** Months that stand out. */
  outliers: readonly string[];
  /** How sure the rates of a month are; null = not known (yet). */
  sureOf: (month: string) => Readonly<Record<'growth' | 'level' | 'lunarGrowth', SureFigure>> | null;
  t: Translate;
}

/** The level that stands for "back to the reference". */
export const REFERENCE_LEVEL = 100;
const STEPS = [5, 10, 20, 50, 100, 200, 500, 1000];
/** An axis for levels: even steps, four or so of them, and the reference always in sight. */
export function levelScale(levels: readonly (number | null)[]) {
  const shown = [REFERENCE_LEVEL, ...levels.filter((level) => level !== null)];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const interval = STEPS.find((step) => step * 4 >= high - low) ?? (high - low) / 4;
  const min = Math.floor(low / interval) * interval;
  return { min, max: Math.max(min + interval, Math.ceil(high / interval) * interval), interval };
}
/** Both plots share their months, so both leave the same room for the labels of their values. */
const PLOT = { left: 44, right: 12 };

/** Lunar-aligned growth as far as it may be drawn: none on too small a base. */
export const drawnGrowth = ({ lunarGrowth: { value, flag } }: RecoveryPoint): number | null =>
  flag === 'base-too-small' ? null : value;

/** The level as far as it may be drawn: a reference of too few orders is none. */
export const drawnLevel = ({ level: { value, flag } }: Pick<RecoveryPoint, 'level'>): number | null =>
  flag === 'base-too-small' ? null : value;

/** A level in words: a number, or why there is none to be told. */
export function levelWords(
  { value, flag, reason }: BriefFigure,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  if (flag === 'base-too-small') return t('flag.base-too-small');
  return value === null ? t(`reason.${reason ?? 'no-data'}`) : numbers.index(value);
}

/** Two plots over the same months: the recovery ratio with its reference, and below it lunar-aligned growth. */
export function recoveryLevelOption(drawing: RecoveryLevelDrawing): EChartsOption {
  const { points, dates, palette, numbers, t } = drawing;
  const levels = points.map(drawnLevel);
  const { xAxis, yAxis } = timeAxes({ ...drawing, unit: 'index', valueAxis: '', marks: [] });
  return {
    grid: [
      { ...PLOT, top: 24, height: '48%' },
      { ...PLOT, bottom: 22, height: '24%' },
    ],
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { ...xAxis, gridIndex: 0, axisLabel: { show: false } },
      { ...xAxis, gridIndex: 1 },
    ],
    yAxis: [
      {
        ...yAxis,
        name: t('recovery.levelAxis'),
        ...levelScale(levels),
      },
      {
        ...yAxis,
        gridIndex: 1,
        name: t('recovery.lunarAxis'),
        minInterval: 0.01,
        splitNumber: 2,
        axisLabel: { formatter: (value: number) => numbers.axisPercent(value) },
      },
    ],
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'line' },
      formatter: (params: unknown) => {
        const point = points[tooltipIndex(params)];
        return point ? tooltipElement(dates.month(point.month), tooltipLines(point, drawing)) : '';
      },
    },
    series: [
      ...bandOf(drawing),
      {
        id: 'level',
        name: t('recovery.level'),
        type: 'line',
        connectNulls: false,
        symbol: 'circle',
        symbolSize: 4,
        // Where months are many a chart drops some of the points: not one that no line reaches.
        ...(hasLonePoint(levels) || drawing.outliers.length > 0 ? { showAllSymbol: true } : {}),
        lineStyle: { color: palette.value, width: 2.25 },
        itemStyle: { color: palette.value },
        emphasis: { disabled: true },
        data: levels.map((level, index) =>
          drawing.outliers.includes(points[index]?.month ?? '')
            ? { value: level, symbol: 'diamond', symbolSize: 10 }
            : level,
        ),
        markLine: referenceLine(drawing),
        markArea: { silent: true, animation: false, data: periodArea(drawing.days, drawing.period, palette) },
      },
      {
        id: 'lunar-growth',
        name: t('recovery.lunarGrowth'),
        type: 'bar',
        xAxisIndex: 1,
        yAxisIndex: 1,
        barMaxWidth: 14,
        emphasis: { disabled: true },
        itemStyle: { color: palette.rest },
        data: points.map((point) => growthBar(point, drawing)),
      },
    ],
  };
}

/** A bar says how much; its colour which way, where that is sure. */
function growthBar(point: RecoveryPoint, { sureOf, palette }: RecoveryLevelDrawing) {
  const value = drawnGrowth(point);
  if (value === null || !isSignSure(sureOf(point.month)?.lunarGrowth ?? null)) return value;
  const direction = directionOf(value);
  if (direction === 'flat') return value;
  return { value, itemStyle: { color: direction === 'up' ? palette.rise : palette.fall } };
}

/** It is cut where the axis ends, which levels alone set. */
function bandOf({ points, sureOf, palette, t }: RecoveryLevelDrawing) {
  const intervals = points.map((point) =>
    drawnLevel(point) === null ? null : (sureOf(point.month)?.level.uncertainty ?? null),
  );
  return intervalBand('level', intervals, { name: t('recovery.levelBand'), palette });
}

function referenceLine({ palette, t }: RecoveryLevelDrawing) {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: palette.text, type: 'dashed' as const, width: 1 },
    label: {
      position: 'insideStartTop' as const,
      color: palette.muted,
      fontSize: 11,
      // Where the level runs along its reference the words stay readable.
      textBorderColor: palette.panel,
      textBorderWidth: 3,
      formatter: t('recovery.referenceLine'),
    },
    data: [{ yAxis: REFERENCE_LEVEL }],
  };
}

function tooltipLines(point: RecoveryPoint, drawing: RecoveryLevelDrawing): TooltipLine[] {
  const { numbers, palette, t } = drawing;
  const sure = drawing.sureOf(point.month);
  const interval = drawnLevel(point) === null ? null : (sure?.level.uncertainty ?? null);
  return [
    {
      name: t('recovery.level'),
      value: levelWords(point.level, drawing),
      colour: palette.value,
    },
    ...(interval
      ? [
          {
            name: t('recovery.levelBand'),
            value: t('uncertainty.between', {
              low: numbers.index(interval.low),
              high: numbers.index(interval.high),
            }),
          },
        ]
      : []),
    {
      name: t('recovery.lunarGrowth'),
      value: growthPhrase(asSureAs(point.lunarGrowth, sure?.lunarGrowth ?? null), numbers, t),
    },
    {
      name: t(point.merged ? 'recovery.growthMerged' : 'recovery.growth'),
      value: growthPhrase(asSureAs(point.growth, sure?.growth ?? null), numbers, t),
    },
  ];
}
