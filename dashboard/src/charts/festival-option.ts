import type { FestivalAnswer } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex } from './chart-tooltip.ts';
import { linePoints } from './line-points.ts';
import type { ChartPalette, Dash } from './palette.ts';

export interface FestivalDrawing {
  answer: FestivalAnswer;
  valueAxis: string;
  numbers: NumberFormat;
  palette: ChartPalette;
  t: Translate;
}

export interface YearLook {
  colour: string;
  width: number;
  dash: Dash;
}

/** The newest year is the strongest; older ones are thinner, and each has a dash of its own. */
export function yearLooks(palette: ChartPalette, count: number): YearLook[] {
  const looks: YearLook[] = [
    { colour: palette.value, width: 2.75, dash: 'solid' },
    { colour: palette.baseline, width: 1.75, dash: [6, 3] },
    { colour: palette.rest, width: 1.5, dash: [2, 3] },
    { colour: palette.rest, width: 1, dash: [8, 3, 2, 3] },
  ];
  const oldest: YearLook = { colour: palette.rest, width: 0.75, dash: 'solid' };
  return Array.from({ length: count }, (_, age) => looks[age] ?? oldest).reverse();
}

/** The days of the window, relative to the New Year. */
export const lunarDays = ({ window }: Pick<FestivalAnswer, 'window'>): number[] =>
  Array.from({ length: window.before + window.after + 1 }, (_, index) => index - window.before);

/** "−7", "春节", "+14". */
export function lunarDayName(day: number, t: Translate): string {
  if (day === 0) return t('festival.newYear');
  return day > 0 ? `+${day}` : `−${-day}`;
}

const WEEK = 7;

/** The days around each New Year laid over one another, a line a year; null is a gap. */
export function festivalOption(drawing: FestivalDrawing): EChartsOption {
  const { answer, numbers, palette, t, valueAxis } = drawing;
  const days = lunarDays(answer);
  const looks = yearLooks(palette, answer.years.length);
  return {
    grid: { left: 8, right: 12, top: 30, bottom: 22, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: {
      type: 'category',
      name: t('festival.dayAxis'),
      nameLocation: 'middle',
      nameGap: 24,
      data: days.map(String),
      axisTick: { show: false },
      axisLabel: {
        hideOverlap: true,
        interval: (index: number) => (days[index] ?? 1) % WEEK === 0,
        formatter: (day: string) => (day === '0' ? day : lunarDayName(Number(day), t)),
      },
    },
    yAxis: {
      type: 'value',
      name: valueAxis,
      nameGap: 16,
      nameTextStyle: { align: 'left' },
      axisLabel: { formatter: (value: number) => numbers.axis(value) },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'line' },
      formatter: (params: unknown) => {
        const index = tooltipIndex(params);
        const day = days[index];
        return day === undefined ? '' : tooltipElement(dayTitle(day, t), tooltipLines(index, drawing, looks));
      },
    },
    series: answer.years.map(({ year, values }, index) => ({
      id: String(year),
      name: String(year),
      type: 'line' as const,
      connectNulls: false,
      z: 2 + index,
      lineStyle: {
        color: looks[index]?.colour,
        width: looks[index]?.width,
        type: looks[index]?.dash,
      },
      itemStyle: { color: looks[index]?.colour },
      emphasis: { disabled: true },
      ...linePoints(values),
      ...(index === answer.years.length - 1 ? { markLine: newYearLine(palette, t) } : {}),
    })),
  };
}

const dayTitle = (day: number, t: Translate) =>
  day === 0 ? t('festival.newYear') : t('festival.day', { day: lunarDayName(day, t) });

function tooltipLines(index: number, { answer, numbers, t }: FestivalDrawing, looks: readonly YearLook[]) {
  return answer.years
    .map(({ year, values }, place) => {
      const value = values[index] ?? null;
      return {
        name: String(year),
        value: value === null ? t('reason.no-data') : numbers.exact(value, answer.unit),
        colour: looks[place]?.colour,
      };
    })
    .reverse();
}

function newYearLine(palette: ChartPalette, t: Translate) {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: palette.text, type: 'solid' as const, width: 1 },
    label: { color: palette.text, fontSize: 11, formatter: t('festival.newYear'), distance: 2 },
    data: [{ xAxis: '0' }],
  };
}
