import fc from 'fast-check';
import { globMatcher } from './glob.ts';

const fits = (glob: string, name: string): boolean => globMatcher(glob)(name);

it.each([
  ['orders-*.csv', 'orders-2025-01.csv', true],
  ['orders-*.csv', 'orders-.csv', true],
  ['orders-*.csv', 'orders-1.csv.gz', false],
  ['orders-????.csv', 'orders-2025.csv', true],
  ['orders-????.csv', 'orders-202.csv', false],
  ['orders.{csv,csv.gz}', 'orders.csv.gz', true],
  ['orders.{csv,csv.gz}', 'orders.csv.', false],
  ['{a*,b?}c', 'axxc', true],
  ['{a*,b?}c', 'bxxc', false],
  ['订单_*.csv', '订单_202403.csv', true],
  ['?.csv', '😀.csv', true],
  ['a.c', 'abc', false],
  ['[a]+(b)$.csv', '[a]+(b)$.csv', true],
  ['{', '{', true],
  ['a\n*', 'a\nb', true],
])('%j and %j: %s', (glob, name, expected) => {
  expect(fits(glob, name)).toBe(expected);
});

it('says the same as a regular expression', () => {
  const part = fc.constantFrom('a', 'b', '*', '?', '{a,b}', '{ab,*}', '.');
  const glob = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
  const name = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 7 }).map((letters) => letters.join(''));
  const written = (text: string) => text.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
  fc.assert(
    fc.property(glob, name, (one, other) => {
      const asRegExp = written(one).replaceAll(
        /\{([^}]*)\}/g,
        (_, inside: string) => `(?:${inside.replaceAll(',', '|')})`,
      );
      // `?` of a glob is `.` by now, and a star of braces `.*`.
      expect(fits(one, other)).toBe(new RegExp(`^${asRegExp}$`).test(other));
    }),
    { numRuns: 2_000 },
  );
});

it('takes no longer for many stars: a step for each character and each of them', () => {
  const stars = `${'*a'.repeat(100)}b`;
  // A regular expression tries every way to share out the letters, which does not end.
  expect(fits(stars, 'a'.repeat(255))).toBe(false);
  expect(fits(stars, `${'a'.repeat(254)}b`)).toBe(true);
});
