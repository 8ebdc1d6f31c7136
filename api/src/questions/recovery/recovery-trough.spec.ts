import { known } from '../../core/brief-figure.ts';
import { troughOf } from './recovery-trough.ts';

const point = (month: string, level: number | null, flag: 'final' | 'base-too-small' = 'final') => ({
  month,
  level: known(level, 'too-little-data', flag),
});
const forty = { value: 40, flag: 'final', reason: null };
const before = point('2022-06', 10);

test('is of the months after the reference year, and seen from the last of them', () => {
  const points = [before, point('2023-01', 40), point('2023-02', 70), point('2023-03', null)];
  expect(troughOf(points.slice(0, -1), 2022)).toEqual({
    month: '2023-01',
    level: forty,
    monthsSince: 1,
    regained: 0.5,
  });
  expect(troughOf(points, 2022)).toEqual({ month: '2023-01', level: forty, monthsSince: 2, regained: null });
  expect(troughOf(points, null)).toBeNull();
});

test('a level on too few orders is neither the trough nor what has been regained', () => {
  const few = point('2023-02', 0, 'base-too-small');
  expect(troughOf([before, point('2023-01', 40), few], 2022)).toEqual({
    month: '2023-01',
    level: forty,
    monthsSince: 1,
    regained: null,
  });
  expect(troughOf([before, few], 2022)).toBeNull();
});
