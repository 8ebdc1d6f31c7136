import type { ClockAnswer } from '@beltline/contract';
import { brief, dates, numbers } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import {
  monthsToAsk,
  pointsOf,
  quadrantCounts,
  reachOf,
  TRAIL_MONTHS,
  trailOf,
  undeterminedCount,
} from './clock-points.ts';
import { clockSummary } from './clock-summary.ts';

type Row = ClockAnswer['areas'][number];
const place = (x: number, y: number): NonNullable<Row['points'][number]> => {
  const quadrant = x >= 0 ? (y >= 0 ? 'expansion' : 'slowdown') : y < 0 ? 'contraction' : 'recovery';
  const interval = { xLow: x - 0.01, xHigh: x + 0.01, yLow: y - 0.002, yHigh: y + 0.002 };
  const certainty = Math.abs(y) > 0.005 ? 'sure' : null;
  return { x, y, quadrant, certainty, interval, intervalReason: null };
};
const row = (id: string, share: number | null, points: Row['points']): Row => ({
  area: { level: 'belt', id, name: { zh: id, en: id }, belts: 1 },
  share: brief(share),
  reason: points.every((point) => point === null) ? 'too-little-data' : null,
  points,
});
const areas = [
  row('small', 0.1, [place(0.02, 0.01), place(-0.03, 0.004)]),
  row('large', 0.6, [null, place(0.05, -0.02)]),
  row('young', null, [null, null]),
];
const nameOf = (area: { id: string }) => area.id;

it('places areas of a month, the largest first, and leaves out what is nowhere', () => {
  expect(pointsOf(areas, 1, nameOf).map(({ id, quadrant }) => [id, quadrant])).toEqual([
    ['large', 'slowdown'],
    ['small', 'recovery'],
  ]);
  expect(pointsOf(areas, 0, nameOf).map(({ id }) => id)).toEqual(['small']);
  expect(pointsOf(areas, 9, nameOf)).toEqual([]);
});

it('keeps one field for all months, which a few that are far off do not widen', () => {
  const reach = reachOf(areas);
  expect(reach.x).toBeGreaterThan(0.05);
  expect(reach.y).toBeGreaterThan(0.02);
  expect(reach.x).toBeLessThan(0.1);
  const near = Array.from({ length: 99 }, (_, index) => row(`near${index}`, 0.001, [place(0.05, 0.02)]));
  expect(reachOf([...near, row('far', 0.001, [place(9, 9)])])).toEqual(reachOf(near));
  expect(reachOf([row('none', null, [null])])).toEqual({ x: 0.01, y: 0.01 });
});

it('follows the chosen area back for a year at most, gaps included', () => {
  expect(trailOf(areas[1] ?? null, 1)).toEqual([null, place(0.05, -0.02)]);
  const long = row(
    'long',
    1,
    Array.from({ length: 30 }, (_, month) => place(month / 100, 0)),
  );
  const trail = trailOf(long, 20);
  expect(trail).toHaveLength(TRAIL_MONTHS);
  expect(trail.at(-1)).toEqual(place(0.2, 0));
  expect(trailOf(null, 3)).toEqual([]);
});

it('counts every quadrant, also empty ones', () => {
  expect(quadrantCounts(pointsOf(areas, 1, nameOf)).map(({ count }) => count)).toEqual([0, 1, 0, 0]);
  expect(undeterminedCount(pointsOf(areas, 1, nameOf))).toBe(1);
});

describe('the summary', () => {
  const shown = {
    month: '2025-01',
    points: pointsOf(areas, 1, nameOf),
    areas: '3 个产业带',
    unknown: 1,
    chosen: null,
  };

  it('counts quadrants in words', async () => {
    const t = await translatorOf('zh-CN');
    expect(clockSummary(shown, { numbers, dates, t })).toBe(
      '2025年1月：3 个产业带中，扩张 0 个、放缓 1 个、收缩 0 个、回升 0 个、未定 1 个、数据不足 1 个。',
    );
  });

  it('says where the chosen areas are, and between what', async () => {
    const t = await translatorOf('zh-CN');
    const said = (index: number) =>
      clockSummary(
        { ...shown, chosen: { name: '义乌', point: shown.points[index] ?? null, reason: '' } },
        { numbers, dates, t },
      );
    expect(said(0)).toContain(
      '义乌：放缓（确定）；近十二个月同比 +5.0%（+4.0% 至 +6.0%），近三个月同比与之相差 -2.00 个百分点（-2.20 至 -1.80）。',
    );
    expect(said(1)).toContain('义乌：未定；');
  });

  it('says why the chosen area is nowhere', async () => {
    const t = await translatorOf('en');
    const chosen = { name: 'Yiwu', point: null, reason: t('reason.too-little-data') };
    expect(clockSummary({ ...shown, chosen }, { numbers, dates, t })).toContain('Yiwu: too little data');
  });
});

it('asks for as many months as hold the one in view, three years at least and no more than the API gives', () => {
  expect(monthsToAsk(undefined, '2025-01')).toBe(36);
  expect(monthsToAsk('2024-05', '2025-01')).toBe(36);
  expect(monthsToAsk('2022-02', '2025-01')).toBe(36);
  expect(monthsToAsk('2021-03', '2025-01')).toBe(47);
  expect(monthsToAsk('2011-03', '2025-01')).toBe(60);
  for (const asked of ['2031-01', '2024-13']) expect(monthsToAsk(asked, '2025-01')).toBe(36);
  expect(monthsToAsk('2024-05', undefined)).toBe(36);
});
