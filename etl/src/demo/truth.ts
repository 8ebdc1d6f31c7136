/**
 * What a perfect observer would say of each belt: expectations without any chance in them, from the plan and the
 * merchants that were drawn, and the state that follows. Written beside the orders as `truth.json`.
 */
import { type Mark, PRICE_REGIMES, type Path, type PriceRegime, rides } from './belt-truth.ts';
import { MONTH_START, monthLabel } from './calendar.ts';
import { CUSTOM_OR_BRAND, MARKUP, MARKUP_ABROAD } from './markup.ts';
import { KINDS } from './kinds.ts';
import { type ExpectedOrders, merchantTruths } from './merchant-truth.ts';
import { Pieces } from './pieces.ts';
import { SHOCK_VARIANCE } from './shocks.ts';
import { BASE_YEAR, LAST_MONTH, type Window, type WindowSums, windowSums } from './truth-windows.ts';
import type { World } from './world.ts';

/** Per cent; changes within it count as none. The API's default (`BELTLINE_DEAD_BAND`). */
const DEAD_BAND = 2;

export const TRUE_STATES = [
  'carried-by-few',
  'recovered',
  'recovering',
  'slipping',
  'declining',
  'flat',
] as const;
export type TrueState = (typeof TRUE_STATES)[number];

/** A level in per cent of 2021 and a growth in per cent of a year before. */
export interface LevelAndGrowth {
  readonly level: number;
  readonly growth: number;
}

/** What decides a state, in per cent. */
export interface Deciding extends LevelAndGrowth {
  /** Per cent, all owners but the three with the most orders in the last three months; null where those sold nothing before. */
  readonly growthWithoutThree: number | null;
  /** Per cent of merchants expected to rise, and half of those expected to stay, October to December against the year before. */
  readonly breadth: number;
}

export interface TrueBelt extends Deciding {
  readonly state: TrueState;
  /** Percentage points by which one deciding figure would have to differ for another state; 0 for belts that stand still. */
  readonly margin: number;
  /** What the orders expected on the days as they fall show: weekdays, shopping days and belts' seasons do not match exactly. */
  readonly asItFalls: LevelAndGrowth;
  /** The same as level and growth of GMV, at the belt's mean price; merchants' and SKUs' own prices are left out. */
  readonly value: LevelAndGrowth;
  readonly windows: Readonly<Record<Window, ExpectedOrders>>;
  readonly path: Path;
  readonly prices: PriceRegime;
  readonly marks: readonly Mark[];
  /** Whether distribution grows beyond the path, as reported for the nation. */
  readonly rides: boolean;
}

export interface DemoTruth {
  readonly seed: number;
  readonly lines: number;
  /** The last complete month; level and growth are of the three months to it, over all tracks, lunar days matched. */
  readonly month: string;
  readonly baseYear: number;
  readonly deadBand: number;
  /** Variance of a merchant's monthly shock about 1: its orders vary by μ + this · μ². */
  readonly shockVariance: number;
  readonly belts: Readonly<Record<string, TrueBelt>>;
}

export function truthOf(world: World): DemoTruth {
  const { registry, plan, seed, lines } = world;
  const pieces = new Pieces(registry.belts, plan);
  const owners = merchantTruths(world);
  return {
    seed,
    lines,
    month: monthLabel(LAST_MONTH),
    baseYear: BASE_YEAR,
    deadBand: DEAD_BAND,
    shockVariance: SHOCK_VARIANCE,
    belts: Object.fromEntries(
      registry.belts.map(({ id, truth }, belt) => {
        const orders = windowSums(plan, belt, () => 1);
        const { path, prices, marks } = truth;
        const { growthWithoutThree, breadth, windows } = owners[belt]!;
        const deciding = { ...levelAndGrowth(orders), growthWithoutThree, breadth };
        const value = windowSums(plan, belt, (kind, month) => worthOf(kind, belt, month, prices, pieces));
        return [
          id,
          {
            state: stateOf(deciding),
            margin: marginOf(deciding),
            ...deciding,
            asItFalls: {
              level: (100 * orders.now) / orders.base,
              growth: 100 * (orders.now / orders.before - 1),
            },
            value: levelAndGrowth(value),
            windows,
            path,
            prices,
            marks,
            rides: rides(truth),
          },
        ];
      }),
    ),
  };
}

/** Rounded to a millionth, so that a level that never moved is 100 and not a bit less. */
const exact = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

/** The season is held still: each day of now is taken with the season of its counterpart. */
function levelAndGrowth(sums: WindowSums): LevelAndGrowth {
  return {
    level: exact((100 * sums.nowInSeasonOfBase) / sums.base),
    growth: exact(100 * (sums.nowInSeasonOfBefore / sums.before - 1)),
  };
}

/** The rule of `docs/method.md`, "State", said again here so that the API can be held against it. */
export function stateOf({ level, growth, growthWithoutThree, breadth }: Deciding): TrueState {
  if (growth > DEAD_BAND && ((growthWithoutThree ?? Infinity) <= 0 || breadth < 50)) return 'carried-by-few';
  if (level >= 100) return growth >= -DEAD_BAND ? 'recovered' : 'slipping';
  if (growth > DEAD_BAND) return 'recovering';
  return growth < -DEAD_BAND ? 'declining' : 'flat';
}

/** Percentage points by which one figure alone would have to differ for the state to be another. */
export function marginOf(deciding: Deciding): number {
  const { level, growth, breadth } = deciding;
  const withoutThree = deciding.growthWithoutThree ?? Infinity;
  const fromFew = Math.min(withoutThree, breadth - 50);
  switch (stateOf(deciding)) {
    case 'carried-by-few':
      return Math.min(growth - DEAD_BAND, Math.max(-withoutThree, 50 - breadth));
    case 'recovered':
      return Math.min(level - 100, growth + DEAD_BAND, growth > DEAD_BAND ? Math.max(fromFew, 0) : Infinity);
    case 'recovering':
      return Math.min(100 - level, growth - DEAD_BAND, fromFew);
    case 'slipping':
      return Math.min(level - 100, -DEAD_BAND - growth);
    case 'declining':
      return Math.min(100 - level, -DEAD_BAND - growth);
    case 'flat':
      return Math.min(100 - level, DEAD_BAND - Math.abs(growth));
  }
}

/** Relative value of an order of a kind in a month. */
function worthOf(kind: number, belt: number, month: number, prices: PriceRegime, pieces: Pieces): number {
  const { mode, abroad, custom, brand } = KINDS[kind]!;
  const years = (MONTH_START[month]! + 15) / 365.25;
  return (
    pieces.mean(kind, belt) *
    MARKUP[mode] *
    (abroad === 'none' ? 1 : MARKUP_ABROAD) *
    (custom ? CUSTOM_OR_BRAND.custom : 1) *
    (brand ? CUSTOM_OR_BRAND.brand : 1) *
    Math.exp(PRICE_REGIMES[prices] * years)
  );
}
