/** Made-up shares of a month, for specs and benchmarks of disclosure control: lines that are of the part or the rest of a whole. */
import { normal, random } from '../statistics/planted.ts';
import type { Belt, Holding } from './holdings.ts';

export interface ShareShape {
  /** Sellers of a belt, the median; how much belts differ (of the logarithm), and the sizes of sellers. */
  readonly sellers: number;
  readonly spread: number;
  /** Order lines of a seller, the median. */
  readonly lines: number;
  /** The part of the whole, the mean of sellers. */
  readonly share: number;
}

/** Few lines, of which many a part is one owner's. */
export const SMALL_SHARES: ShareShape = { sellers: 6, spread: 0.6, lines: 4, share: 0.15 };
/** About as many as in a month of the demo. */
export const DEMO_SHARES: ShareShape = { sellers: 60, spread: 1, lines: 6, share: 0.05 };

/** By belt, side and owner: lines of the part, and of the rest. */
export function plantedShares(
  seed: number,
  belts: readonly Belt[],
  { sellers, spread, lines, share }: ShareShape,
): Holding[] {
  const draw = random(seed);
  const held = new Map<string, Holding & { values: number[] }>();
  const hold = (belt: string, side: Holding['side'], owner: string, isPart: boolean) => {
    const key = `${belt}/${side}/${owner}`;
    const one = held.get(key) ?? { belt, combination: 0, side, owner, values: [0, 0] };
    held.set(key, one);
    const at = isPart ? 0 : 1;
    one.values[at] = (one.values[at] ?? 0) + 1;
  };
  for (const { id } of belts) {
    const count = Math.max(2, Math.round(sellers * Math.exp(spread * normal(draw))));
    for (let seller = 0; seller < count; seller++) {
      const own = Math.min(0.9, share * Math.exp(0.8 * normal(draw)));
      const ofSeller = Math.ceil(lines * Math.exp(spread * normal(draw)));
      for (let line = 0; line < ofSeller; line++) {
        const isPart = draw() < own;
        hold(id, 'seller', `${id}-${seller}`, isPart);
        hold(id, 'buyer', `U${Math.floor(draw() ** 2 * 20 * sellers)}`, isPart);
      }
    }
  }
  return [...held.values()];
}
