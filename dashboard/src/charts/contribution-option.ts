import type { BriefFigure, ContributionPart, SureFigure, Unit } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import { isSignSure } from '../format/growth-label.ts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { barRows } from './bar-rows.ts';
import { inPoints } from './in-points.ts';
import type { ChartPalette } from './palette.ts';

export interface ContributionDrawing {
  parts: readonly ContributionPart[];
  unit: Unit;
  partName(part: ContributionPart): string;
  /** The contribution with its interval; null where it has none or it is not known yet. */
  sureOf(part: ContributionPart): SureFigure | null;
  numbers: NumberFormat;
  palette: ChartPalette;
  t: Translate;
  unitName: string;
}

/** Parts that no belt or combination is named by: grey, so that nobody reads them as a finding. */
const isNamed = (part: ContributionPart) => part.kind === 'belt' || part.kind === 'combination';

/** Nor is a part whose sign chance may have given, or that has no interval. */
function colourOf(part: ContributionPart, { palette, sureOf }: ContributionDrawing): string {
  if (!isNamed(part) || !isSignSure(sureOf(part))) return palette.rest;
  return (part.change.value ?? 0) < 0 ? palette.fall : palette.rise;
}

/** A height at which every bar has its own line of text. */
export const contributionHeight = (count: number) => 64 + count * 24;

export function contributionOption(drawing: ContributionDrawing): EChartsOption {
  const { parts, palette, numbers, unit, partName, t, unitName } = drawing;
  const points = inPoints(parts);
  const lengthOf = (part: ContributionPart) => (points ? part.contribution : part.change).value;
  const label = (part: ContributionPart) => {
    const length = lengthOf(part);
    if (length === null) return '–';
    return points ? numbers.signedPoints(length) : numbers.signed(length, unit);
  };
  const exact = ({ value }: BriefFigure) => (value === null ? '–' : numbers.exact(value, unit));
  return {
    ...barRows(parts, (part) => ({
      title: partName(part),
      lines: [
        { name: t('gains.contribution'), value: part.contribution.value === null ? '–' : label(part) },
        { name: t('gains.value'), value: exact(part.value) },
        { name: t('gains.baseline'), value: exact(part.baseline) },
      ],
    })),
    xAxis: {
      type: 'value',
      name: points ? t('gains.contribution') : t('gains.changeAxis', { unit: unitName }),
      nameLocation: 'middle',
      nameGap: 24,
      boundaryGap: ['14%', '14%'],
      splitNumber: 4,
      axisLabel: {
        hideOverlap: true,
        formatter: (value: number) =>
          points ? numbers.axis(Number((value * 100).toFixed(6))) : numbers.axis(value),
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: parts.map(partName),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: palette.text, interval: 0, width: 132, overflow: 'truncate' },
    },
    series: [
      {
        id: 'contribution',
        type: 'bar',
        barMaxWidth: 15,
        emphasis: { disabled: true },
        data: parts.map((part) => ({
          value: lengthOf(part),
          itemStyle: { color: colourOf(part, drawing), borderRadius: 2 },
          label: {
            show: true,
            position: 'right' as const, // of a fall beside the zero: to its left a long bar leaves no room for the sign
            color: palette.text,
            fontSize: 11,
            formatter: () => label(part),
          },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          label: { show: false },
          lineStyle: { color: palette.muted, type: 'solid', width: 1 },
          data: [{ xAxis: 0 }],
        },
      },
    ],
  };
}
