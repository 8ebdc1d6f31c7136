import type { Quadrant } from '@beltline/contract';
import type { EChartsOption } from 'echarts';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';
import { tooltipElement, tooltipIndex } from './chart-tooltip.ts';
import { type ClockPlace, coordinateText, whereText } from './clock-words.ts';
import type { ChartPalette } from './palette.ts';

/** An area on the clock in one month. `share`: its part of the total as a ratio. */
export interface ClockPoint extends ClockPlace {
  id: string;
  name: string;
  share: number | null;
}

export interface ClockDrawing {
  /** The largest first, so that small ones are drawn on top. */
  points: readonly ClockPoint[];
  /** How many of the largest carry their name; names that would overlap are left out. */
  named: number;
  chosen: string | null;
  /** Where the chosen one was, the earliest first, up to the month shown; null where it was nowhere. */
  trail: readonly (Pick<ClockPlace, 'x' | 'y' | 'certainty'> | null)[];
  /** The month of the first point of the trail, as shown. */
  trailFrom: string;
  /** Half the width and height of the field, the same in every month, so that only points move. */
  reach: { x: number; y: number };
  /** The largest share of all areas: the largest point. */
  largest: number;
  numbers: NumberFormat;
  palette: ChartPalette;
  t: Translate;
}

const SMALLEST = 6;
const LARGEST = 30;
/** A cloud fades out, so that it looks as large as a point of two thirds its size. */
const CLOUD = 1.5;
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

/** Full where the quadrant is sure, hollow where it is likely, a cloud where it is undetermined. */
function itemStyle({ certainty, quadrant }: ClockPoint, palette: ChartPalette) {
  const colour = palette.quadrants[quadrant];
  if (certainty === 'sure') return { color: colour, opacity: 0.9, borderColor: palette.panel };
  if (certainty === 'likely')
    return { color: palette.panel, opacity: 0.9, borderColor: colour, borderWidth: 2 };
  const cloud = [
    { offset: 0, color: palette.muted },
    { offset: 1, color: 'transparent' },
  ];
  return { color: { type: 'radial' as const, x: 0.5, y: 0.5, r: 0.5, colorStops: cloud }, opacity: 0.45 };
}

/** Where something is drawn: at the edge of the field, where it lies outside. */
const within = (value: number, reach: number) => Math.max(-reach, Math.min(reach, value));

/** Outside of the field: a triangle at its edge that points to where the area is. */
function outsideStyle({ x, y }: ClockPoint, reach: ClockDrawing['reach']) {
  if (Math.abs(x) > reach.x) return { symbol: 'triangle', symbolRotate: x > 0 ? -90 : 90 };
  return Math.abs(y) > reach.y ? { symbol: 'triangle', symbolRotate: y > 0 ? 0 : 180 } : {};
}

export const isOutside = ({ x, y }: ClockPoint, reach: ClockDrawing['reach']): boolean =>
  Math.abs(x) > reach.x || Math.abs(y) > reach.y;

function pointSeries(drawing: ClockDrawing) {
  const { points, named, chosen, largest, reach, palette } = drawing;
  return {
    id: 'points',
    type: 'scatter' as const,
    data: points.map((point, index) => ({
      id: point.id,
      name: point.name,
      value: [within(point.x, reach.x), within(point.y, reach.y)],
      ...outsideStyle(point, reach),
      symbolSize: pointSize(point.share, largest) * (point.certainty === null ? CLOUD : 1),
      itemStyle: itemStyle(point, palette),
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
      opacity: 1,
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

/** A month of the way: hollow where the quadrant was undetermined. */
const trailStyle = (certainty: ClockPlace['certainty'], palette: ChartPalette) =>
  certainty === null
    ? { color: palette.panel, borderColor: palette.muted, borderWidth: 1 }
    : { color: palette.text };

/** The intervals of both coordinates, as a cross. */
function whiskers(
  { x, y, interval }: ClockPoint,
  reach: ClockDrawing['reach'],
): [{ coord: number[] }, { coord: number[] }][] {
  if (interval === null) return [];
  const { xLow, xHigh, yLow, yHigh } = interval;
  const at = (x: number, y: number) => ({ coord: [within(x, reach.x), within(y, reach.y)] });
  return [
    [at(xLow, y), at(xHigh, y)],
    [at(x, yLow), at(x, yHigh)],
  ];
}

function chosenSeries({ points, chosen, trail, trailFrom, reach, palette }: ClockDrawing) {
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
    data: point
      ? [{ id: point.id, name: point.name, value: [within(point.x, reach.x), within(point.y, reach.y)] }]
      : [],
    markLine: {
      silent: true,
      symbol: 'rect' as const,
      symbolSize: [2, 9],
      animation: false,
      label: { show: false },
      lineStyle: { color: palette.text, type: 'solid' as const, width: 1.5 },
      data: point ? whiskers(point, reach) : [],
    },
  };
  const path = {
    id: 'trail',
    type: 'line' as const,
    silent: true,
    z: 4,
    animation: false,
    symbol: 'circle',
    showAllSymbol: true,
    lineStyle: { color: palette.text, width: 1.5, opacity: 0.7 },
    data: trail.map((place, index) => ({
      value: place === null ? ['-', '-'] : [place.x, place.y],
      symbolSize: place?.certainty === null ? 6 : 4,
      itemStyle: trailStyle(place?.certainty ?? null, palette),
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
            value: whereText(point, t),
            colour: point.certainty === null ? palette.muted : palette.quadrants[point.quadrant],
          },
          ...(['x', 'y'] as const).map((axis) => ({
            name: t(`clock.${axis}`),
            value: coordinateText(point, axis, numbers, t),
          })),
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
