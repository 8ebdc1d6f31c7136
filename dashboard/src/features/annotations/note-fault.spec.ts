import { noteFault } from './note-fault.ts';

it('asks for a text, a day, and days in order', () => {
  expect(noteFault({ text: '义乌试点', day: '2024-05-01', lastDay: '' })).toBeNull();
  expect(noteFault({ text: '  ', day: '2024-05-01', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '', lastDay: '' })).toBe('text');
  expect(noteFault({ text: 'x', day: '2024-05-02', lastDay: '2024-05-01' })).toBe('order');
});
