import type { Uncertainty } from '@beltline/contract';
import type { ChartPalette } from './palette.ts';

/** Intervals of 90 % as a band behind their line: its lower end, and how far it reaches above that. Nothing where no point has one. */
export function intervalBand(
  id: string,
  intervals: readonly (Uncertainty | null)[],
  { name, palette }: { name: string; palette: Pick<ChartPalette, 'value'> },
) {
  if (intervals.every((interval) => interval === null)) return [];
  const edge = {
    type: 'line' as const,
    name,
    stack: `${id}-band`,
    silent: true,
    symbol: 'none',
    connectNulls: false,
    lineStyle: { opacity: 0 },
    emphasis: { disabled: true },
    z: 1,
  };
  return [
    { ...edge, id: `${id}-low`, data: intervals.map((interval) => interval?.low ?? null) },
    {
      ...edge,
      id: `${id}-high`,
      areaStyle: { color: palette.value, opacity: 0.18 },
      data: intervals.map((interval) => (interval ? interval.high - interval.low : null)),
    },
  ];
}
