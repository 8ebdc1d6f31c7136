import { answerOf, difference, median } from '../bench/peers/answers.ts';

/** A benchmark's times are worth nothing where the answers differ, so what finds that must find it. */
describe('answers of two engines to one question', () => {
  const kinds = ['count', 'money', 'ratio'] as const;
  const ours = answerOf([
    ['B001', 10, 1234.56, 0.25],
    ['B002', 3, 7, null],
  ]);

  it('are the same in another order, as text, and with doubles that were rounded another way', () => {
    const theirs = answerOf([
      ['B002', '3', '7.00', null],
      ['B001', '10', '1234.56', 0.1 + 0.15 + 1e-12],
    ]);
    expect(difference(kinds, ours, theirs)).toBeNull();
  });

  it.each([
    ['a count by one', ['B001', 11, 1234.56, 0.25], 'B001, column 1: 10 and 11'],
    ['money by a cent', ['B001', 10, 1234.57, 0.25], 'B001, column 2: 1234.56 and 1234.57'],
    ['a ratio', ['B001', 10, 1234.56, 0.2500001], 'B001, column 3: 0.25 and 0.2500001'],
    ['what is not known', ['B001', 10, 1234.56, null], 'B001, column 3: 0.25 and null'],
    ['a column too few', ['B001', 10, 1234.56], 'B001, column 3: 0.25 and undefined'],
    ['what is no number', ['B001', 'ten', 1234.56, 0.25], 'B001, column 1: 10 and NaN'],
  ])('differ in %s', (_, row, words) => {
    expect(difference(kinds, ours, answerOf([row, ['B002', 3, 7, null]]))).toBe(words);
  });

  it('differ where one has a row more, unless it says nothing', () => {
    const with3 = (count: number) =>
      answerOf([
        ['B001', 10, 1234.56, 0.25],
        ['B002', 3, 7, null],
        ['B003', count, 0, null],
      ]);
    expect(difference(kinds, ours, with3(1))).toBe('only one of them has B003');
    expect(difference(kinds, with3(1), ours)).toBe('only one of them has B003');
    expect(difference(kinds, ours, with3(0))).toBeNull();
  });

  it('are not the same because there are none', () => {
    expect(difference(kinds, new Map(), new Map())).toBe('there is nothing to compare');
  });
});

describe('the median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(() => median([])).toThrow(RangeError);
  });
});
