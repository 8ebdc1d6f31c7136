import { EARLIEST_NOTE as earliest, LATEST_NOTE as latest } from '@beltline/contract';
import { EARLIEST_NOTE, LATEST_NOTE, noteFault } from './note-fault.ts';

it('asks for a text, a day, and days in order', () => {
  expect(noteFault({ text: '义乌试点', day: '2024-05-01', lastDay: '' })).toBeNull();
  expect(noteFault({ text: '  ', day: '2024-05-01', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '2024-05-02', lastDay: '2024-05-01' })).toBe('order');
});

it('takes no day that only a slip of the pen can mean, between the same days as the API', () => {
  expect([EARLIEST_NOTE, LATEST_NOTE]).toEqual([earliest, latest]);
  expect(noteFault({ text: 'x', day: '0024-05-01', lastDay: '' })).toBe('early');
  expect(noteFault({ text: 'x', day: EARLIEST_NOTE, lastDay: '' })).toBeNull();
  expect(noteFault({ text: 'x', day: '2204-05-01', lastDay: '' })).toBe('late');
  expect(noteFault({ text: 'x', day: '2024-05-01', lastDay: '22024-05-02' })).toBe('late');
  expect(noteFault({ text: 'x', day: LATEST_NOTE, lastDay: LATEST_NOTE })).toBeNull();
});
