import { at, sum } from '../core/vector.ts';
import { ratioError } from './owner-bootstrap.ts';
import { normal, random } from './planted.ts';
import {
  type OwnersPart,
  priceChain,
  priceLevel,
  type PriceLink,
  priceRatio,
  soldIn,
} from './price-level.ts';

/** Fewer than the year that is shown: what is fitted is the same, and 13 take four times as long. */
const MONTHS = 7;
const LAST = MONTHS - 1;
interface Item {
  readonly owner: number;
  /** Months in which it is sold. */
  readonly isSold: readonly boolean[];
  readonly logPrice: readonly number[];
  readonly value: readonly number[];
}

/** Items of owners whose prices wander by themselves around what is planted; two in five are not sold in a month. */
function plantedItems(draw: () => number, owners: number, rateOfYear: number): Item[] {
  return Array.from({ length: owners }, (_, owner) => {
    const size = Math.exp(0.7 * normal(draw));
    const drift = 0.06 * normal(draw);
    return Array.from({ length: 4 }, (): Item => {
      let own = 0;
      const steps = Array.from({ length: MONTHS }, () => (own += 0.02 * normal(draw)));
      return {
        owner,
        isSold: steps.map(() => draw() < 0.6),
        logPrice: steps.map((step, month) => ((rateOfYear + drift) * month) / 12 + step),
        value: steps.map(() => size * Math.exp(0.4 * normal(draw))),
      };
    });
  }).flat();
}

const SUMS = ['value0', 'value1', 'tornqvist0', 'tornqvist1'] as const;

/** Sums of the items sold in each pair of months, of all and of each owner; a month with itself: of all that was sold. */
function linksOf(items: readonly Item[], owners: number) {
  const links: PriceLink[] = [];
  const ofOwners = new Map<string, Record<(typeof SUMS)[number], Float64Array>>();
  for (let from = 0; from < MONTHS; from++) {
    for (let to = from; to < MONTHS; to++) {
      const [value0, value1] = [new Float64Array(owners), new Float64Array(owners)];
      const [tornqvist0, tornqvist1] = [new Float64Array(owners), new Float64Array(owners)];
      let count = 0;
      for (const { owner, isSold, logPrice, value } of items) {
        if (!isSold[from] || !isSold[to]) continue;
        const [v0, v1, rise] = [at(value, from), at(value, to), at(logPrice, to) - at(logPrice, from)];
        count++;
        value0[owner] = at(value0, owner) + v0;
        value1[owner] = at(value1, owner) + v1;
        tornqvist0[owner] = at(tornqvist0, owner) + v0 * rise;
        tornqvist1[owner] = at(tornqvist1, owner) + v1 * rise;
      }
      const sums = { value0, value1, tornqvist0, tornqvist1 };
      ofOwners.set(`${from} ${to}`, sums);
      const [all0, all1, log0, log1] = SUMS.map((name) => sum(sums[name])) as [
        number,
        number,
        number,
        number,
      ];
      links.push({ from, to, items: count, value0: all0, value1: all1, tornqvist0: log0, tornqvist1: log1 });
    }
  }
  const sold = links.filter(({ from, to }) => from === to).map(({ value0 }) => value0);
  /** What each owner adds to a figure. */
  const added = (part: OwnersPart): Float64Array => {
    const all = new Float64Array(owners);
    for (const { from, to, ...factors } of part)
      for (const name of SUMS)
        ofOwners.get(`${from} ${to}`)?.[name].forEach((own, owner) => {
          all[owner] = at(all, owner) + factors[name] * own;
        });
    return all;
  };
  return { links: links.filter(({ from, to }) => from < to), sold, added };
}

test('intervals of 90 % of the level of a month cover, of an area whose prices fall by 13 % a year', () => {
  const draw = random(61);
  const rate = -0.13;
  const held = { told: 0, middle: 0, last: 0 };
  for (let area = 0; area < 450; area++) {
    const owners = [30, 60, 120][area % 3] ?? 60;
    const { links, sold, added } = linksOf(plantedItems(draw, owners, rate), owners);
    const chain = priceChain(links, sold);
    const isIn = (month: number): boolean | null => {
      const price = chain[month];
      if (!price) throw new Error('a month has no level');
      const error = ratioError(priceRatio({ influence: added(price.influence) }, added([soldIn(month)])));
      if (typeof error === 'string') return null;
      return Math.abs(Math.log(price.index) - (rate * month) / 12) <= error.standardError * error.reach;
    };
    const [middle, last] = [isIn(LAST / 2), isIn(LAST)];
    if (middle === null || last === null) continue;
    held.told++;
    held.middle += Number(middle);
    held.last += Number(last);
  }
  expect(held.told).toBeGreaterThan(400);
  expect(Math.abs(held.middle / held.told - 0.9)).toBeLessThan(0.03);
  expect(Math.abs(held.last / held.told - 0.9)).toBeLessThan(0.03);
});

test('months before the first link and beyond the last have no level; the last level is that of the whole period before', () => {
  const { links, sold, added } = linksOf(plantedItems(random(62), 40, 0.05), 40);
  const cut = links.filter(({ from, to }) => from >= 2 && from !== 4 && to !== 4);
  const chain = priceChain(cut, sold);
  expect(chain.map((price) => price === null)).toEqual(
    Array.from({ length: MONTHS }, (_, month) => month < 2 || month === 4),
  );
  expect(chain[2]?.index).toBe(1);
  expect(added(chain[2]?.influence ?? []).every((own) => own === 0)).toBe(true);
  expect(priceChain([], sold)).toEqual(new Array(MONTHS).fill(null));
  const whole = priceChain(links, sold).at(-1);
  const level = priceLevel(links, sold);
  expect(whole?.index).toBeCloseTo(level?.index ?? NaN, 12);
  const [ofChain, ofLevel] = [added(whole?.influence ?? []), added(level?.influence ?? [])];
  ofChain.forEach((own, owner) => expect(own).toBeCloseTo(at(ofLevel, owner), 12));
});
