import { AnswerMemory } from './answer-memory.ts';

it('forgets the answer that was kept longest ago', () => {
  const memory = new AnswerMemory(2);
  memory.keep('/a', 1);
  memory.keep('/b', 2);
  memory.keep('/a', 3);
  memory.keep('/c', 4);
  expect([memory.recall('/a'), memory.recall('/b'), memory.recall('/c')]).toEqual([3, null, 4]);
});
