/** What is said of a period that is not whole is true of it. */
import { takesSameDays, wordsOf } from './caution-words.ts';

const period = {
  ...{ from: '2024-05', to: '2024-08', firstDay: '2024-05-01', lastDay: '2024-08-20' },
  ...{ coverage: 0.9, complete: false, without: [] as string[], edges: [] },
};
const baseline = { ...period, from: '2023-05', to: '2023-08' };

it('data that end within the period run through a day', () => {
  expect(wordsOf('incomplete-period', { period, baseline })).toBe('incomplete-period');
});

it.each([
  ['a month at its end was never loaded', { ...period, lastDay: '2024-08-31', without: ['2024-08'] }],
  ['a month within it was', { ...period, lastDay: '2024-08-31', without: ['2024-06'] }],
  ['days beside a month before it are not known', { ...period, lastDay: '2024-08-31' }],
])('where %s they run through no day of it', (_, gap) => {
  expect(wordsOf('incomplete-period', { period: gap, baseline })).toBe('days-missing');
});

it('only a baseline that there is takes the same days', () => {
  expect(takesSameDays('incomplete-period', { period, baseline })).toBe(true);
  expect(takesSameDays('incomplete-period', { period, baseline: null })).toBe(false);
  expect(takesSameDays('not-loaded', { period, baseline })).toBe(false);
  expect(wordsOf('baseline-incomplete', { period, baseline: null })).toBe('baseline-missing');
  expect(wordsOf('baseline-incomplete', { period, baseline })).toBe('baseline-incomplete');
});
