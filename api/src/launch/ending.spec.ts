import { vi } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ending } from './ending.ts';

/** An ending that writes down what is closed, and the code that the process would end with. */
function noted(noticeMs = 5_000) {
  const notes: (string | number)[] = [];
  const codes: number[] = [];
  const ending = new Ending({ noticeMs, exit: (code) => (notes.push(code), codes.push(code)) });
  const closing = (name: string) => async () => {
    await sleep(5);
    notes.push(name);
  };
  const over = async () => {
    while (codes.length === 0) await sleep(2);
    return notes;
  };
  return { ending, closing, notes, over };
}

test('what was opened last is closed first, one after the other, and then it ends with 0', async () => {
  const { ending, closing, over } = noted();
  ending.opened(closing('engine'));
  ending.opened(closing('api'));
  ending.settled();
  ending.ask();
  expect(await over()).toEqual(['api', 'engine', 0]);
});

test('asked in the middle of a start, it closes what the start had opened, once that has noticed', async () => {
  const { ending, closing, notes, over } = noted();
  ending.opened(closing('engine'));
  ending.ask();
  await sleep(20);
  expect(notes).toEqual([]); // the start may be at the engine right now
  expect(() => ending.opened(closing('api'))).toThrow('asked for');
  ending.settled();
  expect(await over()).toEqual(['api', 'engine', 0]);
});

test('a start that does not notice is not waited for long', async () => {
  const { ending, closing, over } = noted(10);
  ending.opened(closing('engine'));
  ending.ask();
  expect(await over()).toEqual(['engine', 0]);
});

test('asked twice it ends at once, with 130', async () => {
  const { ending, closing, notes } = noted();
  ending.opened(closing('engine'));
  ending.ask();
  ending.ask();
  expect(notes).toEqual([130]);
  ending.settled();
});

test('what cannot be closed keeps nothing else open', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { ending, closing, over } = noted();
  ending.opened(closing('engine'));
  ending.opened(() => Promise.reject(new Error('in vain')));
  ending.settled();
  ending.ask();
  expect(await over()).toEqual(['engine', 0]);
  expect(said).toHaveBeenCalledTimes(1);
  said.mockRestore();
});
