import { MONTHS } from './calendar.ts';
import { Random, apportion } from './random.ts';
import type { DemoBelt } from './registry.ts';

/** Merchants at 2 million lines. Their number grows more slowly than the volume: larger demos have busier merchants. */
const MERCHANTS_AT_2M = 7_600;
const VOLUME_EXPONENT = 0.6;
const FEWEST_PER_BELT = 4;

/** Share of all merchants of the period that trade on its first day; the others enter in the course of it. */
const INCUMBENTS = 0.71;
/** Chance to leave in a month; higher where the belt falls. */
const EXIT_HAZARD = { usual: 0.0085, falling: 0.016 };
/** No merchant is larger by chance: only the belts marked as dominated shall be. */
const LARGEST = 4;
/** Share that moves to another belt, once. */
const MOVERS = 0.005;

/**
 * The merchants as parallel arrays, one entry each; those of a belt are neighbours. The first of each belt is its
 * anchor: it trades through the whole period, in every kind, and never moves, so every quota has someone to take it.
 */
export interface Merchants {
  readonly count: number;
  /** Index into the registry of the belt at entry. */
  readonly belt: Int16Array;
  /** Belt after the move, −1 for those that stay. */
  readonly movedTo: Int16Array;
  /** Month on whose first day the move takes effect. */
  readonly movedIn: Int16Array;
  /** First month of trade; 0 for those that traded before the period. */
  readonly entry: Int16Array;
  /** First month without trade; MONTHS for those that stay. */
  readonly exit: Int16Array;
  /** Relative size, lognormal. */
  readonly weight: Float64Array;
  /** Log growth a year against the belt. */
  readonly drift: Float64Array;
  /** Sticky scores on [0, 1): a merchant takes up a track when the track's adoption passes its score. */
  readonly customScore: Float64Array;
  readonly brandScore: Float64Array;
  readonly abroadScore: Float64Array;
  readonly offlineScore: Float64Array;
  readonly anchor: Uint8Array;
  readonly dominant: Uint8Array;
}

export function beltIn(merchants: Merchants, index: number, month: number): number {
  const to = merchants.movedTo[index]!;
  return to >= 0 && month >= merchants.movedIn[index]! ? to : merchants.belt[index]!;
}

export function tradesIn(merchants: Merchants, index: number, month: number): boolean {
  return month >= merchants.entry[index]! && month < merchants.exit[index]!;
}

/** Draws the population for a volume of `lines` order lines. */
export function drawMerchants(belts: readonly DemoBelt[], lines: number, seed: number): Merchants {
  const random = new Random(seed, 'merchants');
  const wanted = Math.round(MERCHANTS_AT_2M * (lines / 2_000_000) ** VOLUME_EXPONENT);
  const reserved = belts.length * FEWEST_PER_BELT;
  const perBelt = apportion(
    belts.map((belt) => belt.truth.size ** 0.9),
    Math.max(0, wanted - reserved),
  );
  const count = perBelt.reduce((sum, n) => sum + n + FEWEST_PER_BELT, 0);
  const merchants = emptyPopulation(count);

  let index = 0;
  belts.forEach((belt, b) => {
    const first = index;
    for (let i = 0; i < perBelt[b]! + FEWEST_PER_BELT; i++, index++) {
      merchants.belt[index] = b;
      merchants.weight[index] = Math.min(LARGEST, random.around1(1.1));
      merchants.drift[index] = Math.max(-0.4, Math.min(0.4, 0.22 * random.normal()));
      merchants.customScore[index] = random.unit();
      merchants.brandScore[index] = random.unit();
      merchants.abroadScore[index] = random.unit();
      merchants.offlineScore[index] = random.unit();
      drawLife(merchants, index, isFalling(belt), random);
      if (random.chance(MOVERS)) drawMove(merchants, index, belts, random);
    }
    makeAnchor(merchants, first, belt.truth.dominated);
    if (belt.truth.few) favourFew(merchants, first, index);
  });
  return merchants;
}

function emptyPopulation(count: number): Merchants {
  return {
    count,
    belt: new Int16Array(count),
    movedTo: new Int16Array(count).fill(-1),
    movedIn: new Int16Array(count),
    entry: new Int16Array(count),
    exit: new Int16Array(count).fill(MONTHS),
    weight: new Float64Array(count),
    drift: new Float64Array(count),
    customScore: new Float64Array(count),
    brandScore: new Float64Array(count),
    abroadScore: new Float64Array(count),
    offlineScore: new Float64Array(count),
    anchor: new Uint8Array(count),
    dominant: new Uint8Array(count),
  };
}

function isFalling(belt: DemoBelt): boolean {
  return belt.truth.path === 'falls' || belt.truth.path === 'collapses';
}

function drawLife(merchants: Merchants, index: number, falling: boolean, random: Random): void {
  const entry = random.chance(INCUMBENTS) ? 0 : random.between(1, MONTHS - 3);
  merchants.entry[index] = entry;
  const hazard = falling ? EXIT_HAZARD.falling : EXIT_HAZARD.usual;
  // A merchant stays three months at least; −ln(u)/hazard is the waiting time of a constant hazard.
  const stay = 3 + Math.floor(-Math.log(1 - random.unit()) / hazard);
  merchants.exit[index] = Math.min(MONTHS, entry + stay);
}

/** To a belt of similar prices: a furniture maker among button sellers would sell wardrobes by the thousand. */
function drawMove(merchants: Merchants, index: number, belts: readonly DemoBelt[], random: Random): void {
  const from = merchants.entry[index]! + 1;
  const until = merchants.exit[index]! - 1;
  if (until - from < 2) return;
  const home = merchants.belt[index]!;
  const price = belts[home]!.truth.price;
  const similar = [...belts.keys()].filter((belt) => {
    const ratio = belts[belt]!.truth.price / price;
    return belt !== home && ratio > 0.6 && ratio < 1.7;
  });
  if (similar.length === 0) return;
  merchants.movedTo[index] = random.pick(similar);
  merchants.movedIn[index] = random.between(from, until);
}

function makeAnchor(merchants: Merchants, index: number, dominant: boolean): void {
  merchants.anchor[index] = 1;
  merchants.dominant[index] = dominant ? 1 : 0;
  merchants.weight[index] = 1;
  merchants.drift[index] = 0;
  merchants.entry[index] = 0;
  merchants.exit[index] = MONTHS;
  merchants.movedTo[index] = -1;
  for (const score of [
    merchants.customScore,
    merchants.brandScore,
    merchants.abroadScore,
    merchants.offlineScore,
  ]) {
    score[index] = 0;
  }
}

/** The three largest of a belt grow and stay while the others shrink against it. */
function favourFew(merchants: Merchants, first: number, end: number): void {
  const bySize = Array.from({ length: end - first }, (_, i) => first + i).sort(
    (x, y) => merchants.weight[y]! - merchants.weight[x]! || x - y,
  );
  bySize.forEach((index, rank) => {
    merchants.drift[index] = rank < 3 ? 0.5 : merchants.drift[index]! - 0.15;
    if (rank >= 3) return;
    merchants.entry[index] = 0;
    merchants.exit[index] = MONTHS;
    merchants.movedTo[index] = -1;
  });
}
