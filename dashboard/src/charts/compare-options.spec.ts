import { translatorOf } from '../i18n/language.fixture.ts';
import type { Translate } from '../i18n/translate.ts';
import { breadthOption, breadthRange, type BreadthPoint } from './breadth-option.ts';
import { clockOption, pointSize, type ClockDrawing, type ClockPoint } from './clock-option.ts';
import { brief, drawing, numbers, palette } from './drawing.fixture.ts';
import { linePoints } from './line-points.ts';
import { lorenzOption, nearestPoint } from './lorenz-option.ts';

let t: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
});

interface DrawnSeries {
  id: string;
  data: { id?: string; name?: string; value: unknown[]; symbolSize?: number; label?: { show: boolean } }[];
  lineStyle?: { type?: unknown };
  markLine?: { data: unknown[] };
}
const seriesOf = (option: { series?: unknown }, id: string) =>
  (option.series as DrawnSeries[]).find((series) => series.id === id) as DrawnSeries;

describe('the clock', () => {
  const points: ClockPoint[] = [
    {
      ...{ id: 'a', name: '甲', x: 0.05, y: 0.01, quadrant: 'expansion', share: 0.4 },
      ...{ certainty: 'sure', interval: null, intervalReason: null },
    },
    {
      ...{ id: 'b', name: '乙', x: -0.02, y: -0.01, quadrant: 'contraction', share: 0.1 },
      interval: { xLow: -0.05, xHigh: 0.01, yLow: -0.02, yHigh: -0.001 },
      ...{ certainty: 'likely', intervalReason: null },
    },
    {
      ...{ id: 'c', name: '丙', x: -0.02, y: 0.01, quadrant: 'recovery', share: null },
      ...{ certainty: null, interval: null, intervalReason: 'too-few-owners' },
    },
  ];
  const draw = (more: Partial<ClockDrawing> = {}) =>
    clockOption({
      points,
      named: 2,
      chosen: null,
      trail: [],
      trailFrom: '2024年2月',
      reach: { x: 0.1, y: 0.02 },
      largest: 0.4,
      numbers,
      palette,
      t,
      ...more,
    });

  it('draws areas in proportion to their share, and names the largest only', () => {
    const { data } = seriesOf(draw(), 'points');
    const areas = data.map(({ symbolSize }) => symbolSize ?? 0);
    expect(areas[0]).toBeGreaterThan(areas[1] ?? 0);
    expect(areas[2]).toBe(1.5 * pointSize(null, 0.4));
    expect(data.map(({ label }) => label?.show)).toEqual([true, true, false]);
  });

  it('rings and names the chosen one once, with the way it came and its gaps', () => {
    const option = draw({
      chosen: 'b',
      trail: [{ x: 0.01, y: -0.01, certainty: null }, null, { x: -0.02, y: -0.01, certainty: 'likely' }],
    });
    expect(seriesOf(option, 'points').data.map(({ label }) => label?.show)).toEqual([true, false, false]);
    expect(seriesOf(option, 'chosen').data).toEqual([{ id: 'b', name: '乙', value: [-0.02, -0.01] }]);
    expect(seriesOf(option, 'trail').data.map(({ value }) => value)).toEqual([
      [0.01, -0.01],
      ['-', '-'],
      [-0.02, -0.01],
    ]);
    expect(seriesOf(draw(), 'chosen').data).toEqual([]);
    // A way through months that are undetermined is no course that anybody took for sure.
    expect(seriesOf(option, 'trail').data).toMatchObject([
      { itemStyle: { color: palette.panel, borderColor: palette.muted } },
      {},
      { itemStyle: { color: palette.text } },
    ]);
  });

  it('keeps the field and states the units of both axes', () => {
    expect(draw().xAxis).toMatchObject({ min: -0.1, max: 0.1, name: '近十二个月同比（%）' });
    expect(draw().yAxis).toMatchObject({
      min: -0.02,
      max: 0.02,
      name: '近三个月与近十二个月同比之差（百分点）',
    });
  });

  it('draws what is sure full, what is likely hollow, and what is undetermined as a cloud without a colour of its own', () => {
    const styles = seriesOf(draw(), 'points').data.map(
      (item) => (item as unknown as { itemStyle: { color: unknown; borderColor?: string } }).itemStyle,
    );
    expect(styles[0]?.color).toBe(palette.quadrants.expansion);
    expect(styles[1]).toMatchObject({ color: palette.panel, borderColor: palette.quadrants.contraction });
    expect(styles[2]?.color).toMatchObject({ type: 'radial', colorStops: [{ color: palette.muted }, {}] });
  });

  it('draws what lies outside of the field at its edge, pointing there', () => {
    const option = draw({ reach: { x: 0.01, y: 0.02 }, chosen: 'b' });
    expect(seriesOf(option, 'points').data.slice(0, 2)).toMatchObject([
      { value: [0.01, 0.01], symbol: 'triangle', symbolRotate: -90 },
      { value: [-0.01, -0.01], symbol: 'triangle', symbolRotate: 90 },
    ]);
    expect(seriesOf(option, 'chosen').data).toMatchObject([{ value: [-0.01, -0.01] }]);
    expect(seriesOf(option, 'chosen').markLine?.data[0]).toEqual([
      { coord: [-0.01, -0.01] },
      { coord: [0.01, -0.01] },
    ]);
  });

  it('draws the intervals of the chosen one as a cross, and none where there is none', () => {
    const lines = (chosen: string) => seriesOf(draw({ chosen }), 'chosen').markLine?.data;
    expect(lines('b')).toEqual([
      [{ coord: [-0.05, -0.01] }, { coord: [0.01, -0.01] }],
      [{ coord: [-0.02, -0.02] }, { coord: [-0.02, -0.001] }],
    ]);
    expect(lines('c')).toEqual([]);
  });
});

