import type { FestivalAnswer } from '@beltline/contract';
import { fiveMonths, figure, recoveryAnswer, recoveryPoint } from './recovery.fixture.ts';
import { translatorOf } from '../i18n/language.fixture.ts';
import type { Translate } from '../i18n/translate.ts';
import { backtestOption } from './backtest-option.ts';
import { hatching } from './compared-series-option.ts';
import { brief, dates, drawing, numbers, palette } from './drawing.fixture.ts';
import { festivalOption, lunarDayName, lunarDays, yearLooks } from './festival-option.ts';
import { priceLevelOption } from './price-level-option.ts';
import { levelScale, recoveryLevelOption } from './recovery-level-option.ts';
import { recoveryValueOption, splitRevisable } from './recovery-value-option.ts';

let t: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
});

interface Drawn {
  id: string;
  data: unknown[];
  itemStyle?: unknown;
  markLine?: { data: unknown[] };
  markArea?: { data: unknown[] };
  lineStyle?: { type?: unknown; color?: string; width?: number };
}
const seriesOf = (option: { series?: unknown }) => option.series as Drawn[];
const byId = (option: { series?: unknown }, id: string) => seriesOf(option).find((one) => one.id === id);
const days = fiveMonths.map(({ month }) => `${month}-01`);

describe('values of a recovery', () => {
  const draw = (more = {}) => {
    const { points, turningPoints, nowcast } = recoveryAnswer(more);
    return recoveryValueOption({
      ...drawing([]),
      days,
      points,
      turningPoints,
      nowcast,
      valueName: '订单数',
      t,
    });
  };

  it('parts what the next months revise from what stands, without a gap between', () => {
    expect(splitRevisable(fiveMonths)).toEqual({
      standing: [880, null, null, null, null],
      revisable: [880, 920, 860, 930, null],
    });
    const marks = byId(draw(), 'adjusted-revisable')?.data as { symbol: string }[];
    expect(marks.map(({ symbol }) => symbol)).toEqual(['none', 'circle', 'circle', 'circle', 'none']);
  });

  it('hatches the running month and draws its estimate with its band', () => {
    const option = draw();
    expect(byId(option, 'value')?.data.at(-1)).toEqual({ value: 70, itemStyle: hatching(palette) });
    expect(byId(option, 'nowcast')?.data).toEqual([null, null, null, null, 280]);
    expect(byId(option, 'nowcast-low')?.data.at(-1)).toBe(240);
    expect(byId(option, 'nowcast-high')?.data.at(-1)).toBe(330);
    expect(byId(option, 'nowcast')?.markLine?.data).toEqual([
      [{ coord: ['2025-02-01', 240] }, { coord: ['2025-02-01', 330] }],
    ]);
  });

  it('cuts a band that would flatten everything else, and points where it goes on', () => {
    const { nowcast } = recoveryAnswer();
    const option = draw({ nowcast: nowcast && { ...nowcast, high: 90_000 } });
    expect(byId(option, 'nowcast-high')).toMatchObject({ symbol: 'triangle' });
    expect(byId(option, 'nowcast-high')?.data.at(-1)).toBe(990);
    expect(byId(draw(), 'nowcast-high')).toMatchObject({ symbol: 'rect' });
  });

  it('never lets a band set the axis: nothing drawn of it lies above everything else', () => {
    const { nowcast } = recoveryAnswer();
    const highest = (option: { series?: unknown }) =>
      Math.max(
        ...seriesOf(option).flatMap(({ data }) =>
          data.map((one) => Number((one as { value?: number } | null)?.value ?? one ?? 0) || 0),
        ),
      );
    const without = highest(draw({ nowcast: nowcast && { ...nowcast, low: null, high: null } }));
    for (const high of [300, 990, 991, 5_000, 1e12]) {
      const option = draw({ nowcast: nowcast && { ...nowcast, high } });
      expect(highest(option)).toBe(without);
      expect(JSON.stringify(byId(option, 'nowcast')?.markLine?.data)).not.toContain(
        high > 990 ? String(high) : 'none',
      );
    }
  });

  it('draws no estimate where there is none', () => {
    expect(seriesOf(draw({ nowcast: null })).map(({ id }) => id)).not.toContain('nowcast');
  });

  it('points peaks up and troughs down; tentative ones are hollow', () => {
    const marks = byId(draw(), 'turning')?.data;
    expect(marks?.[1]).toMatchObject({ value: 920, symbolRotate: 0, itemStyle: { color: palette.text } });
    expect(marks?.[2]).toMatchObject({ value: 860, symbolRotate: 180, itemStyle: { color: palette.panel } });
    expect([marks?.[0], marks?.[3]]).toEqual([null, null]);
  });
});

