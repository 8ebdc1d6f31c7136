import fc from 'fast-check';
import { BENCHMARK_MEASURES } from '@beltline/contract';
import { type DisclosureRules, rulesAmongMembers } from '../disclosure/rules.ts';
import { NO_FACTS } from './owner-facts.ts';
import { measureOf, NOTHING_SOLD, type QuarterSums, toldAs } from './peer-measures.ts';
import { countBand, type Member, standingsOf } from './peer-standing.ts';

const RULES: DisclosureRules = rulesAmongMembers({ owners: 5, peers: 10, percent: 15, pooled: 1 });
const sold = (gmv: number, more: Partial<QuarterSums> = {}): QuarterSums => ({
  ...NOTHING_SOLD,
  ...{ gmv, orders: 10, pieces: 40 },
  ...more,
});
const member = (at: number, now: QuarterSums, before: QuarterSums | null = null): Member => ({
  owner: `o${String(at).padStart(3, '0')}`,
  quarter: { now, before, facts: NO_FACTS },
});
const many = (count: number, of: (at: number) => Member): Member[] =>
  Array.from({ length: count }, (_, at) => of(at));
const placesOf = (members: readonly Member[]) =>
  standingsOf(members, RULES).gmv.bands.map((band) => band?.place);

test('measures are those of sums', () => {
  const quarter = {
    now: sold(12_000, { refund: 600, ofTracks: [3_000, 0, 6_000, 0, 0], ofProgramme: 9_000 }),
    before: sold(10_000),
    facts: {
      ...NO_FACTS,
      level: { level: 87.5, now: 1, season: 1, about: 1, base: 1, fewestOrders: 200 },
      position: { all: 12_000, matched: 6_000, items: 4, log: Math.log(1.05), error: null, effective: 1.5 },
      sameStore: { now: 9_000, before: 10_000 },
      aligned: { now: 11_000, before: 10_000 },
      items: {
        ...{ value: 12_000, newValue: 3_000, skus: 5, hits: 1 },
        prices: {
          items: 4,
          ...{ matched: { now: 6_000, before: 4_000 }, all: { now: 12_000, before: 10_000 } },
          tornqvist: { now: 6_000 * Math.log(1.1), before: 4_000 * Math.log(1.1) },
        },
      },
      buyers: {
        ...{ gmv: 12_000, buyers: 8, repeatBuyers: 2, topGmv: 9_000, channels: 3, countries: 2 },
        ...{ due: 20, onTime: 19, dispatched: 25 },
      },
    },
  };
  expect(BENCHMARK_MEASURES.map((measure) => measureOf(measure, quarter))).toEqual([
    ...[120, 1.2, 1.1, 0.9, 87.5, 10, 40],
    ...[8, 0.25, 0.75, 12, 4],
    ...[5, 0.25, 1, expect.closeTo(1.1, 12), expect.closeTo(1.05, 12)],
    ...[0.75, 0.25, 0, 0.5, 0, 0, 3, 2],
    ...[0.95, 0.05],
  ]);
  const few = { ...quarter.facts.items.prices, items: 2 };
  const small = { ...quarter.facts.items.prices, all: { now: 12_000, before: 40_000 } };
  for (const prices of [few, small, null]) {
    const items = { ...quarter.facts.items, prices };
    expect(measureOf('price-trend', { ...quarter, facts: { ...quarter.facts, items } })).toBeNull();
  }
  for (const few of [{ items: 2 }, { matched: 2_000 }]) {
    const position = { ...quarter.facts.position, ...few };
    expect(measureOf('price-position', { ...quarter, facts: { ...quarter.facts, position } })).toBeNull();
  }
  const untold = { ...quarter.facts.buyers, dispatched: 0, onTime: 0 };
  expect(measureOf('on-time', { ...quarter, facts: { ...quarter.facts, buyers: untold } })).toBeNull();
  expect(toldAs('growth', 1.2)).toBe(0.2);
  const nothing = { now: sold(0, { orders: 0 }), before: null, facts: NO_FACTS };
  expect(measureOf('order-value', nothing)).toBeNull();
  expect(measureOf('growth', nothing)).toBeNull();
});

test('bands are quarters of few and fifths of more, of as many owners each', () => {
  const of = (count: number) => placesOf(many(count, (at) => member(at, sold(1_000 + 10 * at))));
  expect(of(12)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
  expect(of(25)).toEqual([1, 2, 3, 4, 5].flatMap((place) => [place, place, place, place, place]));
});

test('who is alike stands in the same band, in the middle of what they share', () => {
  const members = many(40, (at) => member(at, sold(at < 32 ? 1_000 : 1_000 + at)));
  expect(new Set(placesOf(members).slice(0, 32))).toEqual(new Set([3]));
  expect(placesOf(members).slice(32)).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
});

test('growth is of who sold in both quarters, and needs enough of them, none dominant in either', () => {
  const both = (count: number, before = (_: number) => 900) =>
    many(count, (at) => member(at, sold(1_000 + at), sold(before(at))));
  const more = many(5, (at) => member(90 + at, sold(1_000)));
  const growth = (members: readonly Member[]) => standingsOf(members, RULES).growth;
  const shown = growth([...both(25), ...more]);
  expect(shown.quartiles.every((value) => value !== null)).toBe(true);
  expect(shown.bands.slice(-5)).toEqual([null, null, null, null, null]);
  expect(growth([...both(10), ...more])).toEqual({
    quartiles: [null, null, null],
    bands: Array.from({ length: 15 }, () => null),
  });
  const giant = growth(both(25, (at) => (at === 7 ? 1e9 : 900)));
  expect(giant.quartiles).toEqual([null, null, null]);
  expect(giant.bands.every((band) => band === null)).toBe(true);
});

test('of any values: quartiles in their order, within the extremes, and bands that never fall', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 11, maxLength: 90 }),
      (values) => {
        const members = values.map((value, at) => member(at, sold(value)));
        const { quartiles, bands } = standingsOf(members, RULES).gmv;
        const told = quartiles.filter((value) => value !== null);
        expect(told).toEqual([...told].sort((a, b) => a - b));
        // Three digits may round beyond.
        for (const one of told) {
          expect(one).toBeGreaterThanOrEqual((Math.min(...values) / 100) * 0.994);
          expect(one).toBeLessThanOrEqual((Math.max(...values) / 100) * 1.006);
          expect(one).toBe(Number(one.toPrecision(3)));
        }
        const inOrder = values
          .map((value, at) => ({ value, place: bands[at]?.place ?? NaN }))
          .sort((a, b) => a.value - b.value);
        const places = inOrder.map(({ place }) => place);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      },
    ),
    { numRuns: 200 },
  );
});

test('how many there are is told in bands', () => {
  expect([11, 19, 20, 49, 50, 499, 500, 9_000].map(countBand)).toEqual([
    { from: null, below: 20 },
    { from: null, below: 20 },
    { from: 20, below: 50 },
    { from: 20, below: 50 },
    { from: 50, below: 100 },
    { from: 200, below: 500 },
    { from: 500, below: null },
    { from: 500, below: null },
  ]);
});
