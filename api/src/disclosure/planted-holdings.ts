/** Made-up months of belts, for specs and benchmarks of disclosure control: like those of the demo orders, or small ones. */
import { normal, random } from '../statistics/planted.ts';
import type { Belt, Holding } from './holdings.ts';

export interface PlantedMonth {
  readonly belts: readonly Belt[];
  readonly holdings: readonly Holding[];
}

export interface Shape {
  readonly belts: number;
  readonly cities: number;
  readonly provinces: number;
  readonly categories: number;
  /** Sellers of a belt, the median. */
  readonly sellers: number;
  /** Order lines of a seller in a month, the mean. */
  readonly lines: number;
  /** Combinations of tracks, and how many lines are in each. */
  readonly combinations: Readonly<Record<number, number>>;
}

/** Shares of order lines by combination as in December 2024 of the demo. */
const DEMO_COMBINATIONS = {
  ...{ 64: 0.55, 1: 0.11, 2: 0.014, 34: 0.055, 3: 0.004, 35: 0.01, 4: 0.055, 5: 0.012, 6: 0.012, 38: 0.004 },
  ...{ 7: 0.0008, 39: 0.0013, 8: 0.05, 9: 0.014, 11: 0.001, 43: 0.002, 12: 0.005, 13: 0.003, 50: 0.001 },
  ...{ 16: 0.035, 20: 0.002, 24: 0.005 },
};
export const DEMO_SHAPE: Shape = {
  belts: 130,
  cities: 78,
  provinces: 21,
  categories: 112,
  sellers: 68,
  lines: 7,
  combinations: DEMO_COMBINATIONS,
};
/** Few cells, of which many are unsafe. */
export const SMALL_SHAPE: Shape = {
  belts: 5,
  cities: 3,
  provinces: 2,
  categories: 3,
  sellers: 9,
  lines: 4,
  combinations: { 64: 0.5, 1: 0.25, 4: 0.1, 5: 0.06, 34: 0.06, 2: 0.03 },
};

/** Lines, pieces, orders and value of a month, by belt, combination and owner. */
export function plantedMonth(seed: number, shape: Shape): PlantedMonth {
  const draw = random(seed);
  const places = Array.from({ length: shape.cities }, (_, city) => ({
    city: `c${city}`,
    province: `p${city % shape.provinces}`,
  }));
  const belts = Array.from({ length: shape.belts }, (_, belt): Belt => ({
    id: `B${belt}`,
    ...(places[belt % shape.cities] ?? { city: '', province: '' }),
    category: `g${Math.floor(draw() ** 1.5 * shape.categories)}`,
  }));
  const held = new Map<string, Holding & { values: number[] }>();
  const hold = (
    belt: string,
    combination: number,
    side: Holding['side'],
    owner: string,
    values: number[],
  ) => {
    const key = `${belt}/${combination}/${side}/${owner}`;
    const one = held.get(key) ?? { belt, combination, side, owner, values: values.map(() => 0) };
    values.forEach((value, measure) => (one.values[measure] = (one.values[measure] ?? 0) + value));
    held.set(key, one);
  };
  for (const { id } of belts) sellIn(id, draw, shape, hold);
  return { belts, holdings: [...held.values()] };
}

function sellIn(
  belt: string,
  draw: () => number,
  { sellers, lines, combinations }: Shape,
  hold: (belt: string, combination: number, side: Holding['side'], owner: string, values: number[]) => void,
): void {
  const bases = Object.entries(combinations).map(([key, share]) => [Number(key), share] as const);
  const leanings = bases.map(([key, share]) => [key, share * Math.exp(1.2 * normal(draw))] as const);
  const count = Math.max(3, Math.round(sellers * Math.exp(0.5 * normal(draw))));
  for (let seller = 0; seller < count; seller++) {
    const size = Math.exp(1.1 * normal(draw) - 0.6);
    // A factory does few kinds of business.
    const own = leanings.map(([key, share]) => [key, share * Math.exp(1.5 * normal(draw))] as const);
    const all = own.reduce((sum, [, share]) => sum + share, 0);
    const ofSeller = Math.ceil(lines * size);
    for (let line = 0; line < ofSeller; line++) {
      let left = draw() * all;
      const [combination = 64] = own.find(([, share]) => (left -= share) <= 0) ?? [];
      const buyer = `U${Math.floor(draw() ** 2 * 40 * sellers)}`;
      const pieces = Math.ceil(60 * Math.exp(normal(draw)));
      const value = Math.round(pieces * 20 * Math.exp(0.8 * normal(draw)) * 100) / 100;
      const values = [value, pieces, 1, draw() < 0.8 ? 1 : 0];
      hold(belt, combination, 'seller', `${belt}-${seller}`, values);
      hold(belt, combination, 'buyer', buyer, values);
    }
  }
}
