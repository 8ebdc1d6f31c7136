import type { PricesAnswer, SureFigure } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex } from './chart-tooltip.ts';
import { intervalBand } from './interval-band.ts';
import { timeAxes, type TimeDrawing } from './time-axis.ts';

/** A month of a chain of prices; `sure`: its level with its interval, null = not known (yet). */
export type ChainPoint = PricesAnswer['chain'][number] & { readonly sure: SureFigure | null };

/** A chain of prices over its months, its first month at 100; the axis is cut, because prices move by little. */
export function priceLevelOption(
  drawing: Omit<TimeDrawing, 'unit' | 'marks' | 'period' | 'grain' | 'days'> & {
    chain: readonly ChainPoint[];
    t: Translate;
  },
): EChartsOption {
  const { chain, dates, numbers, palette, t } = drawing;
  const days = chain.map(({ month }) => `${month}-01`);
  const axes = timeAxes({ ...drawing, days, grain: 'month', unit: 'index', marks: [], period: null });
  return {
    ...axes,
    yAxis: { ...axes.yAxis, scale: true, splitNumber: 3, minInterval: 0 },
    tooltip: {
      trigger: 'axis',
      confine: true,
      formatter: (params: unknown) => {
        const point = chain[tooltipIndex(params)];
        if (!point) return '';
        const interval = point.sure?.uncertainty ?? null;
        return tooltipElement(dates.month(point.month), [
          {
            name: t('why.priceLevel'),
            value:
              point.index.value === null
                ? t(`reason.${point.index.reason ?? 'no-matched-items'}`)
                : numbers.index(point.index.value),
            colour: palette.value,
          },
          ...(interval
            ? [
                {
                  name: t('why.priceLevelBand'),
                  value: t('uncertainty.between', {
                    low: numbers.index(interval.low),
                    high: numbers.index(interval.high),
                  }),
                },
              ]
            : []),
          { name: t('why.soldSkus'), value: numbers.count(point.skus) },
        ]);
      },
    },
    series: [
      ...intervalBand(
        'price-level',
        chain.map(({ sure }) => sure?.uncertainty ?? null),
        { name: t('why.priceLevelBand'), palette },
      ),
      {
        id: 'price-level',
        name: t('why.priceLevel'),
        type: 'line',
        connectNulls: false,
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color: palette.value, width: 2 },
        itemStyle: { color: palette.value },
        emphasis: { disabled: true },
        data: chain.map(({ index }) => index.value),
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          label: { show: false },
          lineStyle: { color: palette.muted, type: 'dashed', width: 1 },
          data: [{ yAxis: 100 }],
        },
      },
    ],
  };
}
