import { liesIn, NOBODY, scopeOf, scopeOfLoads, seesBelt, SYSTEM, systemScope, viewerOf } from './viewer.ts';

test('a scope is the viewer’s, of one source', () => {
  expect(scopeOf({ sources: 'all', belts: ['a'] }, 'demo')).toEqual({ source: 'demo', belts: ['a'] });
  expect(scopeOf(SYSTEM, 'demo')).toEqual(systemScope('demo'));
  expect(scopeOf(viewerOf({}), 'demo')).toEqual({ source: 'demo', belts: [] });
});

test('of a source that is not theirs nobody sees a belt', () => {
  const sight = { sources: ['demo'], belts: 'everything' } as const;
  expect([scopeOf(sight, 'demo').belts, scopeOf(sight, 'other').belts]).toEqual(['everything', []]);
  expect(scopeOf(NOBODY, 'demo').belts).toEqual([]);
});

test('a list of belts shows these, and an empty one nothing', () => {
  expect(['a', 'b', ''].map((belt) => seesBelt({ belts: ['a'] }, belt))).toEqual([true, false, false]);
  expect(seesBelt({ belts: [] }, 'a')).toBe(false);
  expect(seesBelt({ belts: 'everything' }, '')).toBe(true);
});

test('a code lies in a region of which it begins with the digits; what has none lies nowhere', () => {
  const seen = ['330782', '3307', '33', '3', '44', ''].map((region) => liesIn([region], '330782'));
  expect(seen).toEqual([true, true, true, true, false, false]);
  expect(liesIn(['33'], '')).toBe(false);
});

test('loads are seen of all of one’s sources, and of no other', () => {
  const seen = ['demo', 'other'].map((source) => scopeOfLoads({ sources: ['demo'] }, source).belts);
  expect(seen).toEqual(['everything', []]);
});
