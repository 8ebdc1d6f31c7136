import type { BriefFigure, Flag, Reason, SeriesPoint } from '@beltline/contract';
import { createDateFormat } from '../format/date-format.ts';
import { createNumberFormat } from '../format/number-format.ts';
import type { TimeDrawing } from './time-axis.ts';
import { readPalette } from './palette.ts';

/** A palette whose colours are the names of their tokens. */
export const palette = readPalette((name) => name);
export const numbers = createNumberFormat('zh-CN', { currency: 'CNY', exactNumbers: false });
export const dates = createDateFormat('zh-CN');

export const brief = (value: number | null, more: Partial<BriefFigure> = {}): BriefFigure => ({
  value,
  flag: value === null ? 'not-available' : 'final',
  reason: value === null ? 'no-data' : null,
  ...more,
});

/** `yearAgo` and `growth` as numbers; `flag` and `reason` are those of the growth. */
export function point(
  day: string,
  value: number | null,
  more: {
    yearAgo?: number | null;
    growth?: number | null;
    merged?: boolean;
    coverage?: number;
    flag?: Flag;
    reason?: Reason | null;
  } = {},
): SeriesPoint {
  const { yearAgo = null, growth = null, merged = false, coverage = 1, ...facts } = more;
  return {
    day,
    coverage,
    value: brief(value, { flag: value === null ? 'not-available' : coverage < 1 ? 'provisional' : 'final' }),
    yearAgo: brief(yearAgo),
    growth: brief(growth, facts),
    merged,
  };
}

/** Three whole months and ten days of a fourth. */
export const fourMonths: SeriesPoint[] = [
  point('2024-11-01', 990, { yearAgo: 600, growth: 0.65 }),
  point('2024-12-01', 820, { yearAgo: 640, growth: 0.28 }),
  point('2025-01-01', null, { reason: 'no-data', flag: 'not-available' }),
  point('2025-02-01', 70, { yearAgo: 50, growth: 0.4, coverage: 10 / 28, flag: 'provisional' }),
];

export const drawing = (points: readonly SeriesPoint[]): TimeDrawing => ({
  grain: 'month',
  days: points.map(({ day }) => day),
  unit: 'money',
  valueAxis: '成交额 (CNY)',
  numbers,
  dates,
  palette,
  marks: [],
  period: null,
});
