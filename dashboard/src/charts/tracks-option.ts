import type { SeriesPoint, Track } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import { tooltipElement, tooltipIndex } from './chart-tooltip.ts';
import { linePoints } from './line-points.ts';
import { TRACK_DASHES } from './palette.ts';
import { OPEN_POINT, splitOpen, timeAxes, timeMarks, type TimeDrawing } from './time-axis.ts';
import type { Translate } from '../i18n/translate.ts';

export interface TracksDrawing extends TimeDrawing {
  lines: readonly { readonly track: Track; readonly points: readonly SeriesPoint[] }[];
  trackName(track: Track): string;
  t: Translate;
}

/** One line a track. An incomplete month is a hollow point off the line, and the tooltip says so. */
export function tracksOption(drawing: TracksDrawing): EChartsOption {
  const { lines, palette, days, dates, numbers, unit, trackName, t } = drawing;
  return {
    ...timeAxes(drawing),
    tooltip: {
      trigger: 'axis',
      confine: true,
      formatter: (params: unknown) => {
        const index = tooltipIndex(params);
        const day = days[index];
        if (day === undefined) return '';
        const incomplete = (lines[0]?.points[index]?.coverage ?? 1) < 1;
        const title = dates.month(day.slice(0, 7)) + (incomplete ? ` · ${t('chart.incomplete')}` : '');
        const rows = lines.map(({ track, points }) => {
          const value = points[index]?.value.value ?? null;
          const text = value === null ? t('reason.no-data') : numbers.exact(value, unit);
          return { name: trackName(track), value: text, colour: palette.tracks[track] };
        });
        return tooltipElement(title, rows);
      },
    },
    series: lines.flatMap((line, index) => trackLines(drawing, line, index === 0 ? timeMarks(drawing) : {})),
  };
}

function trackLines(
  drawing: TracksDrawing,
  { track, points }: TracksDrawing['lines'][number],
  marks: object,
) {
  const colour = drawing.palette.tracks[track];
  const { closed, open } = splitOpen(points, (point) => point.value.value);
  const line = {
    name: drawing.trackName(track),
    type: 'line' as const,
    connectNulls: false,
    itemStyle: { color: colour },
    emphasis: { disabled: true },
  };
  return [
    {
      ...line,
      id: track,
      lineStyle: { color: colour, width: 2, type: TRACK_DASHES[track] },
      ...linePoints(closed),
      ...marks,
    },
    {
      ...line,
      id: `${track}-open`,
      ...OPEN_POINT,
      symbolSize: 8,
      lineStyle: { width: 0 },
      data: open,
    },
  ];
}
