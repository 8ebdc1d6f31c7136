import { addMonths, monthsThrough } from '../../core/calendar.ts';
import { breadthWindow } from './breadth-windows.ts';

test.each([
  ['2024-12', '2024-10', '2024-12'],
  ['2025-01', '2024-10', '2024-12'],
  ['2025-02', '2024-12', '2025-02'],
  ['2025-03', '2025-01', '2025-03'],
  ['2025-04', '2025-01', '2025-04'],
  ['2025-05', '2025-03', '2025-05'],
])('at the end of %s: %s to %s', (month, from, to) => {
  expect(breadthWindow(month, true)).toEqual({ from, to });
});

test('January and February are never apart; without the festival a window is three months', () => {
  for (let index = 0; index < 24; index++) {
    const month = addMonths('2023-01', index);
    const { from, to } = breadthWindow(month, true);
    const numbers = monthsThrough(from, to).map((one) => one.slice(5));
    expect(numbers.includes('01')).toBe(numbers.includes('02'));
    expect(breadthWindow(month, false)).toEqual({ from: addMonths(month, -2), to: month });
  }
});
