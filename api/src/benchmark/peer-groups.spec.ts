import fc from 'fast-check';
import { type DisclosureRules, rulesAmongMembers } from '../disclosure/rules.ts';
import {
  canStand,
  type PeerGroup,
  peerGroups,
  type PeerOwner,
  type PeerPlace,
  SIZES,
} from './peer-groups.ts';

const RULES: DisclosureRules = rulesAmongMembers({ owners: 5, peers: 10, percent: 15, pooled: 1 });

const PLACES: readonly PeerPlace[] = [
  { beltId: 'a', category: 'lamps', province: 'P', city: 'p' },
  { beltId: 'b', category: 'lamps', province: 'P', city: 'p' },
  { beltId: 'c', category: 'lamps', province: 'P', city: 'q' },
  { beltId: 'd', category: 'lamps', province: 'Q', city: 'r' },
  { beltId: 'e', category: 'lamps', province: '', city: '' },
  { beltId: 'f', category: 'socks', province: 'P', city: 'p' },
  { beltId: 'g', category: '', province: 'P', city: 'p' },
];
let made = 0;
const some = (count: number, belt: string, size: PeerOwner['size'] = 'small', amount = 100): PeerOwner[] =>
  Array.from({ length: count }, () => ({ owner: `o${made++}`, belt, size, amounts: [amount, 5] }));
const groupOf = (groups: readonly PeerGroup[], { owner }: PeerOwner) =>
  groups.find(({ owners }) => owners.some((one) => one.owner === owner));
const first = (owners: readonly PeerOwner[]) => owners[0] as PeerOwner;

test('eleven of one size in one belt are a group: ten others for each', () => {
  const eleven = some(11, 'a');
  expect(peerGroups(eleven, PLACES, RULES)).toMatchObject([
    { level: 'belt', belts: ['a'], sizes: ['small'] },
  ]);
  expect(peerGroups(eleven.slice(1), PLACES, RULES)).toEqual([]);
});

test('a size of too few joins the neighbour of fewer owners', () => {
  const [micro, small, medium] = [some(30, 'a', 'micro'), some(4, 'a', 'small'), some(15, 'a', 'medium')];
  const groups = peerGroups([...micro, ...small, ...medium], PLACES, RULES);
  expect(groupOf(groups, first(small))).toMatchObject({ sizes: ['small', 'medium'], level: 'belt' });
  expect(groupOf(groups, first(micro))).toMatchObject({ sizes: ['micro'], level: 'belt' });
});

test.each([
  ['city', 'b', { b: 6 }, ['a', 'b']],
  ['province', 'c', { c: 6 }, ['a', 'c']],
  ['nation', 'd', { d: 6 }, ['a', 'd']],
] as const)('belts of too few are taken together in one %s', (level, belt, counts, belts) => {
  const few = some(6, 'a');
  const others = Object.entries(counts).flatMap(([id, count]) => some(count, id));
  const groups = peerGroups([...few, ...others], PLACES, RULES);
  expect(groups).toMatchObject([{ level, belts }]);
  expect(groupOf(groups, first(others.filter((one) => one.belt === belt)))).toBe(groups[0]);
});

test('too few for themselves draw in the fewest who could stand, and nobody else', () => {
  const [few, large, larger] = [some(3, 'c'), some(40, 'a'), some(60, 'b')];
  const groups = peerGroups([...few, ...large, ...larger], PLACES, RULES);
  expect(groupOf(groups, first(few))).toMatchObject({ level: 'province', belts: ['a', 'c'] });
  expect(groupOf(groups, first(large))).toBe(groupOf(groups, first(few)));
  expect(groupOf(groups, first(larger))).toMatchObject({ level: 'belt', belts: ['b'] });
});

test('one giant makes a group wider, or there is none', () => {
  const giant = some(1, 'a', 'small', 1_000_000);
  const ten = some(10, 'a');
  expect(peerGroups([...giant, ...ten], PLACES, RULES)).toEqual([]);
  const rivals = some(12, 'b', 'small', 400_000);
  const groups = peerGroups([...giant, ...ten, ...rivals], PLACES, RULES);
  expect(groupOf(groups, first(giant))).toMatchObject({ level: 'city', belts: ['a', 'b'] });
});

