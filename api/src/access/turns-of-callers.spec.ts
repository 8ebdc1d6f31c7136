/** Turns of callers: so many of one at once, the others served meanwhile, and nothing held by whoever has gone. */
import { setImmediate as tick } from 'node:timers/promises';
import { TurnsOfCallers } from './turns-of-callers.ts';

/** Requests as they come in: who has their turn, and what ends them. */
function door(atOnce: number) {
  const turns = new TurnsOfCallers(atOnce);
  const begun: string[] = [];
  const ask = (key: string, name: string) => {
    let end: () => void = () => undefined;
    const taken = turns.take(key, (ended) => (end = ended));
    void taken.then((isTurn) => begun.push(isTurn ? name : `${name} refused`));
    return { end: () => end() };
  };
  return { turns, begun, ask };
}

test('further ones of the same caller wait in their order, and another caller does not', async () => {
  const { begun, ask } = door(2);
  const [first] = ['a1', 'a2', 'a3', 'a4'].map((name) => ask('a', name));
  ask('b', 'b1');
  await tick();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  first?.end();
  await tick();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
});

test('who hangs up while they wait gives their place up, and takes no turn', async () => {
  const { turns, begun, ask } = door(1);
  const [first, second, third] = ['a1', 'a2', 'a3'].map((name) => ask('a', name));
  await tick();
  second?.end();
  first?.end();
  await tick();
  expect(begun).toEqual(['a1', 'a3']);
  third?.end();
  expect(turns.size).toBe(0);
});

test('from so many waiting on they are refused, without an end there is none', async () => {
  const { begun, ask } = door(2);
  for (let count = 0; count < 44; count++) ask('a', `a${count}`);
  await tick();
  expect([...begun].sort()).toEqual(['a0', 'a1', 'a42 refused', 'a43 refused']);
  const open = door(0);
  for (let count = 0; count < 500; count++) open.ask('a', `a${count}`);
  await tick();
  expect(open.begun).toHaveLength(500);
});
