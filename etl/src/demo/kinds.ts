import type { Rhythm } from './season.ts';

/** How an order is sold; decides its channels. */
export type Mode = 'wholesale' | 'distribution' | 'offline';
/** `trade`: agents, marketplace sellers, independent sites. `local`: overseas shops and SMEs (the "local users"). */
export type Abroad = 'none' | 'trade' | 'local';

/**
 * A kind of order: an exclusive combination of what makes the overlapping tracks, with the orders that count (paid,
 * dispatched or delivered in the end) in 2023 and 2024 on a common scale.
 */
export interface Kind {
  readonly mode: Mode;
  readonly abroad: Abroad;
  readonly custom: boolean;
  readonly brand: boolean;
  readonly orders2023: number;
  readonly orders2024: number;
}

function kind(
  mode: Mode,
  abroad: Abroad,
  options: '' | 'custom' | 'brand' | 'custom+brand',
  orders2023: number,
  orders2024: number,
): Kind {
  return {
    mode,
    abroad,
    custom: options.includes('custom'),
    brand: options.includes('brand'),
    orders2023,
    orders2024,
  };
}

/**
 * The calibration. Only the sums over overlapping kinds are published figures; the kinds are chosen so that all of
 * them come out at once:
 *
 * | sum over                     |   2023 |    2024 | growth |
 * |------------------------------|-------:|--------:|-------:|
 * | distribution                 | 62,000 | 105,400 |  +70 % |
 * | cross-border (trade + local) |  9,000 |  15,300 |  +70 % |
 * | of these local               |  2,400 |   3,600 |  +50 % |
 * | custom                       |  4,000 |  12,000 | +200 % |
 * | factory brand (our choice)   |  6,000 |   8,700 |  +45 % |
 * | offline (our choice)         |  4,500 |   5,625 |  +25 % |
 * | classic wholesale (choice)   | 60,000 |  62,400 |   +4 % |
 */
export const KINDS: readonly Kind[] = [
  kind('wholesale', 'none', '', 60_000, 62_400),
  kind('wholesale', 'none', 'custom', 1_000, 2_600),
  kind('wholesale', 'none', 'brand', 1_300, 1_550),
  kind('wholesale', 'none', 'custom+brand', 200, 500),
  kind('wholesale', 'trade', '', 1_700, 2_550),
  kind('wholesale', 'trade', 'custom', 200, 500),
  kind('wholesale', 'local', '', 1_100, 1_430),
  kind('wholesale', 'local', 'custom', 60, 140),
  kind('distribution', 'none', '', 50_450, 82_620),
  kind('distribution', 'none', 'custom', 2_100, 6_900),
  kind('distribution', 'none', 'brand', 3_390, 4_630),
  kind('distribution', 'none', 'custom+brand', 210, 700),
  kind('distribution', 'trade', '', 4_100, 7_400),
  kind('distribution', 'trade', 'custom', 150, 480),
  kind('distribution', 'trade', 'brand', 450, 770),
  kind('distribution', 'local', '', 1_150, 1_900),
  kind('offline', 'none', '', 3_880, 4_765),
  kind('offline', 'none', 'custom', 80, 180),
  kind('offline', 'none', 'brand', 450, 550),
  kind('offline', 'local', '', 90, 130),
];

/** Wholesale without any track. */
export const CLASSIC = 0;

/** The kind that most distribution orders belong to; every distribution merchant gets at least one of these. */
export const PLAIN_DISTRIBUTION = KINDS.findIndex(
  (k) => k.mode === 'distribution' && k.abroad === 'none' && !k.custom && !k.brand,
);

/** Distribution merchants of 2024 over those of 2023: the other published figure, see `distributors.ts`. */
export const DISTRIBUTION_MERCHANT_GROWTH = 1.3;

/** Mean order lines per order, used to scale the number of orders to the lines asked for. */
export const LINES_PER_ORDER: Record<Mode, number> = { wholesale: 1.58, distribution: 1.115, offline: 1.53 };

export function rhythmOf(k: Kind): Rhythm {
  if (k.mode === 'offline') return 'offline';
  if (k.mode === 'wholesale') return k.abroad === 'none' ? 'wholesale' : 'exports';
  return k.abroad === 'none' ? 'distribution' : 'export_distribution';
}
