import { benchmarkQuestion } from './benchmark.ts';
import { newUser } from './users.ts';

const isGiven = (owner: string) =>
  newUser.safeParse({ name: 'Wei', roles: ['merchant'], sources: [], regions: [], owners: [owner] }).success;

test('whoever a load takes for an owner can be given to a merchant, and asked for', () => {
  for (const owner of [
    'L000001',
    'Ningbo Lamp Co., Ltd.',
    '义'.repeat(66),
    'x'.repeat(200),
    'A;1',
    'a:b',
    '1 2',
  ]) {
    expect([owner, isGiven(`mine:${owner}`)]).toEqual([owner, true]);
    expect([owner, benchmarkQuestion.safeParse({ owner }).success]).toEqual([owner, true]);
  }
});

test('what is no owner of a source is refused', () => {
  for (const owner of [
    'L000001',
    'mine:',
    'mine: ',
    'Mine:a',
    'mine:a\nb',
    'mine:a\u0000',
    'mine:a\u2028b',
    'mine:\u200b',
  ])
    expect([owner, isGiven(owner)]).toEqual([owner, false]);
  for (const long of ['x'.repeat(201), '义'.repeat(67)]) expect(isGiven(`mine:${long}`)).toBe(false);
});