describe('levels of a recovery', () => {
  it('always hold the reference, on even steps', () => {
    expect(levelScale([96.4, 91, null])).toEqual({ min: 90, max: 100, interval: 5 });
    expect(levelScale([120, 151])).toEqual({ min: 100, max: 160, interval: 20 });
    expect(levelScale([])).toEqual({ min: 100, max: 105, interval: 5 });
  });

  it('are a line with a gap for null, over bars of growth, which have no interval and no colour by sign', () => {
    const option = recoveryLevelOption({
      ...drawing([]),
      days,
      points: fiveMonths,
      outliers: [],
      sureOf: unknown,
      t,
    });
    expect(byId(option, 'level')?.data).toEqual([91, 93, 95, 96.4, null]);
    expect(byId(option, 'level')?.markLine?.data).toEqual([{ yAxis: 100 }]);
    expect(byId(option, 'level')?.markArea?.data).toEqual([]);
    expect(byId(option, 'lunar-growth')?.data).toEqual([0.1, null, null, 0.123, null]);
    expect(byId(option, 'lunar-growth')?.itemStyle).toEqual({ color: palette.rest });
  });

  it('shade the months that the state looks at', () => {
    const period = { first: 1, last: 3, name: 'state' };
    const option = recoveryLevelOption({
      ...drawing([]),
      days,
      points: fiveMonths,
      outliers: [],
      sureOf: unknown,
      period,
      t,
    });
    expect(byId(option, 'level')?.markArea?.data).toEqual([
      [{ xAxis: '2024-11-01', itemStyle: { color: palette.period } }, { xAxis: '2025-01-01' }],
    ]);
  });

  it('mark the months that stand out by their shape', () => {
    const option = recoveryLevelOption({
      ...{ ...drawing([]), days, points: fiveMonths, outliers: ['2024-11'], sureOf: unknown, t },
    });
    const data = byId(option, 'level')?.data as unknown[];
    expect(data.filter((one) => typeof one === 'object' && one !== null)).toEqual([
      expect.objectContaining({ symbol: 'diamond' }),
    ]);
    expect(data[1]).toMatchObject({ symbol: 'diamond' });
    expect(byId(option, 'level')).toMatchObject({ showAllSymbol: true });
  });

  it('draw no growth on too small a base', () => {
    const small = recoveryPoint('2024-10', 900, {
      lunarGrowth: brief(0.1, { flag: 'base-too-small' }),
      level: 91,
    });
    const option = recoveryLevelOption({
      ...drawing([]),
      days,
      points: [small, ...fiveMonths.slice(1)],
      outliers: [],
      sureOf: unknown,
      t,
    });
    expect(byId(option, 'lunar-growth')?.data[0]).toBeNull();
    expect(byId(option, 'level')?.data[0]).toBe(91);
  });
});

/** Nothing is known of how sure a month is. */
function unknown() {
  return null;
}

it('levels have a band of their intervals, which sets no axis, and growth a colour where its sign is sure', () => {
  const between = (low: number, high: number) => ({
    ...brief(1),
    uncertainty: { low, high, grade: 'B' as const },
    uncertaintyReason: null,
  });
  const rates = { growth: between(-1, 1), level: between(88, 400), lunarGrowth: between(0.02, 0.2) };
  const days = fiveMonths.map(({ month }) => `${month}-01`);
  const drawn = { ...drawing([]), days, points: fiveMonths, outliers: [], t };
  const option = recoveryLevelOption({ ...drawn, sureOf: (month) => (month === '2025-01' ? rates : null) });
  expect(byId(option, 'level-low')?.data).toEqual([null, null, null, 88, null]);
  expect(byId(option, 'level-high')?.data).toEqual([null, null, null, 312, null]);
  expect(byId(option, 'lunar-growth')?.data).toEqual([
    0.1,
    null,
    null,
    { value: 0.123, itemStyle: { color: palette.rise } },
    null,
  ]);
  const without = recoveryLevelOption({ ...drawn, sureOf: unknown });
  expect(JSON.stringify(option.yAxis)).toBe(JSON.stringify(without.yAxis));
  expect(byId(without, 'level-low')).toBeUndefined();
});

