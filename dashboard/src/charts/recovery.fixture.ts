import type { BriefFigure, Figure, RecoveryAnswer, RecoveryPoint } from '@beltline/contract';
import { brief } from './drawing.fixture.ts';

const META = {
  source: 'demo',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  dataVersion: 3,
  publishedAt: '2025-02-11T02:00:00Z',
  dataThrough: '2025-02-10',
};

export function figure(value: number | null, more: Partial<Figure> = {}): Figure {
  return {
    value,
    unit: 'ratio',
    flag: value === null ? 'not-available' : 'final',
    reason: null,
    period: { firstDay: '2024-11-01', lastDay: '2025-01-31' },
    baseline: null,
    numerator: null,
    denominator: null,
    coverage: 1,
    uncertainty: null,
    uncertaintyReason: null,
    definition: 'lunar-growth',
    ...more,
  };
}

export function recoveryPoint(
  month: string,
  value: number | null,
  more: {
    [Name in 'adjusted' | 'trend' | 'growth' | 'lunarGrowth' | 'level']?: number | BriefFigure | null;
  } & { coverage?: number; merged?: boolean } = {},
): RecoveryPoint {
  const { coverage = 1, merged = false, ...figures } = more;
  const of = (figure: number | BriefFigure | null = null) =>
    figure === null || typeof figure === 'number' ? brief(figure) : figure;
  return {
    month,
    coverage,
    merged,
    value: brief(value, coverage < 1 ? { flag: 'provisional' } : {}),
    adjusted: of(figures.adjusted),
    trend: of(figures.trend),
    growth: of(figures.growth),
    lunarGrowth: of(figures.lunarGrowth),
    level: of(figures.level),
  };
}

const revisable = (value: number) => brief(value, { flag: 'revisable' });

/** Four whole months, of which the last three revise, and ten days of a fifth. */
export const fiveMonths: RecoveryPoint[] = [
  recoveryPoint('2024-10', 900, { adjusted: 880, trend: 875, level: 91, lunarGrowth: 0.1 }),
  recoveryPoint('2024-11', 990, { adjusted: revisable(920), trend: 900, level: 93 }),
  recoveryPoint('2024-12', 820, { adjusted: revisable(860), trend: 910, level: 95 }),
  recoveryPoint('2025-01', 700, {
    adjusted: revisable(930),
    trend: 920,
    level: 96.4,
    lunarGrowth: 0.123,
    growth: 0.05,
    merged: true,
  }),
  recoveryPoint('2025-02', 70, { coverage: 10 / 28 }),
];

export const recoveryAnswer = (more: Partial<RecoveryAnswer> = {}): RecoveryAnswer => ({
  month: '2025-01',
  meta: META,
  area: { level: 'belt', id: 'B001', name: { zh: '义乌小商品', en: 'Yiwu' }, belts: 1 },
  track: 'all',
  measure: 'orders',
  unit: 'orders',
  reference: 2023,
  outliers: [],
  holiday: { coefficient: brief(-0.4), standardError: 0.02, observations: 900 },
  adjustedReason: null,
  points: fiveMonths,
  growth: figure(0.05),
  lunarGrowth: figure(0.123),
  state: {
    state: 'recovering',
    reason: null,
    level: figure(96.4, { unit: 'index', definition: 'recovery-ratio' }),
    levelWithoutOutliers: figure(96.4, { unit: 'index', definition: 'recovery-ratio' }),
    growth: figure(0.11),
    growthOfOthers: figure(0.1, { definition: 'growth-of-others' }),
    breadth: figure(58.3, { unit: 'points', definition: 'breadth' }),
    mostProbable: 'recovering',
    probability: 0.86,
    certainty: 'likely',
    restsOnJoiners: false,
  },
  nowcast: {
    month: '2025-02',
    through: '2025-02-10',
    soFar: 70,
    completion: 0.25,
    estimate: figure(280, { flag: 'nowcast', unit: 'orders', definition: 'nowcast' }),
    low: 240,
    high: 330,
    band: 0.8,
    months: 24,
    isFestival: true,
    usuallyFrom: null,
  },
  trough: { month: '2024-03', level: brief(71.2), monthsSince: 10, regained: 0.875 },
  turningPoints: [
    { month: '2024-11', kind: 'peak', tentative: false },
    { month: '2024-12', kind: 'trough', tentative: true },
  ],
  ...more,
});
