import { ProblemError } from '../../platform/problem/problem-error.ts';
import { cursorOf, keyOf } from './cursor.ts';

test('a cursor gives back its key', () => {
  expect(keyOf(cursorOf(3, 1_764_000_000_000), 2)).toEqual([3, 1_764_000_000_000]);
  expect(keyOf(undefined, 2)).toEqual([0, 0]);
});

test.each([
  '',
  'x',
  cursorOf(1),
  cursorOf(1, 2, 3),
  Buffer.from('1:-2').toString('base64url'),
  Buffer.from('1:1e9').toString('base64url'),
])('%j is none of ours', (cursor) => {
  expect(() => keyOf(cursor, 2)).toThrow(ProblemError);
});
