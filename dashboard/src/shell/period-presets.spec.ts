import { presetOf, presetRange } from './period-presets.ts';

const calendar = {
  months: { from: '2022-01', to: '2025-02' },
  completeMonths: { from: '2022-01', to: '2025-01' },
};

it('makes ranges of complete months', () => {
  expect(presetRange('last-month', calendar)).toEqual({ from: '2025-01', to: '2025-01' });
  expect(presetRange('last-quarter', calendar)).toEqual({ from: '2024-10', to: '2024-12' });
  expect(presetRange('last-year', calendar)).toEqual({ from: '2024-01', to: '2024-12' });
  expect(presetRange('last-12-months', calendar)).toEqual({ from: '2024-02', to: '2025-01' });
});

it('takes a quarter and a year that end with the last complete month', () => {
  const full = { ...calendar, completeMonths: { from: '2022-01', to: '2024-12' } };
  expect(presetRange('last-quarter', full)).toEqual({ from: '2024-10', to: '2024-12' });
  expect(presetRange('last-year', full)).toEqual({ from: '2024-01', to: '2024-12' });
});

it('runs the year to date up to the last month, complete or not', () => {
  expect(presetRange('year-to-date', calendar)).toEqual({ from: '2025-01', to: '2025-02' });
});

it('offers nothing that the data cannot give', () => {
  const young = {
    months: { from: '2025-01', to: '2025-02' },
    completeMonths: { from: '2025-01', to: '2025-01' },
  };
  expect(presetRange('last-year', young)).toBeNull();
  expect(presetRange('last-quarter', young)).toBeNull();
  expect(presetRange('last-12-months', young)).toBeNull();
  expect(presetRange('last-month', { ...young, completeMonths: null })).toBeNull();
});

it('recognises the preset of a range', () => {
  expect(presetOf({ from: '2024-01', to: '2024-12' }, calendar)).toBe('last-year');
  expect(presetOf({ from: '2024-03', to: '2024-05' }, calendar)).toBeNull();
});