describe('the days around the New Year', () => {
  const year = (number: number, values: (number | null)[]) => ({
    year: number,
    newYear: `${number}-02-10`,
    values,
    growth: figure(0.1),
  });
  const answer = {
    unit: 'orders',
    window: { before: 1, after: 2 },
    years: [year(2023, [1, 2, 3, 4]), year(2024, [5, null, 7, 8])],
  } as unknown as FestivalAnswer;

  it('are named by their distance from it', () => {
    expect(lunarDays(answer).map((day) => lunarDayName(day, t))).toEqual(['−1', '春节', '+1', '+2']);
  });

  it('are a line a year, the newest strongest, with gaps for what is not loaded', () => {
    const lines = seriesOf(festivalOption({ answer, valueAxis: '订单数', numbers, palette, t }));
    expect(lines.map(({ id, data }) => [id, data])).toEqual([
      ['2023', [1, 2, 3, 4]],
      ['2024', [{ value: 5, symbol: 'circle', symbolSize: 6 }, null, 7, 8]],
    ]);
    expect(lines[1]?.lineStyle?.width).toBeGreaterThan(lines[0]?.lineStyle?.width ?? 0);
    expect(lines[1]?.markLine?.data).toEqual([{ xAxis: '0' }]);
  });

  it('are told apart by more than colour', () => {
    const looks = yearLooks(palette, 4).map(({ dash }) => JSON.stringify(dash));
    expect(new Set(looks).size).toBe(4);
  });
});

it('shows the level of a single month among many that have none', () => {
  const months = fiveMonths.map((point, index) => ({ ...point, level: brief(index === 2 ? 95 : null) }));
  const level = (points: typeof fiveMonths) => {
    const days = points.map(({ month }) => `${month}-01`);
    return seriesOf(
      recoveryLevelOption({ ...drawing([]), days, points, outliers: [], sureOf: unknown, t }),
    ).find(({ id }) => id === 'level');
  };
  expect(level(months)).toMatchObject({ showAllSymbol: true, data: [null, null, 95, null, null] });
  expect(level(fiveMonths)).not.toHaveProperty('showAllSymbol');
});

it('draws the errors of an estimate beside those of two naive rules', () => {
  const row = {
    ...{ day: 5, months: 24, told: 20, nowcast: brief(0.1), daysElapsed: brief(0.2) },
    ...{ lastYearsShare: brief(null), covered: brief(0.8) },
  };
  const option = backtestOption({ days: [row], numbers, palette, t });
  expect(seriesOf(option).map(({ id, data }) => [id, data])).toEqual([
    ['nowcast', [0.1]],
    ['daysElapsed', [0.2]],
    ['lastYearsShare', [null]],
  ]);
});

it('draws a price level with its gaps and the line of its first month', () => {
  const chain = [
    { month: '2024-01', index: brief(100), skus: 9, sure: null },
    { month: '2024-02', index: brief(null), skus: 0, sure: null },
  ];
  const option = priceLevelOption({ chain, valueAxis: '价格水平', numbers, dates, palette, t });
  expect(byId(option, 'price-level')?.data).toEqual([100, null]);
  expect(byId(option, 'price-level')?.markLine?.data).toEqual([{ yAxis: 100 }]);
  expect(byId(option, 'price-level-high')).toBeUndefined();
  const uncertainty = { low: 98, high: 103, grade: 'A' as const };
  const known = chain.map((point) => ({
    ...point,
    sure: point.index.value === null ? null : { ...point.index, uncertainty, uncertaintyReason: null },
  }));
  const sure = priceLevelOption({ chain: known, valueAxis: '价格水平', numbers, dates, palette, t });
  expect(byId(sure, 'price-level-low')?.data).toEqual([98, null]);
  expect(byId(sure, 'price-level-high')?.data).toEqual([5, null]);
});
