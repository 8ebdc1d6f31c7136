import type { Grain, SeriesPoint, Unit } from '@beltline/contract';
import type { DateFormat } from '../format/date-format.ts';
import type { NumberFormat } from '../format/number-format.ts';
import type { AnnotationMark } from './annotation-marks.ts';
import type { ChartPalette } from './palette.ts';

/** What every chart over time needs to be drawn, besides its rows. */
export interface TimeDrawing {
  grain: Grain;
  days: readonly string[];
  unit: Unit;
  /** Name of the value axis: the measure with its unit. */
  valueAxis: string;
  numbers: NumberFormat;
  dates: DateFormat;
  palette: ChartPalette;
  marks: readonly AnnotationMark[];
  /** The buckets of the chosen period, or of the months that a state looks at, shaded; null where the chart shows nothing else. */
  period: { first: number; last: number; name: string } | null;
}

const DAY_LABELS = 12;
const monthOf = (day: string) => Number(day.slice(5, 7));

/** Years stand at each January, July between; with few months every month is named. */
function monthLabel(day: string, count: number, dates: DateFormat): string {
  const month = day.slice(0, 7);
  if (count <= 13)
    return dates
      .month(month)
      .replace(/^\d{4}年/, '')
      .replace(/ \d{4}$/, '');
  return monthOf(day) === 1 ? day.slice(0, 4) : String(monthOf(day));
}

/** Buckets of the chosen months among those shown; null where they are all, or none, of them. */
export function periodBuckets(days: readonly string[], from: string, to: string) {
  const inside = days.flatMap((day, index) =>
    day.slice(0, 7) >= from && day.slice(0, 7) <= to ? [index] : [],
  );
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined || inside.length === days.length) return null;
  return { first, last };
}

export function timeAxes({ grain, days, dates, numbers, unit, valueAxis }: TimeDrawing) {
  const count = days.length;
  const everyMonth = count <= 13;
  const dayStep = Math.max(1, Math.ceil(count / DAY_LABELS));
  return {
    grid: {
      left: 8,
      right: 12,
      top: 22,
      bottom: 4,
      outerBoundsMode: 'same' as const,
      outerBoundsContain: 'all' as const,
    },
    xAxis: {
      type: 'category' as const,
      data: [...days],
      // A tick a bucket, although none is drawn: where bars are shaded, the shade begins and ends at ticks.
      axisTick: { show: false, interval: 0 },
      axisLabel: {
        hideOverlap: true,
        interval: (index: number) =>
          grain === 'month' ? everyMonth || monthOf(days[index] ?? '') % 6 === 1 : index % dayStep === 0,
        formatter: (day: string) => (grain === 'month' ? monthLabel(day, count, dates) : dates.shortDay(day)),
      },
    },
    yAxis: {
      type: 'value' as const,
      name: valueAxis,
      nameGap: 10,
      // What is counted has no halves.
      minInterval: unit === 'money' ? 0 : 1,
      nameTextStyle: { align: 'left' as const },
      axisLabel: { formatter: (value: number) => numbers.axis(value) },
    },
  };
}

/** The shaded months, as an area of the chart; none where nothing is shaded. */
export function periodArea(
  days: readonly string[],
  period: TimeDrawing['period'],
  palette: ChartPalette,
): [{ xAxis: string; itemStyle: { color: string } }, { xAxis: string }][] {
  if (period === null) return [];
  const [from, to] = [days[period.first] ?? '', days[period.last] ?? ''];
  return [[{ xAxis: from, itemStyle: { color: palette.period } }, { xAxis: to }]];
}

/** Annotations as numbered dashed lines, longer ones with a tint over their days. */
export function timeMarks({ days, marks, period, palette }: TimeDrawing) {
  const at = (index: number) => days[index] ?? '';
  const spans = marks.filter((mark) => mark.last > mark.first);
  const areas = spans.map((mark) => [
    { xAxis: at(mark.first), itemStyle: { color: palette.note, opacity: 0.08 } },
    { xAxis: at(mark.last) },
  ]);
  const chosen = periodArea(days, period, palette);
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      lineStyle: { color: palette.note, type: 'dashed' as const, width: 1 },
      label: {
        color: palette.panel,
        backgroundColor: palette.note,
        borderRadius: 7,
        padding: [2, 5] as [number, number],
        fontSize: 10,
        distance: 2,
      },
      data: marks.map((mark) => ({ xAxis: at(mark.first), label: { formatter: mark.label } })),
    },
    markArea: {
      silent: true,
      animation: false,
      data: [...chosen, ...areas] as [{ xAxis: string }, { xAxis: string }][],
    },
  };
}

/** Drawn even where there is no room for the label of its bucket. */
export const OPEN_POINT = { symbol: 'emptyCircle', showAllSymbol: true };

/**
 * A line, and apart from it its points of incomplete buckets: joined to the line they would look like a fall. Both are as
 * long as the axis, with null where the other has the value.
 */
export function splitOpen(points: readonly SeriesPoint[], value: (point: SeriesPoint) => number | null) {
  return {
    closed: points.map((point) => (point.coverage < 1 ? null : value(point))),
    open: points.map((point) => (point.coverage < 1 ? value(point) : null)),
  };
}
