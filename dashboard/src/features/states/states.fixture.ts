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
      level: figure(98.2),
      growth: figure(0.04),
      breadth: figure(52.1),
      sureness: 1.2,
      certainty: 'likely',
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
  counts: [
    { state: 'declining', areas: rows.filter((row) => row.now.state === 'declining').length, before: 1 },
    { state: 'recovered', areas: rows.filter((row) => row.now.state === 'recovered').length, before: 1 },
  ],
  rows,
});
