import type { Quadrant } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex } from './chart-tooltip.ts';
import type { ChartPalette } from './palette.ts';

/** An area on the clock in one month. `x`, `y`: ratios; `share`: its part of the total as a ratio. */
export interface ClockPoint {
  id: string;
  name: string;
  x: number;
  y: number;
  quadrant: Quadrant;
  share: number | null;
}

export interface ClockDrawing {
  /** The largest first, so that small ones are drawn on top. */
  points: readonly ClockPoint[];
  /** How many of the largest carry their name; names that would overlap are left out. */
  named: number;
  chosen: string | null;
  /** Where the chosen one was, the earliest first, up to the month shown; null where it was nowhere. */
  trail: readonly ({ x: number; y: number } | null)[];
  /** The month of the first point of the trail, as shown. */
  trailFrom: string;
  /** Half the width and height of the field, the same in every month, so that only points move. */
  reach: { x: number; y: number };
  /** The largest share of all areas: the largest point. */
  largest: number;
  revisable: boolean;
  numbers: NumberFormat;
  palette: ChartPalette;
  t: Translate;
}

const SMALLEST = 6;
const LARGEST = 30;
/** The ring around the chosen one is larger than any point; overlapping names yield to the larger, so its name stays. */
const RING = 36;

const CORNERS = {
  expansion: { sign: [1, 1], position: 'insideTopRight' },
  slowdown: { sign: [1, -1], position: 'insideBottomRight' },
  contraction: { sign: [-1, -1], position: 'insideBottomLeft' },
  recovery: { sign: [-1, 1], position: 'insideTopLeft' },
} as const satisfies Record<Quadrant, object>;

/** Size in pixels: the area of a point grows with the share. */
export function pointSize(share: number | null, largest: number): number {
  if (share === null || largest <= 0) return SMALLEST;
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(share / largest);
}

/** Ratios as whole steps of an axis in hundredths, without the digits that binary fractions leave. */
const inHundredths = (ratio: number, numbers: NumberFormat) => numbers.axis(Number((ratio * 100).toFixed(4)));

/** Names stay readable over points and lines. */
const outlined = (palette: ChartPalette) => ({ textBorderColor: palette.panel, textBorderWidth: 3 });

function quadrantAreas({ reach, palette, t }: ClockDrawing) {
  return (Object.keys(CORNERS) as Quadrant[]).map((quadrant) => {
    const { sign, position } = CORNERS[quadrant];
    const colour = palette.quadrants[quadrant];
    return [
      {
        name: t(`clock.quadrant.${quadrant}`),
        coord: [0, 0],
        itemStyle: { color: colour, opacity: 0.07 },
        label: { position, color: colour, fontSize: 14, fontWeight: 'bold', distance: 6 },
      },
      { coord: [sign[0] * reach.x, sign[1] * reach.y] },
    ];
  });
}

function pointSeries(drawing: ClockDrawing) {
  const { points, named, chosen, largest, reach, revisable, palette } = drawing;
  return {
    id: 'points',
    type: 'scatter' as const,
    data: points.map((point, index) => ({
      id: point.id,
      name: point.name,
      value: [point.x, point.y],
      symbolSize: pointSize(point.share, largest),
      itemStyle: revisable
        ? { color: palette.panel, borderColor: palette.quadrants[point.quadrant], borderWidth: 2 }
        : { color: palette.quadrants[point.quadrant], opacity: 0.8, borderColor: palette.panel },
      label: {
        show: index < named && point.id !== chosen,
        // Names at the right edge would leave the picture.
        position: point.x > reach.x / 3 ? ('left' as const) : ('right' as const),
      },
    })),
    label: {
      formatter: '{b}',
      distance: 3,
      color: palette.text,
      fontSize: 11,
      ...outlined(palette),
    },
    labelLayout: { hideOverlap: true },
    emphasis: { disabled: true },
    markArea: { silent: true, animation: false, data: quadrantAreas(drawing) as [object, object][] },
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      label: { show: false },
      lineStyle: { color: palette.muted, type: 'solid' as const, width: 1 },
      data: [{ xAxis: 0 }, { yAxis: 0 }],
    },
  };
}

function chosenSeries({ points, chosen, trail, trailFrom, palette }: ClockDrawing) {
  const point = points.find(({ id }) => id === chosen);
  const first = trail.findIndex((place) => place !== null);
  const ring = {
    id: 'chosen',
    type: 'scatter' as const,
    silent: true,
    z: 5,
    symbolSize: RING,
    itemStyle: { color: 'transparent', borderColor: palette.text, borderWidth: 2 },
    label: {
      show: true,
      formatter: '{b}',
      position: 'top' as const,
      distance: 2,
      color: palette.text,
      fontSize: 12,
      fontWeight: 'bold' as const,
      ...outlined(palette),
    },
    labelLayout: { hideOverlap: true },
    data: point ? [{ id: point.id, name: point.name, value: [point.x, point.y] }] : [],
  };
  const path = {
    id: 'trail',
    type: 'line' as const,
    silent: true,
    z: 4,
    animation: false,
    symbol: 'circle',
    symbolSize: 4,
    showAllSymbol: true,
    lineStyle: { color: palette.text, width: 1.5, opacity: 0.7 },
    itemStyle: { color: palette.text },
    data: trail.map((place, index) => ({
      value: place === null ? ['-', '-'] : [place.x, place.y],
      label: {
        show: index === first && trail.length > 1,
        formatter: trailFrom,
        position: 'bottom' as const,
        color: palette.muted,
        fontSize: 10,
      },
    })),
  };
  return [path, ring];
}

/** The clock: a field of four quadrants with the areas as points, and the way that the chosen one came. */
export function clockOption(drawing: ClockDrawing): EChartsOption {
  const { points, reach, numbers, palette, t } = drawing;
  const axis = {
    type: 'value' as const,
    axisLine: { onZero: false },
    axisLabel: {
      // The ends of the field are where it ends, not round numbers.
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value: number) => inHundredths(value, numbers),
    },
  };
  return {
    animationDurationUpdate: 450,
    grid: {
      left: 8,
      right: 14,
      top: 24,
      bottom: 26,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'item',
      confine: true,
      formatter: (params: unknown) => {
        const point = points[tooltipIndex(params)];
        if (!point) return '';
        return tooltipElement(point.name, [
          {
            name: t('clock.where'),
            value: t(`clock.quadrant.${point.quadrant}`),
            colour: palette.quadrants[point.quadrant],
          },
          { name: t('clock.x'), value: numbers.signedPoints(point.x) },
          { name: t('clock.y'), value: numbers.signedPoints(point.y) },
          { name: t('clock.share'), value: point.share === null ? '–' : numbers.percent(point.share) },
        ]);
      },
    },
    xAxis: {
      ...axis,
      min: -reach.x,
      max: reach.x,
      name: t('clock.x'),
      nameLocation: 'middle',
      nameGap: 24,
    },
    yAxis: {
      ...axis,
      min: -reach.y,
      max: reach.y,
      name: t('clock.y'),
      nameGap: 10,
      nameTextStyle: { align: 'left' },
    },
    series: [pointSeries(drawing), ...chosenSeries(drawing)] as EChartsOption['series'],
  };
}
