import type { Figure, RecoveryStateName, StatesAnswer } from '@beltline/contract';

export const figure = (value: number | null, more: Partial<Figure> = {}): Figure => ({
  value,
  unit: 'ratio',
  flag: value === null ? 'not-available' : 'final',
  reason: value === null ? 'too-little-data' : null,
  period: null,
  baseline: null,
  numerator: null,
  denominator: null,
  coverage: 1,
  uncertainty: null,
  uncertaintyReason: null,
  definition: 'state',
  ...more,
});

export function stateRow(
  id: string,
  now: RecoveryStateName,
  before: RecoveryStateName,
): StatesAnswer['rows'][number] {
  return {
    area: { level: 'belt', id, name: { zh: id, en: id }, belts: 1 },
    now: {
      state: now,
      reason: null,
      mostProbable: now,
      probability: 0.97,
      certainty: 'sure',
      level: figure(98.2),
      levelWithoutOutliers: figure(98.2),
      growth: figure(0.04),
      growthOfOthers: figure(0.03),
      breadth: figure(52.1),
      restsOnJoiners: false,
    },
    before,
    changed: now !== before,
  };
}

export const statesAnswer = (rows: StatesAnswer['rows']): StatesAnswer => ({
  meta: {
    source: 'demo',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    dataVersion: 1,
    publishedAt: '2025-02-12T00:00:00Z',
    dataThrough: '2025-02-10',
  },
  level: 'belt',
  track: 'all',
  measure: 'gmv',
  month: '2025-01',
  reference: 2023,
  counts: (['declining', 'recovered'] as const).map((state) => ({
    state,
    areas: rows.filter((row) => row.now.state === state).length,
    sure: rows.filter((row) => row.now.state === state && row.now.certainty === 'sure').length,
    before: 1,
  })),
  rows,
});
