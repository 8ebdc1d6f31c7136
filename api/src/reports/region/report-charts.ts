/**
 * Charts of a report as SVG, the same in every format and of the same bytes each time. They draw figures that are shown, to a scale of these alone; what is
 * withheld is a band as wide as the drawing, which has no length to be read.
 */
import { type ReleasedArea, TRACKS } from '@beltline/contract';
import { placeOf, type Scale, scaleOf } from './chart-scale.ts';
import type { RegionData } from './region-data.ts';
import type { ReportChart } from '../documents/report-document.ts';
import { rateMissing } from './report-figures.ts';
import { safe } from '../documents/report-markup.ts';
import { cellOn } from '../documents/report-names.ts';
import type { Tools } from './report-sentences.ts';
import { filled } from '../documents/report-words.ts';

const WIDTH = 640;
const INK = '#16202b';
const QUIET = '#55616f';
const LINE = '#c9d1da';
/** Red for a rise, green for a fall: the second is striped too, so that both are told apart in grey. */
const RISE = '#a3111e';
const FALL = '#147a3a';
const VALUE = '#7d9cc0';
const OWN_MONTH = '#1f5591';
const UNDER = { anchor: 'middle', size: 9, fill: QUIET } as const;
const TEN_THOUSAND = 10_000;

/** The growth of each track, in the order of the tracks. */
export function growthChart(
  own: ReleasedArea,
  { words, names, figures }: Tools,
  source: string,
): ReportChart {
  const { charts } = words;
  const rows = TRACKS.map((track) => {
    const { state, growth } = cellOn(own, track);
    const missing = state === 'suppressed' ? 'suppressed' : rateMissing(growth);
    return { name: names.track(track), missing, value: missing === null ? growth.value : null };
  });
  const scale = scaleOf(rows.flatMap(({ value }) => value ?? []));
  const [left, right, top, step] = [150, 520, 10, 26] as const;
  const bottom = top + rows.length * step;
  const saidOf = ({ value, missing }: (typeof rows)[number]) => {
    if (value !== null) return withArrow(figures.rate(value));
    return { suppressed: words.states.suppressed, 'small-base': words.smallBase, none: words.noRate }[
      missing ?? 'none'
    ];
  };
  const drawn = rows.map((row, at) => {
    const y = top + at * step;
    const middle = y + step / 2 + 4;
    const isQuiet = row.value === null;
    return [
      text(left - 8, middle, row.name, { anchor: 'end' }),
      ...(row.missing === 'suppressed' ? [rect(left, y + 5, right - left, step - 10, 'url(#withheld)')] : []),
      ...(row.value !== null && scale ? [bar(row.value, scale, [left, right], y + 5, step - 10)] : []),
      text(right + 8, middle, saidOf(row), isQuiet ? { fill: QUIET } : {}),
    ].join('');
  });
  const axis = (scale?.ticks ?? []).map((tick) => {
    const x = placeOf(scale as Scale, tick, [left, right]);
    return (
      line(x, top, x, bottom, tick === 0 ? INK : LINE) + text(x, bottom + 14, figures.axisRate(tick), UNDER)
    );
  });
  const list = rows.map((row) => `${row.name} ${saidOf(row)}`).join(charts.join);
  return {
    caption: filled(charts.growth, { source }),
    alt: filled(charts.growthAlt, { list }),
    svg: drawing(bottom + (scale ? 20 : 6), [...axis, ...drawn]),
  };
}

