import { EARLIEST_NOTE as contracts } from '@beltline/contract';
import { EARLIEST_NOTE, noteFault } from './note-fault.ts';

it('asks for a text, a day, and days in order', () => {
  expect(noteFault({ text: '义乌试点', day: '2024-05-01', lastDay: '' })).toBeNull();
  expect(noteFault({ text: '  ', day: '2024-05-01', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '2024-05-02', lastDay: '2024-05-01' })).toBe('order');
});

it('takes no day that only a slip of the pen can mean, from the same day on as the API', () => {
  expect(EARLIEST_NOTE).toBe(contracts);
  expect(noteFault({ text: 'x', day: '0024-05-01', lastDay: '' })).toBe('early');
  expect(noteFault({ text: 'x', day: EARLIEST_NOTE, lastDay: '' })).toBeNull();
});