describe('the breadth', () => {
  const month = (name: string, breadth: number | null): BreadthPoint => ({
    month: name,
    rising: 3,
    unchanged: 0,
    falling: 2,
    breadth: { ...brief(breadth), uncertainty: null, uncertaintyReason: null },
  });
  const points = [month('2024-11', 62), month('2024-12', null), month('2025-01', 44)];

  it('marks the neutral line, leaves gaps, and always keeps 50 in view', () => {
    const days = points.map((point) => `${point.month}-01`);
    const option = breadthOption({ ...drawing([]), points, days, t });
    const line = seriesOf(option, 'breadth');
    expect(line.data).toEqual(linePoints([62, null, 44]).data);
    expect(line.markLine?.data).toEqual([{ yAxis: 50 }]);
    expect(option.yAxis).toMatchObject({ min: 40, max: 70 });
    expect(breadthRange([month('2025-01', 81)])).toEqual({ min: 40, max: 90 });
    expect(breadthRange([])).toEqual({ min: 40, max: 60 });
  });

  it('has colour only in months that surely stand on one side of neutral', () => {
    const between = (value: number, low: number, high: number) => ({
      ...month('2025-01', value),
      breadth: { ...month('2025-01', value).breadth, uncertainty: { low, high, grade: 'A' as const } },
    });
    const sided = [between(62, 51, 70), between(55, 49, 61), between(44, 40, 49), month('2025-01', 80)];
    const days = sided.map((_, index) => `2025-0${index + 1}-01`);
    const line = seriesOf(breadthOption({ ...drawing([]), points: sided, days, t }), 'breadth');
    expect(line.data).toMatchObject([
      { value: 62, itemStyle: { color: palette.rise } },
      55,
      { value: 44, itemStyle: { color: palette.fall } },
      80,
    ]);
  });
});

it('draws the Lorenz curve over a dashed baseline and the dotted diagonal', () => {
  const now = [
    { population: 0, share: 0 },
    { population: 0.5, share: 0.2 },
    { population: 1, share: 1 },
  ];
  const option = lorenzOption({ now, baseline: [], numbers, palette, t });
  expect(seriesOf(option, 'now').data).toEqual([
    [0, 0],
    [0.5, 0.2],
    [1, 1],
  ]);
  expect(seriesOf(option, 'baseline').data).toEqual([]);
  const looks = ['equal', 'baseline', 'now'].map((id) =>
    JSON.stringify(seriesOf(option, id).lineStyle?.type),
  );
  expect(new Set(looks).size).toBe(3);
});

it('compares curves at the same share of merchants, also where their numbers differ', () => {
  const half = { population: 0.5, share: 0.2 };
  const curve = [{ population: 0, share: 0 }, half, { population: 1, share: 1 }];
  expect(nearestPoint(curve, 0.49)).toBe(half);
  expect(nearestPoint(curve, 1)?.share).toBe(1);
  expect(nearestPoint([], 0.5)).toBeNull();
});
