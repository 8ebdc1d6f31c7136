import type { SureFigure } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { DateFormat } from '../format/date-format.ts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex } from './chart-tooltip.ts';
import { intervalBand } from './interval-band.ts';
import { areaMark, type ChartPalette } from './palette.ts';
import { drawnLevel, levelScale, levelWords, REFERENCE_LEVEL } from './recovery-level-option.ts';
import { timeAxes } from './time-axis.ts';

/** More bands than of so many areas cover one another. */
export const MOST_BANDS = 3;

export interface ComparedLevelsDrawing {
  readonly months: readonly string[];
  /** One a month; null where an area has no such month. */
  readonly lines: readonly {
    readonly name: string;
    readonly place: number;
    readonly levels: readonly (SureFigure | null)[];
  }[];
  readonly axisName: string;
  readonly numbers: NumberFormat;
  readonly dates: DateFormat;
  readonly palette: ChartPalette;
  readonly t: Translate;
}

const OPEN: ReadonlySet<string> = new Set(['provisional', 'revisable', 'nowcast']);
/** Not complete, or to be revised. */
export const isOpenLevel = (level: SureFigure | null | undefined): boolean =>
  level?.value != null && OPEN.has(level.flag);

/** The levels of areas as lines on one scale, which all of them are told against: 100 is the base year's mean of each. */
export function comparedLevelsOption(drawing: ComparedLevelsDrawing): EChartsOption {
  const { months, lines, axisName, numbers, dates, palette, t } = drawing;
  const colourOf = (place: number) => palette.areas[place] ?? palette.value;
  const days = months.map((month) => `${month}-01`);
  const { grid, xAxis, yAxis } = timeAxes({
    ...{ grain: 'month', days, unit: 'index', valueAxis: axisName, numbers, dates, palette },
    ...{ marks: [], period: null },
  });
  const drawn = lines.map(({ levels }) =>
    levels.map((level) => (level === null ? null : drawnLevel({ level }))),
  );
  return {
    grid,
    xAxis,
    yAxis: { ...yAxis, ...levelScale(drawn.flat()) },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'line' },
      formatter: (params: unknown) => {
        const month = months[tooltipIndex(params)];
        if (month === undefined) return '';
        return tooltipElement(
          dates.month(month),
          lines.map(({ name, place, levels }) => {
            const level = levels[months.indexOf(month)] ?? null;
            return {
              name,
              colour: colourOf(place),
              value: level === null ? '–' : levelWithInterval(level, { numbers, t }),
            };
          }),
        );
      },
    },
    series: [
      ...(lines.length > MOST_BANDS ? [] : lines).flatMap(({ name, place, levels }) =>
        intervalBand(
          `area-${place}`,
          levels.map((level) =>
            level === null || drawnLevel({ level }) === null ? null : level.uncertainty,
          ),
          { name, palette: { value: colourOf(place) } },
        ),
      ),
      ...lines.map(({ name, place, levels }, line) => {
        const { dash, symbol } = areaMark(place);
        const colour = colourOf(place);
        return {
          id: `level-${place}`,
          name,
          type: 'line' as const,
          connectNulls: false,
          symbol,
          symbolSize: 6,
          showAllSymbol: true,
          lineStyle: { color: colour, width: 2.25, type: dash },
          itemStyle: { color: colour },
          emphasis: { disabled: true },
          data: (drawn[line] ?? []).map((value, month) =>
            isOpenLevel(levels[month])
              ? { value, itemStyle: { color: palette.panel, borderColor: colour, borderWidth: 1.75 } }
              : value,
          ),
          ...(line === 0 ? { markLine: referenceLine(drawing) } : {}),
        };
      }),
    ],
  };
}

/** A level in words, with its interval where it has one. */
export function levelWithInterval(
  level: SureFigure,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  const words = levelWords(level, { numbers, t });
  if (level.value === null || level.uncertainty === null || level.flag === 'base-too-small') return words;
  const { low, high } = level.uncertainty;
  return `${words} (${t('uncertainty.between', { low: numbers.index(low), high: numbers.index(high) })})`;
}

const referenceLine = ({ palette, numbers }: ComparedLevelsDrawing) => ({
  silent: true,
  symbol: 'none',
  animation: false,
  lineStyle: { color: palette.muted, type: 'dashed' as const, width: 1 },
  label: {
    formatter: numbers.index(REFERENCE_LEVEL),
    color: palette.muted,
    position: 'insideEndTop' as const,
  },
  data: [{ yAxis: REFERENCE_LEVEL }],
});
