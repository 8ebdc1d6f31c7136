import { isInternal } from './is-internal.ts';

it.each([
  ['belt', 'read-figures', true],
  ['a page of figures that comes tomorrow', 'read-figures', true],
  ['data', 'read-catalogue', true],
  ['definitions', 'read-catalogue', false],
  ['region', 'read-releases', false],
  ['standing', 'read-benchmark', false],
  ['account', undefined, false],
] as const)('%s, which needs %s', (name, needs, expected) => {
  expect(isInternal({ name, meta: needs === undefined ? {} : { needs } })).toBe(expected);
});
