import {
  annotationBody,
  EARLIEST_NOTE as earliest,
  LATEST_NOTE as latest,
  LONGEST_NOTE as longest,
} from '@beltline/contract';
import { charactersOf, EARLIEST_NOTE, LATEST_NOTE, LONGEST_NOTE, noteFault } from './note-fault.ts';

it('asks for a text, a day, and days in order', () => {
  expect(noteFault({ text: '义乌试点', day: '2024-05-01', lastDay: '' })).toBeNull();
  expect(noteFault({ text: '  ', day: '2024-05-01', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '2024-05-02', lastDay: '2024-05-01' })).toBe('order');
});

it.each([
  ['ideographs', '好'],
  ['emoji, two units each', '😀'],
  ['rare ideographs, two units each', '𠮷'],
  ['a family of seven code points', '👨‍👩‍👧‍👦'],
  ['letters with marks', 'e\u0301'],
])('takes as many characters as the API does: %s', (_name, one) => {
  const most = Math.floor(LONGEST_NOTE / charactersOf(one));
  const isTaken = (text: string) =>
    annotationBody.safeParse({ source: 'demo', beltId: null, kind: 'policy', day: '2024-05-01', text })
      .success;
  for (const text of [one.repeat(most), one.repeat(most + 1), ` ${one.repeat(most)}\n `])
    expect(noteFault({ text, day: '2024-05-01', lastDay: '' })).toBe(isTaken(text) ? null : 'long');
  expect(isTaken(one.repeat(most + 1))).toBe(false);
});

it('takes no day that only a slip of the pen can mean, between the same days as the API', () => {
  expect([EARLIEST_NOTE, LATEST_NOTE, LONGEST_NOTE]).toEqual([earliest, latest, longest]);
  expect(noteFault({ text: 'x', day: '0024-05-01', lastDay: '' })).toBe('early');
  expect(noteFault({ text: 'x', day: EARLIEST_NOTE, lastDay: '' })).toBeNull();
  expect(noteFault({ text: 'x', day: '2204-05-01', lastDay: '' })).toBe('late');
  expect(noteFault({ text: 'x', day: '2024-05-01', lastDay: '22024-05-02' })).toBe('late');
  expect(noteFault({ text: 'x', day: LATEST_NOTE, lastDay: LATEST_NOTE })).toBeNull();
});
