import type { ContributionPart, SureFigure } from '@beltline/contract';
import { translatorOf } from '../i18n/language.fixture.ts';
import type { Translate } from '../i18n/translate.ts';
import { comparedSeriesOption, hatching } from './compared-series-option.ts';
import { contributionOption } from './contribution-option.ts';
import { brief, drawing, fourMonths, numbers, palette, point } from './drawing.fixture.ts';
import { inPoints, isNoPoint } from './in-points.ts';
import { tracksOption } from './tracks-option.ts';

let t: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
});

interface DrawnSeries {
  id: string;
  type: string;
  data: unknown[];
  lineStyle?: { type?: unknown };
}
const seriesOf = (option: { series?: unknown }) => option.series as DrawnSeries[];

describe('a value against a year ago', () => {
  const compared = (grain: 'month' | 'day') =>
    seriesOf(
      comparedSeriesOption({
        ...drawing(fourMonths),
        grain,
        points: fourMonths,
        unit: 'money',
        valueName: '成交额',
        t,
      }),
    );

  it('hatches the incomplete month and leaves a gap where there is no data', () => {
    const [value] = compared('month');
    expect(value).toMatchObject({ id: 'value', type: 'bar' });
    expect(value?.data).toEqual([990, 820, null, { value: 70, itemStyle: hatching(palette) }]);
  });

  it('does not draw the part of a month a year ago as a fall of the line', () => {
    const [, yearAgo, open] = compared('month');
    expect(yearAgo?.data).toEqual([600, 640, null, null]);
    expect(open?.data).toEqual([null, null, null, 50]);
  });

  it('draws days as a line', () => {
    expect(compared('day')[0]).toMatchObject({ type: 'line', connectNulls: false });
  });
});

it('draws the only whole month of a young source, a year ago and in each track, although no line reaches it', () => {
  const points = [point('2024-11-01', 0, { yearAgo: 600 }), point('2024-12-01', 70, { coverage: 10 / 31 })];
  const drawn = { ...drawing(points), unit: 'money' as const, t };
  const tracks = tracksOption({
    ...drawn,
    lines: [{ track: 'custom', points }],
    trackName: (track) => track,
  });
  const compared = comparedSeriesOption({ ...drawn, points, grain: 'month', valueName: '成交额' });
  expect(seriesOf(tracks)[0]).toMatchObject({
    id: 'custom',
    showSymbol: true,
    data: [{ value: 0, symbol: 'circle' }, null],
  });
  expect(seriesOf(compared)[1]).toMatchObject({
    id: 'year-ago',
    showSymbol: true,
    data: [{ value: 600, symbol: 'circle' }, null],
  });
});

it('draws each track with its own colour and dash, incomplete months apart', () => {
  const option = tracksOption({
    ...drawing(fourMonths),
    lines: [
      { track: 'distribution', points: fourMonths },
      { track: 'custom', points: fourMonths },
      { track: 'cross-border', points: fourMonths },
    ],
    unit: 'money',
    trackName: (track) => track,
    t,
  });
  const lines = seriesOf(option).filter(({ id }) => !id.endsWith('-open'));
  expect(lines.map(({ id }) => id)).toEqual(['distribution', 'custom', 'cross-border']);
  expect(lines[0]?.data).toEqual([990, 820, null, null]);
  const looks = lines.map(({ id, lineStyle }) =>
    JSON.stringify([palette.tracks[id as 'custom'], lineStyle?.type]),
  );
  expect(new Set(looks).size).toBe(3);
});

describe('contributions', () => {
  const part = (
    kind: ContributionPart['kind'],
    contribution: number | null,
    change: number,
  ): ContributionPart => ({
    kind,
    belt: null,
    combination: null,
    value: brief(100 + change),
    baseline: brief(100),
    change: brief(change),
    contribution: brief(contribution),
    members: 1,
  });
  const between = (low: number, high: number) => ({ uncertainty: { low, high, grade: 'A' } }) as SureFigure;
  const sureAsSaid = ({ contribution: { value } }: ContributionPart) => {
    const ends = [(value ?? 0) / 2, (value ?? 0) * 2].sort((a, b) => a - b);
    return between(ends[0] ?? 0, ends[1] ?? 0);
  };
  const draw = (
    parts: ContributionPart[],
    sureOf: (part: ContributionPart) => SureFigure | null = sureAsSaid,
  ) =>
    contributionOption({
      sureOf,
      parts,
      unit: 'orders',
      unitName: '单',
      partName: ({ kind }) => kind,
      numbers,
      palette,
      t,
    });
  const bars = (parts: ContributionPart[], sureOf?: Parameters<typeof draw>[1]) =>
    (seriesOf(draw(parts, sureOf))[0]?.data ?? []) as {
      value: number;
      itemStyle: { color: string };
      label: { position: string; formatter: () => string };
    }[];

  it('rise in red and fall in green, with the sign at the end of the bar', () => {
    const [gain, loss, rest] = bars([
      part('belt', 0.0123, 12),
      part('belt', -0.02, -20),
      part('rest', 0.5, 500),
    ]);
    expect(gain).toMatchObject({ itemStyle: { color: palette.rise }, label: { position: 'right' } });
    expect(loss).toMatchObject({ itemStyle: { color: palette.fall }, label: { position: 'right' } });
    expect(rest?.itemStyle.color).toBe(palette.rest);
    expect([gain?.label.formatter(), loss?.label.formatter()]).toEqual(['+1.23', '-2.00']);
  });

  it('are grey where chance may have given the sign, or nothing is known of it', () => {
    for (const sure of [null, between(-0.1, 0.2), { uncertainty: null } as SureFigure])
      expect(bars([part('belt', 0.0123, 12)], () => sure)[0]?.itemStyle.color).toBe(palette.rest);
  });

  it('are nothing to name where they read as 0.00 points', () => {
    const said = [0.00004, -0.00004, 0, 0.00005, -0.00005, null].map((value) => [
      value !== null && Number(numbers.signedPoints(value)) === 0,
      isNoPoint(value),
    ]);
    expect(said.map(([, none]) => none)).toEqual(said.map(([zero]) => zero));
  });

  it('fall back to changes where the total has no baseline', () => {
    const parts = [part('belt', null, 12), part('belt', null, -3)];
    expect(inPoints(parts)).toBe(false);
    expect(bars(parts).map(({ value }) => value)).toEqual([12, -3]);
    expect(draw(parts).xAxis).toMatchObject({ name: '增减（单）' });
  });
});
