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

/** Takes steps of so many milliseconds, each of which is noted. */
const steps = (turns: Turns, count: number, step: () => void) =>
  turns.map(Array.from({ length: count }), () => step());

test('what nobody waits for takes a step only while no question does', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now, 2);
  const order: string[] = [];
  const taken = (name: string) => () => {
    clock.pass(1);
    order.push(name);
  };
  const behind = turns.behind(() => steps(turns, 30, taken('behind')));
  await new Promise((resolve) => setImmediate(resolve));
  const before = order.length;
  expect(before).toBeLessThan(30);
  await Promise.all([steps(turns, 20, taken('asked')), steps(turns, 20, taken('asked'))]);
  expect(order.slice(before)).toEqual(Array(40).fill('asked'));
  await behind;
  expect(order.filter((one) => one === 'behind')).toHaveLength(30);
});

test('it takes less of a turn, so that who comes waits less', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now, 2);
  const loopsOf = (run: () => Promise<unknown>) => loopsDuring(run);
  expect(await loopsOf(() => steps(turns, 80, () => clock.pass(1)))).toBeLessThan(20);
  expect(
    await loopsOf(() => turns.behind(() => steps(turns, 80, () => clock.pass(1)))),
  ).toBeGreaterThanOrEqual(39);
});

test('however much is asked, it goes on now and then', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now, 2);
  let asking = true;
  const asked = (async () => {
    while (asking) await steps(turns, 10, () => clock.pass(5));
  })();
  await turns.behind(() => steps(turns, 5, () => clock.pass(1)));
  asking = false;
  await asked;
});

test('all that it calls stands behind, also after it waited, and who asks at the same time does not', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now, 2);
  const order: string[] = [];
  const told = new Promise((resolve) => setTimeout(resolve, 1));
  const whenTold = async (name: string) => {
    await told;
    await steps(turns, 3, () => {
      clock.pass(10);
      order.push(name);
    });
  };
  await Promise.all([turns.behind(() => Promise.all([whenTold('behind')])), whenTold('asked')]);
  expect(order).toEqual(['asked', 'asked', 'asked', 'behind', 'behind', 'behind']);
});

test('once somebody waits for it, it takes its turns as a question does; what else stands behind does not', async () => {
  const clock = madeClock();
  const turns = new Turns(8, clock.now, 2);
  const order: string[] = [];
  const taken = (name: string) => () => {
    clock.pass(0.01); // less than patience, whatever is done here
    order.push(name);
  };
  const standings: ReturnType<() => typeof turns.standing>[] = [];
  const behind = (name: string) =>
    turns.behind(() => {
      standings.push(turns.standing);
      return steps(turns, 20, taken(name));
    });
  const all = [behind('waited for'), behind('other')];
  expect(standings.every((one) => one?.isWaitedFor === false)).toBe(true);
  // What stands behind itself hurries nothing.
  await turns.behind(async () => turns.waitFor(standings[0]));
  expect(standings[0]?.isWaitedFor).toBe(false);
  const asked = steps(turns, 2_000, taken('asked'));
  turns.waitFor(standings[0]);
  await Promise.all([all[0], asked]);
  const last = (name: string) => order.lastIndexOf(name);
  expect(last('waited for')).toBeLessThan(last('asked'));
  expect(order.filter((one) => one === 'other').length).toBeLessThan(20);
  await Promise.all(all);
});

test('of questions that come at once each goes as far as it can before the next one begins', async () => {
  const turns = new Turns(8, madeClock().now);
  const steps: string[] = [];
  const ask = async (who: string, begin: () => Promise<void>) => {
    await begin();
    for (const step of [1, 2, 3]) {
      steps.push(`${who}${step}`);
      await Promise.resolve();
    }
  };
  const all = (begin: () => Promise<void>) => Promise.all(['a', 'b', 'c'].map((who) => ask(who, begin)));
  await all(() => turns.begin());
  expect(steps.join(' ')).toBe('a1 a2 a3 b1 b2 b3 c1 c2 c3');
  // By their turn alone they go in step.
  steps.length = 0;
  await all(() => turns.next());
  expect(steps.join(' ')).toBe('a1 b1 c1 a2 b2 c2 a3 b3 c3');
});
