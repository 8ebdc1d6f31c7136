import { scopeOf, seesBelt, systemScope, viewerOf } from './viewer.ts';

test('a scope is the viewer’s, of one source', () => {
  expect(scopeOf({ belts: ['a'] }, 'demo')).toEqual({ source: 'demo', belts: ['a'] });
  expect(scopeOf(viewerOf({}), 'demo')).toEqual(systemScope('demo'));
});

test('a list of belts shows these, and an empty one nothing', () => {
  expect(['a', 'b', ''].map((belt) => seesBelt({ belts: ['a'] }, belt))).toEqual([true, false, false]);
  expect(seesBelt({ belts: [] }, 'a')).toBe(false);
  expect(seesBelt({ belts: 'everything' }, '')).toBe(true);
});
