import type { SureFigure, Unit } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import { isSignSure } from '../format/growth-label.ts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { barRows } from './bar-rows.ts';
import type { TooltipLine } from './chart-tooltip.ts';
import { floatingBar, waterfallSteps, type Step } from './floating-bar.ts';
import type { ChartPalette } from './palette.ts';

/** One part of a change. `contribution` is change ÷ the total's baseline, a ratio; null where there is none. */
export interface WaterfallPart {
  id: string;
  name: string;
  change: number;
  contribution: number | null;
  /** Not named by anything that a reader could act on: grey. */
  muted?: boolean;
  /** The change with its interval: without one, or where chance may have given the sign, the bar is grey too. */
  sure: SureFigure | null;
  /** More about the part, for the tooltip. */
  facts?: readonly TooltipLine[];
}

export interface WaterfallDrawing {
  parts: readonly WaterfallPart[];
  /** What the parts add up to, as the API says it. */
  total: { name: string; change: number; growth: number | null };
  unit: Unit;
  unitName: string;
  numbers: NumberFormat;
  palette: ChartPalette;
  t: Translate;
}

interface Row extends WaterfallPart, Step {
  length: number;
  label: string;
  colour: string;
}

export const waterfallHeight = (count: number) => 62 + (count + 1) * 30;

/** Percentage points where every part has them; else the change itself, which adds up as well. */
function rowsOf({ parts, total, numbers, palette, unit }: WaterfallDrawing): {
  rows: Row[];
  inPoints: boolean;
} {
  const inPoints = total.growth !== null && parts.every((part) => part.contribution !== null);
  const lengthOf = (part: { change: number; contribution: number | null }) =>
    inPoints ? (part.contribution ?? 0) : part.change;
  const rate = inPoints ? total.growth : null;
  const whole = { id: 'total', name: total.name, change: total.change, contribution: rate, sure: null };
  const steps = [...waterfallSteps(parts.map(lengthOf)), { from: 0, to: lengthOf(whole) }];
  const rows = [...parts, whole].map((part: WaterfallPart, index) => {
    const length = lengthOf(part);
    const signed = length < 0 ? palette.fall : palette.rise;
    const isTold = !part.muted && isSignSure(part.sure);
    return {
      ...part,
      ...(steps[index] ?? { from: 0, to: 0 }),
      length,
      label: inPoints ? numbers.signedPoints(length) : signedChange(part.change, unit, numbers),
      colour: part.id === 'total' ? palette.value : isTold ? signed : palette.rest,
    };
  });
  return { rows, inPoints };
}

const signedChange = (change: number, unit: Unit, numbers: NumberFormat) =>
  (change > 0 ? '+' : '') + numbers.compact(change, unit);

/** A change as a waterfall: each part hangs where the one before ended; the last bar is the whole, from zero. */
export function waterfallOption(drawing: WaterfallDrawing): EChartsOption {
  const { palette, numbers, t, unitName } = drawing;
  const { rows, inPoints } = rowsOf(drawing);
  const bars = rows.map(({ from, to }) => floatingBar(from, to));
  const piece = { type: 'bar' as const, stack: 'waterfall', barMaxWidth: 18, emphasis: { disabled: true } };
  return {
    ...barRows(rows, (row) => ({ title: row.name, lines: tooltipLines(row, drawing) })),
    xAxis: {
      type: 'value',
      name: inPoints ? t('gains.contribution') : t('gains.changeAxis', { unit: unitName }),
      nameLocation: 'middle',
      nameGap: 24,
      boundaryGap: roomForNumbers(rows),
      splitNumber: 4,
      axisLabel: {
        hideOverlap: true,
        formatter: (value: number) => numbers.axis(inPoints ? Number((value * 100).toFixed(6)) : value),
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: palette.text, interval: 0, width: 112, overflow: 'break', lineHeight: 13 },
    },
    series: [
      {
        ...piece,
        id: 'base',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: bars.map(({ base }) => base),
        markLine: guides(rows, palette),
      },
      ...(['above', 'below'] as const).map((side) => ({
        ...piece,
        id: side,
        data: rows.map((row, index) => ({
          value: bars[index]?.[side] ?? 0,
          itemStyle: { color: row.colour, borderRadius: 1 },
          label: labelOf(row, side, palette),
        })),
      })),
    ],
  };
}

/** The number stands at the end that the part moves towards. */
function labelOf(row: Row, side: 'above' | 'below', palette: ChartPalette) {
  const falls = row.length < 0;
  const end = row.to;
  const piece = end > 0 || (end === 0 && row.from >= 0) ? 'above' : 'below';
  return {
    show: side === piece,
    position: falls ? ('left' as const) : ('right' as const),
    color: palette.text,
    fontSize: 11,
    formatter: row.label,
  };
}

/** A number of eleven characters takes so much of the narrowest plot. */
const ROOM = 0.32;
/** Room for the numbers at those ends of the axis that a bar moves towards and comes near. */
function roomForNumbers(rows: readonly Row[]): [string, string] {
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const margin = (high - low) * ROOM;
  const left = rows.some(({ from, to }) => to < from && to < low + margin);
  const right = rows.some(({ from, to }) => to >= from && to > high - margin);
  return [left ? `${ROOM * 100}%` : '0%', right ? `${ROOM * 100}%` : '0%'];
}

/** Thin lines from the end of each part to the beginning of the next, and a line at zero. */
function guides(rows: readonly Row[], palette: ChartPalette) {
  const between = rows
    .slice(0, -1)
    .map((row, index) => [
      { coord: [row.to, index], lineStyle: { color: palette.rest, width: 1, type: 'dotted' as const } },
      { coord: [row.to, index + 1] },
    ]);
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    label: { show: false },
    lineStyle: { color: palette.muted, type: 'solid' as const, width: 1 },
    data: [{ xAxis: 0 }, ...(between as [{ coord: number[] }, { coord: number[] }][])],
  };
}

function tooltipLines(row: Row, { numbers, unit, t }: WaterfallDrawing): TooltipLine[] {
  return [
    ...(row.contribution === null
      ? []
      : [
          {
            name: t('gains.contribution'),
            value: numbers.signedPoints(row.contribution),
            colour: row.colour,
          },
        ]),
    { name: t('gains.change'), value: (row.change > 0 ? '+' : '') + numbers.exact(row.change, unit) },
    ...(row.facts ?? []),
  ];
}
