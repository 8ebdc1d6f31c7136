import { Turns } from './turns.ts';

/** A clock that stands still but for what a test lets pass. */
function madeClock() {
  let time = 0;
  return { now: () => time, pass: (ms: number) => void (time += ms) };
}

/** Turns of the event loop while something runs. */
async function loopsDuring(run: () => Promise<unknown>): Promise<number> {
  let [loops, done] = [0, false];
  const count = () => {
    loops += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await run();
  done = true;
  return loops;
}

test('steps share a turn of the loop until its slice is used up, whoever asks', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now);
  const loops = await loopsDuring(() =>
    Promise.all(Array.from({ length: 32 }, () => turns.map(Array.from({ length: 10 }), () => clock.pass(2)))),
  );
  // 320 steps of 2 ms in slices of 8 ms: four a turn, so that 80 turns went by; a free run would have taken one or two.
  expect(loops).toBeGreaterThanOrEqual(78);
});

test('a long step is followed by others than the questions that wait', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now);
  const order: string[] = [];
  let done = false;
  const ping = () => {
    order.push('ping');
    if (!done) setImmediate(ping);
  };
  setImmediate(ping);
  await turns.map([1, 2, 3, 4], (step) => {
    clock.pass(40);
    order.push(`step ${step}`);
  });
  done = true;
  for (const step of [2, 3]) {
    const between = order.slice(order.indexOf(`step ${step}`), order.indexOf(`step ${step + 1}`));
    expect(between).toContain('ping');
  }
});

test('who waits goes on in the order of asking, and nobody is left out', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now);
  const order: number[] = [];
  await Promise.all(
    [0, 1, 2, 3].map(async (question) => {
      for (let step = 0; step < 3; step++) {
        await turns.next();
        clock.pass(10);
        order.push(question);
      }
    }),
  );
  expect(order.slice(0, 4).toSorted()).toEqual([0, 1, 2, 3]);
  expect([0, 1, 2, 3].map((question) => order.filter((one) => one === question).length)).toEqual([
    3, 3, 3, 3,
  ]);
});

test('steps come to their result, and a fault in a step reaches who waits for it', async () => {
  const turns = new Turns(8);
  function* sum(): Generator<void, number> {
    yield;
    yield;
    return 42;
  }
  expect(await turns.finish(sum())).toBe(42);
  const wrong = (function* (): Generator<void, number> {
    yield;
    throw new RangeError('no logarithm');
  })();
  await expect(turns.finish(wrong)).rejects.toThrow('no logarithm');
  await expect(turns.map([1], () => JSON.parse('{'))).rejects.toThrow(SyntaxError);
});

test('what nobody waits for begins when no step is taken any more', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now);
  const order: string[] = [];
  const asked = turns.map(Array.from({ length: 10 }), () => clock.pass(5)).then(() => order.push('asked'));
  await turns.idle().then(() => order.push('idle'));
  await asked;
  await turns.idle();
  expect(order).toEqual(['asked', 'idle']);
});
