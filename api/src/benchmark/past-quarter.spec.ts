/** A quarter that was kept and read again tells what it told before. */
import { deserialize, serialize } from 'node:v8';
import { BENCHMARK_MEASURES } from '@beltline/contract';
import fc from 'fast-check';
import { rulesAmongMembers } from '../disclosure/rules.ts';
import { NO_FACTS, type OwnerFacts } from './owner-facts.ts';
import { type PackedQuarter, PastQuarter } from './past-quarter.ts';
import type { BeltAbout, PeerRow } from './peer-quarter.ts';

const RULES = rulesAmongMembers({ owners: 5, peers: 10, percent: 15, pooled: 1 });
const belt = (beltId: string, province: string): BeltAbout => ({
  ...{ beltId, category: beltId, province, city: province },
  ...{ name: { zh: beltId, en: beltId }, goods: { zh: beltId, en: beltId } },
});
const BELTS = [belt('a', 'P'), belt('b', 'Q')];
const row = (owner: string, belt_id: string, gmv: number): PeerRow => ({
  ...{ owner, belt_id, size: 'small', gmv, orders: 10, pieces: 10, refund: 0, shops: 1 },
  ...{ gmv_before: 0, orders_before: 0, pieces_before: 0, of_tracks: [], of_tracks_before: [] },
});
/** Some have SKUs, whatever they sold; who sold nothing has none that are told. */
const factsOf = (owner: string): OwnerFacts =>
  owner.endsWith('3')
    ? NO_FACTS
    : { ...NO_FACTS, items: { value: 1, newValue: 0, skus: owner.length + 7, hits: 0, prices: null } };

test('all that it tells of owners and of their groups', async () => {
  let [told, withheld] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 3 }),
      async (many, few) => {
        const rows = [
          ...many.map((gmv, at) => row(`o${at}`, 'a', gmv)),
          ...few.map((gmv, at) => row(`p${at}`, 'b', gmv)),
        ];
        const past = await PastQuarter.of(rows, BELTS, factsOf, false, { rules: RULES, minBase: 1 });
        const again = PastQuarter.from(deserialize(serialize(past.packed())) as PackedQuarter);
        const owners = [...rows.map(({ owner }) => owner), 'nobody'];
        for (const measure of BENCHMARK_MEASURES) {
          for (const owner of owners) {
            expect(again.value(owner, measure)).toEqual(past.value(owner, measure));
            expect(again.median(owner, measure, () => true)).toEqual(past.median(owner, measure, () => true));
          }
          const all = owners.map((owner) => ({ owner, value: 1 }));
          const means = past.meansAbout(measure, all);
          expect(again.meansAbout(measure, all)).toEqual(means);
          if (means.length > 0) told++;
          else withheld++;
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(Math.min(told, withheld)).toBeGreaterThan(20);
});
