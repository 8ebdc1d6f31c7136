import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { vi } from 'vitest';
import type { RecoveryState } from '@beltline/contract';
import type { AreaMonths, ToStates } from './state-messages.ts';
import { StateThread } from './state-thread.ts';

/** A thread that is told what to do. */
class TalkedThrough extends EventEmitter {
  readonly told: ToStates[] = [];
  isTerminated = false;

  postMessage(message: ToStates): void {
    this.told.push(message);
  }

  unref(): void {}

  async terminate(): Promise<number> {
    this.isTerminated = true;
    this.emit('exit', 1);
    return 1;
  }

  answer(place: number, state: string): void {
    this.emit('message', { number: this.told[place]?.number, states: [{ state }] });
  }
}

class Threads extends StateThread {
  readonly begunOnes: TalkedThrough[] = [];

  protected override start(): Worker {
    const thread = new TalkedThrough();
    this.begunOnes.push(thread);
    return thread as unknown as Worker;
  }
}

const AREA = { months: [], deadBand: 0.02 } as unknown as AreaMonths;
const namesOf = async (states: Promise<RecoveryState[]>) => (await states).map(({ state }) => state);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('each gets the states of the area that it asked for, of one thread', async () => {
  const threads = new Threads();
  threads.begin();
  const asked = [threads.states(AREA), threads.states(AREA)] as const;
  threads.begunOnes[0]?.answer(1, 'flat');
  threads.begunOnes[0]?.answer(0, 'recovered');
  expect(await Promise.all(asked.map(namesOf))).toEqual([['recovered'], ['flat']]);
  expect(threads.begunOnes).toHaveLength(1);
});

test.each([
  ['fails', (thread: TalkedThrough) => thread.emit('error', new Error('out of memory')), 'out of memory'],
  ['ends', (thread: TalkedThrough) => thread.emit('exit', 1), 'ended before it was done'],
])('where the thread %s all who wait are told, and the next one begins another', async (_, end, message) => {
  const threads = new Threads();
  const asked = [threads.states(AREA), threads.states(AREA)];
  for (const one of asked) one.catch(() => undefined);
  end(threads.begunOnes[0] as TalkedThrough);
  for (const one of asked) await expect(one).rejects.toThrow(message);
  const again = threads.states(AREA);
  expect(threads.begunOnes).toHaveLength(2);
  threads.begunOnes[1]?.answer(0, 'flat');
  expect(await namesOf(again)).toEqual(['flat']);
});

test('it ends some time after the last answer, and not while somebody waits', async () => {
  const threads = new Threads();
  const first = threads.states(AREA);
  threads.begunOnes[0]?.answer(0, 'flat');
  await first;
  vi.advanceTimersByTime(9_000);
  const second = threads.states(AREA);
  vi.advanceTimersByTime(60_000);
  expect(threads.begunOnes[0]?.isTerminated).toBe(false);
  threads.begunOnes[0]?.answer(1, 'flat');
  await second;
  vi.advanceTimersByTime(11_000);
  expect(threads.begunOnes[0]?.isTerminated).toBe(true);
  void threads.states(AREA).catch(() => undefined);
  expect(threads.begunOnes).toHaveLength(2);
});

test('one that nobody asked in the end is not kept either', () => {
  const threads = new Threads();
  threads.begin();
  threads.begin();
  vi.advanceTimersByTime(11_000);
  expect(threads.begunOnes.map(({ isTerminated }) => isTerminated)).toEqual([true]);
});

test('the end of the program ends it, and says so to who waits', async () => {
  const threads = new Threads();
  const asked = threads.states(AREA);
  asked.catch(() => undefined);
  await threads.onModuleDestroy();
  await expect(asked).rejects.toThrow('The program ends');
  expect(threads.begunOnes[0]?.isTerminated).toBe(true);
});