/** The value of each of thirteen months. */
export function monthsChart(
  { history, currency, release }: Pick<RegionData, 'history' | 'currency' | 'release'>,
  { words, figures }: Tools,
  source: string,
): ReportChart {
  const { charts } = words;
  const values = history.map(({ state, gmv }) =>
    state === 'suppressed' || gmv.value === null ? null : gmv.value / TEN_THOUSAND,
  );
  const scale = scaleOf(values.flatMap((value) => value ?? []));
  const [left, right, top, bottom] = [80, WIDTH - 8, 10, 170] as const;
  const step = (right - left) / history.length;
  const columnOf = (at: number, middle: number): string => {
    const [shown = null, { month = '', state = 'no-data' } = {}] = [values[at], history[at]];
    const [x, width] = [middle - step / 2 + 5, step - 10];
    if (state === 'suppressed')
      return (
        rect(x, top, width, bottom - top, 'url(#withheld)') +
        upright(middle, (top + bottom) / 2, words.states.suppressed)
      );
    if (shown === null) return text(middle, bottom - 4, words.noRate, UNDER);
    if (shown === 0 || !scale) return text(middle, bottom - 4, '0', UNDER);
    const y = placeOf(scale, shown, [bottom, top]);
    return rect(x, y, width, bottom - y, month === release.month ? OWN_MONTH : VALUE);
  };
  const drawn = history.map(({ month }, at) => {
    const middle = left + (at + 0.5) * step;
    const [year = '', no = ''] = month.split('-');
    const under = text(middle, bottom + 14, figures.monthOfYear(month), UNDER);
    const isFirst = at === 0 || no === '01';
    return `${columnOf(at, middle)}${under}${isFirst ? text(middle, bottom + 26, year, UNDER) : ''}`;
  });
  const axis = (scale?.ticks ?? []).map((tick) => {
    const y = placeOf(scale as Scale, tick, [bottom, top]);
    return (
      line(left, y, right, y, tick === 0 ? INK : LINE) +
      text(left - 6, y + 3, figures.axisValue(tick), { anchor: 'end', size: 9, fill: QUIET })
    );
  });
  const count = (is: boolean) => figures.whole(values.filter((value) => (value !== null) === is).length);
  return {
    caption: filled(charts.months, { source, currency }),
    alt: filled(charts.monthsAlt, { shown: count(true), other: count(false) }),
    svg: drawing(bottom + 34, [...axis, ...drawn]),
  };
}

/** Of the sign that a rate is printed with: how sure it is, no release says. */
const withArrow = (rate: string): string =>
  rate.startsWith('+') ? `▲ ${rate}` : rate.startsWith('−') ? `▼ ${rate}` : rate;

function bar(
  value: number,
  scale: Scale,
  ends: readonly [number, number],
  y: number,
  height: number,
): string {
  const [zero, end] = [placeOf(scale, 0, ends), placeOf(scale, value, ends)];
  return rect(Math.min(zero, end), y, Math.abs(end - zero), height, value < 0 ? 'url(#fall)' : RISE);
}

const PATTERNS = `<defs><pattern id="withheld" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#f2f4f6"/><path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" stroke="#aab4bf" stroke-width="1"/></pattern><pattern id="fall" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${FALL}"/><path d="M-1 -1L7 7M-1 5L1 7M5 -1L7 1" stroke="#ffffff" stroke-width="1"/></pattern></defs>`;

const drawing = (height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif" font-size="11">${PATTERNS}${parts.join('')}</svg>`;
/** Tenths of a point are finer than anybody sees, and the same on every machine. */
const at = (value: number) => String(Math.round(value * 10) / 10);
const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" fill="${fill}"/>`;
const line = (x1: number, y1: number, x2: number, y2: number, stroke: string): string =>
  `<path d="M${at(x1)} ${at(y1)}L${at(x2)} ${at(y2)}" stroke="${stroke}" stroke-width="0.8" fill="none"/>`;
const text = (
  x: number,
  y: number,
  said: string,
  {
    anchor = 'start',
    size = 11,
    fill = INK,
  }: { readonly anchor?: string; readonly size?: number; readonly fill?: string } = {},
): string =>
  `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" font-size="${size}" fill="${fill}">${safe(said)}</text>`;
const upright = (x: number, y: number, said: string): string =>
  `<text transform="translate(${at(x + 4)} ${at(y)}) rotate(-90)" text-anchor="middle" font-size="9" fill="${QUIET}">${safe(said)}</text>`;
