import type { Annotation } from '@beltline/contract';
import { annotationMarks, notesInView } from './annotation-marks.ts';

const note = (id: string, day: string, lastDay: string | null = null) => ({ id, day, lastDay }) as Annotation;
const months = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01'];

it('numbers the notes in view by their day, and leaves the others out', () => {
  const notes = [
    note('c', '2024-03-05'),
    note('a', '2023-12-20'),
    note('b', '2024-02-10'),
    note('d', '2024-05-01'),
  ];
  expect(notesInView(notes, months, 'month').map(({ number, note: { id } }) => [number, id])).toEqual([
    [1, 'b'],
    [2, 'c'],
  ]);
  expect(notesInView(notes, [], 'month')).toEqual([]);
});

it('keeps a note that began before and still lasts', () => {
  expect(notesInView([note('a', '2023-12-20', '2024-01-05')], months, 'month')).toHaveLength(1);
});

it('puts notes of one month on one line, and spans longer ones', () => {
  const numbered = notesInView(
    [note('a', '2024-02-10', '2024-03-02'), note('b', '2024-02-20'), note('c', '2024-04-30', '2024-06-30')],
    months,
    'month',
  );
  expect(annotationMarks(numbered, months, 'month')).toEqual([
    { first: 1, last: 2, label: '1 · 2' },
    { first: 3, last: 3, label: '3' },
  ]);
});

it('finds the day itself in a chart of days', () => {
  const days = ['2024-02-09', '2024-02-10', '2024-02-11'];
  const numbered = notesInView([note('a', '2024-02-10', '2024-02-11')], days, 'day');
  expect(annotationMarks(numbered, days, 'day')).toEqual([{ first: 1, last: 2, label: '1' }]);
});