test('goods and places that are not known pool nobody', () => {
  expect(peerGroups([...some(6, 'g'), ...some(6, 'f')], PLACES, RULES)).toEqual([]);
  // A place that is not known is in the nation all the same.
  expect(peerGroups([...some(6, 'e'), ...some(6, 'd')], PLACES, RULES)).toMatchObject([{ level: 'nation' }]);
  expect(peerGroups(some(20, 'elsewhere'), PLACES, RULES)).toEqual([]);
});

const owners = fc
  .array(
    fc.record({
      belt: fc.constantFrom(...PLACES.map(({ beltId }) => beltId), ''),
      size: fc.constantFrom(...SIZES),
      amounts: fc.tuple(
        fc.oneof({ weight: 9, arbitrary: fc.nat(1_000) }, { weight: 1, arbitrary: fc.nat(1_000_000) }),
        fc.nat(50),
      ),
    }),
    { maxLength: 140 },
  )
  .map((all): PeerOwner[] => all.map((one, at) => ({ owner: `o${String(at).padStart(3, '0')}`, ...one })));
const rules = fc
  .record({ peers: fc.integer({ min: 3, max: 12 }), percent: fc.integer({ min: 1, max: 50 }) })
  .map((set) => ({ ...RULES, ...set }));

test('whoever sold what: nobody is in two groups, each group can stand, and is the same for each member', () => {
  fc.assert(
    fc.property(owners, rules, (all, set) => {
      const groups = peerGroups(all, PLACES, set);
      const members = groups.flatMap((group) => group.owners.map(({ owner }) => owner));
      expect(new Set(members).size).toBe(members.length);
      for (const group of groups) {
        expect(canStand(group.owners, set)).toBe(true);
        expect(new Set(group.owners.map(({ owner }) => owner)).size).toBeGreaterThan(set.peers);
        // Whoever is like a member is a member.
        const alike = all.filter(
          ({ belt, size }) => group.belts.includes(belt) && group.sizes.includes(size),
        );
        expect(group.owners).toEqual(alike);
      }
      // In whatever order they come.
      expect(peerGroups([...all].reverse(), [...PLACES].reverse(), set)).toEqual(
        expect.arrayContaining(groups),
      );
    }),
    { numRuns: 200 },
  );
});

test('whoever sold what: a group is widened step by step, and only where it must be', () => {
  fc.assert(
    fc.property(owners, rules, (all, set) => {
      const groups = peerGroups(all, PLACES, set);
      for (const { level, belts, sizes, owners: own } of groups) {
        const places = PLACES.filter(({ beltId }) => belts.includes(beltId));
        expect(new Set(places.map(({ category }) => category)).size).toBe(1);
        const place = { belt: 'beltId', city: 'city', province: 'province', nation: 'category' } as const;
        expect(new Set(places.map((one) => one[place[level]])).size).toBe(1);
        // Sizes are neighbours, leaving out those that nobody has.
        const there = SIZES.filter((size) =>
          all.some((one) => belts.includes(one.belt) && one.size === size),
        );
        const from = there.indexOf(sizes[0] ?? '');
        expect(sizes).toEqual(there.slice(from, from + sizes.length));
        if (sizes.length > 1)
          expect(
            sizes.some(
              (size) =>
                !canStand(
                  own.filter((one) => one.size === size),
                  set,
                ),
            ),
          ).toBe(true);
        if (level !== 'belt')
          expect(
            belts.some(
              (belt) =>
                !canStand(
                  all.filter((one) => one.belt === belt),
                  set,
                ),
            ),
          ).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('whoever is in no group could not be shown nationwide either, with all who have the same goods', () => {
  fc.assert(
    fc.property(owners, rules, (all, set) => {
      const inOne = new Set(
        peerGroups(all, PLACES, set).flatMap((group) => group.owners.map(({ owner }) => owner)),
      );
      for (const goods of ['lamps', 'socks']) {
        const belts = PLACES.filter(({ category }) => category === goods).map(({ beltId }) => beltId);
        const alike = all.filter(({ belt }) => belts.includes(belt));
        if (alike.some(({ owner }) => !inOne.has(owner))) expect(canStand(alike, set)).toBe(false);
      }
    }),
    { numRuns: 200 },
  );
});
