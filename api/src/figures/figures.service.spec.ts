import type { Compared } from './compared.ts';
import { amountsOfTrack, type CombinationAmounts } from './figures.service.ts';

const seenBy = (belts: 'everything' | readonly string[], distinct: Compared['distinct'] = 'months') =>
  ({ vintage: { scope: { source: 'demo', belts } }, distinct }) as Compared;
const amount = (value: number) => ({ value, baseline: value });
const PARTS: CombinationAmounts[] = [
  { combination: 64, amounts: { gmv: amount(1) } },
  { combination: 5, amounts: { gmv: amount(10) } },
  { combination: 4, amounts: { gmv: amount(100) } },
  { combination: 4, amounts: { merchants: amount(7) } },
];

test('a track is the sum of the combinations in it', () => {
  expect(amountsOfTrack(PARTS, 'custom', null, seenBy('everything'))).toMatchObject({
    gmv: amount(110),
    merchants: amount(7),
    orders: amount(0),
  });
  expect(amountsOfTrack(PARTS, 'wholesale', null, seenBy('everything')).gmv).toEqual(amount(1));
});

test('who may see some belts is told nothing of the nation, rather than a part of it', () => {
  const unknown = { value: null, baseline: null };
  expect(amountsOfTrack(PARTS, 'all', null, seenBy(['a', 'b']))).toMatchObject({
    gmv: unknown,
    orders: unknown,
  });
  expect(amountsOfTrack([], 'all', null, seenBy([])).gmv).toEqual(unknown);
  expect(amountsOfTrack(PARTS, 'all', 'a', seenBy(['a', 'b'])).gmv).toEqual(amount(111));
});

test('merchants and buyers of a part month are not known, sums are', () => {
  const { merchants, buyers, gmv } = amountsOfTrack(PARTS, 'all', null, seenBy('everything', 'unknown'));
  expect([merchants, buyers, gmv.value]).toEqual([
    { value: null, baseline: null },
    { value: null, baseline: null },
    111,
  ]);
});
