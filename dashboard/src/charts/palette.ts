import type { Quadrant, Track } from '@beltline/contract';

/** The colours of charts, read from the design tokens of the theme in force. */
export interface ChartPalette {
  text: string;
  muted: string;
  panel: string;
  border: string;
  grid: string;
  value: string;
  valueSoft: string;
  baseline: string;
  rise: string;
  fall: string;
  rest: string;
  period: string;
  note: string;
  tracks: Record<Track, string>;
  quadrants: Record<Quadrant, string>;
  /** By the place of an area in the list of those that are compared. */
  areas: readonly string[];
}

/** Each track keeps its colour and its dash wherever it is drawn; the dash tells lines apart without colour. */
const TRACK_TOKENS: Record<Track, string> = {
  all: '--chart-7',
  wholesale: '--chart-6',
  distribution: '--chart-1',
  'cross-border': '--chart-2',
  'overseas-local': '--chart-5',
  custom: '--chart-4',
  'factory-brand': '--chart-3',
  offline: '--chart-8',
};

export type Dash = 'solid' | 'dashed' | 'dotted' | number[];
export const TRACK_DASHES: Record<Track, Dash> = {
  all: 'solid',
  wholesale: [2, 3],
  distribution: 'solid',
  'cross-border': [8, 4],
  'overseas-local': [3, 3],
  custom: 'solid',
  'factory-brand': [8, 3, 2, 3],
  offline: [2, 3],
};

/** How areas side by side are told apart: each place in the list has a colour, a dash and a sign, wherever it is drawn. */
export interface AreaMarkStyle {
  /** The design token of its colour. */
  readonly token: `--chart-${number}`;
  readonly dash: Dash;
  readonly symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'pin' | 'arrow';
  /** As letters draw the symbol. */
  readonly sign: string;
}

export const AREA_MARKS: readonly AreaMarkStyle[] = [
  { token: '--chart-1', dash: 'solid', symbol: 'circle', sign: '●' },
  { token: '--chart-2', dash: [8, 4], symbol: 'rect', sign: '■' },
  { token: '--chart-4', dash: [2, 3], symbol: 'triangle', sign: '▲' },
  { token: '--chart-3', dash: [8, 3, 2, 3], symbol: 'diamond', sign: '◆' },
  { token: '--chart-7', dash: [3, 3], symbol: 'arrow', sign: '➤' },
  { token: '--chart-6', dash: 'solid', symbol: 'pin', sign: '★' },
];

const FIRST = AREA_MARKS[0] as AreaMarkStyle;
export const areaMark = (place: number): AreaMarkStyle => AREA_MARKS[place] ?? FIRST;

export function readPalette(token: (name: string) => string): ChartPalette {
  return {
    text: token('--text'),
    muted: token('--muted'),
    panel: token('--panel'),
    border: token('--border'),
    grid: token('--chart-grid'),
    value: token('--chart-value'),
    valueSoft: token('--chart-value-soft'),
    baseline: token('--chart-baseline'),
    rise: token('--rise'),
    fall: token('--fall'),
    rest: token('--chart-rest'),
    period: token('--chart-period'),
    note: token('--chart-note'),
    tracks: {
      all: token(TRACK_TOKENS.all),
      wholesale: token(TRACK_TOKENS.wholesale),
      distribution: token(TRACK_TOKENS.distribution),
      'cross-border': token(TRACK_TOKENS['cross-border']),
      'overseas-local': token(TRACK_TOKENS['overseas-local']),
      custom: token(TRACK_TOKENS.custom),
      'factory-brand': token(TRACK_TOKENS['factory-brand']),
      offline: token(TRACK_TOKENS.offline),
    },
    quadrants: {
      expansion: token('--quadrant-expansion'),
      slowdown: token('--quadrant-slowdown'),
      contraction: token('--quadrant-contraction'),
      recovery: token('--quadrant-recovery'),
    },
    areas: AREA_MARKS.map((mark) => token(mark.token)),
  };
}
