import type { BacktestAnswer, BriefFigure } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex } from './chart-tooltip.ts';
import type { ChartPalette, Dash } from './palette.ts';

export const BACKTEST_RULES = ['nowcast', 'daysElapsed', 'lastYearsShare'] as const;
export type BacktestRule = (typeof BACKTEST_RULES)[number];

/** Each rule has a colour, a dash and a point of its own. */
export function ruleLook(rule: BacktestRule, palette: ChartPalette) {
  const looks: Record<BacktestRule, { colour: string; dash: Dash; symbol: string; width: number }> = {
    nowcast: { colour: palette.value, dash: 'solid', symbol: 'circle', width: 2.5 },
    daysElapsed: { colour: palette.baseline, dash: [6, 3], symbol: 'triangle', width: 1.75 },
    lastYearsShare: { colour: palette.rest, dash: [2, 3], symbol: 'rect', width: 1.75 },
  };
  return looks[rule];
}

/** Mean absolute error of the estimate and of two naive rules, by the day of the month that they are made on. */
export function backtestOption(drawing: {
  days: BacktestAnswer['days'];
  numbers: NumberFormat;
  palette: ChartPalette;
  t: Translate;
}): EChartsOption {
  const { days, numbers, palette, t } = drawing;
  const shown = ({ value, reason }: BriefFigure) =>
    value === null ? t(`reason.${reason ?? 'too-little-data'}`) : numbers.percent(value);
  return {
    grid: { left: 8, right: 16, top: 24, bottom: 22, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: {
      type: 'category',
      name: t('nowcast.dayAxis'),
      nameLocation: 'middle',
      nameGap: 24,
      data: days.map(({ day }) => String(day)),
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      name: t('nowcast.errorAxis'),
      nameGap: 10,
      nameTextStyle: { align: 'left' },
      splitNumber: 4,
      axisLabel: { formatter: (value: number) => numbers.axisPercent(value) },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      formatter: (params: unknown) => {
        const row = days[tooltipIndex(params)];
        if (!row) return '';
        return tooltipElement(
          t('nowcast.onDay', { day: row.day }),
          BACKTEST_RULES.map((rule) => ({
            name: t(`nowcast.rules.${rule}`),
            value: shown(row[rule]),
            colour: ruleLook(rule, palette).colour,
          })),
        );
      },
    },
    series: BACKTEST_RULES.map((rule) => {
      const { colour, dash, symbol, width } = ruleLook(rule, palette);
      return {
        id: rule,
        name: t(`nowcast.rules.${rule}`),
        type: 'line' as const,
        connectNulls: false,
        symbol,
        symbolSize: 7,
        z: rule === 'nowcast' ? 4 : 3,
        lineStyle: { color: colour, type: dash, width },
        itemStyle: { color: colour },
        emphasis: { disabled: true },
        data: days.map((row) => row[rule].value),
      };
    }),
  };
}
