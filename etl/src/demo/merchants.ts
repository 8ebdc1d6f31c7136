import { hasMark } from './belt-truth.ts';
import { MONTHS, monthIndex } from './calendar.ts';
import { Random, apportion } from './random.ts';
import type { DemoBelt } from './registry.ts';

/**
 * Merchants of the whole period in towns as they are, some 260 a belt: belts are towns with a hundred factories and more. A
 * demo of fewer lines has fewer merchants, almost in proportion, so that they stay about as busy; a larger one has the same,
 * and they are busier.
 */
const TOWNS = { merchants: 33_600, lines: 2_700_000 };
const VOLUME_EXPONENT = 0.97;
const FEWEST_PER_BELT = 4;

/** Share of all merchants of the period that trade on its first day; the others enter in the course of it. */
const INCUMBENTS = 0.71;
/** Chance to leave in a month, so that about as many leave as come; higher where the belt falls. */
const EXIT_HAZARD = { usual: 0.0065, falling: 0.014 };
/** Sizes are skewed as they are in real belts: a tenth of the merchants has half of the orders. */
const SIZE_SIGMA = 1.2;
/** No merchant is larger by chance: only belts that are marked as dominated shall be. */
const LARGEST = 12;
const DRIFT = { sigma: 0.1, most: 0.25 };
/** Share that moves to another belt, once. */
const MOVERS = 0.005;

/** Where a recovery is carried by few: their number, their share before they grow, and their log growth a year then. */
const FEW = { merchants: 3, share: 0.4, growth: 0.9, from: monthIndex(2024, 1) };
/** Where growth rests on newcomers: their share of the belt at the end, and when they begin to trade. */
const JOINERS = { share: 0.2, from: monthIndex(2024, 2), until: monthIndex(2024, 7) };

/**
 * The merchants as parallel arrays, one entry each; those of a belt are neighbours. The first of each belt is its
 * anchor: it trades through the whole period, in every kind, and never moves, so every order has someone to take it. So
 * are the three that carry a belt.
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
  /** The same, from 2024 on, of the few that carry a belt. */
  readonly surge: Float64Array;
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

/** Relative expected orders of a merchant in a month in which it trades. */
export function weightIn(merchants: Merchants, index: number, month: number): number {
  const years = (month - MONTHS / 2) / 12;
  const surging = Math.max(0, (month + 0.5 - FEW.from) / 12);
  const entry = merchants.entry[index]!;
  // Newcomers need half a year to reach their size.
  const ramp = entry === 0 ? 1 : Math.min(1, 0.3 + 0.12 * (month - entry));
  const growth = merchants.drift[index]! * years + merchants.surge[index]! * surging;
  return merchants.weight[index]! * Math.exp(growth) * ramp;
}

/** Draws the population for a volume of `lines` order lines. */
export function drawMerchants(belts: readonly DemoBelt[], lines: number, seed: number): Merchants {
  const random = new Random(seed, 'merchants');
  const wanted = Math.round(TOWNS.merchants * Math.min(1, lines / TOWNS.lines) ** VOLUME_EXPONENT);
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
      merchants.weight[index] = Math.min(LARGEST, random.around1(SIZE_SIGMA));
      merchants.drift[index] = Math.max(-DRIFT.most, Math.min(DRIFT.most, DRIFT.sigma * random.normal()));
      merchants.customScore[index] = random.unit();
      merchants.brandScore[index] = random.unit();
      merchants.abroadScore[index] = random.unit();
      merchants.offlineScore[index] = random.unit();
      drawLife(merchants, index, isFalling(belt), random);
      if (random.chance(MOVERS)) drawMove(merchants, index, belts, random);
    }
    makeAnchor(merchants, first, hasMark(belt.truth, 'dominated'));
    if (hasMark(belt.truth, 'few')) favourFew(merchants, first, index);
    if (hasMark(belt.truth, 'joiners')) makeJoiners(merchants, first, index);
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
    surge: new Float64Array(count),
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

/** Weight of the merchants of a belt that trade in a month. */
function tradingWeight(merchants: Merchants, first: number, end: number, month: number): number {
  let sum = 0;
  for (let index = first; index < end; index++)
    if (tradesIn(merchants, index, month)) sum += weightIn(merchants, index, month);
  return sum;
}

/** The first three of a belt hold two fifths of it until 2024, and then outgrow the others. */
function favourFew(merchants: Merchants, first: number, end: number): void {
  const others = tradingWeight(merchants, first + FEW.merchants, end, FEW.from);
  // At the fewest lines a belt may have hardly anybody else.
  const weight = ((others || 1) * FEW.share) / (1 - FEW.share) / FEW.merchants;
  for (let index = first; index < end; index++) {
    // Nobody else is as large, or the three largest would not be these.
    merchants.weight[index] = Math.min(merchants.weight[index]!, weight / 2);
    if (index >= first + FEW.merchants) continue;
    makeAnchor(merchants, index, false);
    merchants.weight[index] = weight;
    merchants.surge[index] = FEW.growth;
  }
}

/** The smaller ones of a belt, as many as hold a fifth of it in the end, begin to trade only in the first half of 2024. */
function makeJoiners(merchants: Merchants, first: number, end: number): void {
  const last = MONTHS - 1;
  const bySize = Array.from({ length: end - first - 1 }, (_, i) => first + 1 + i).sort(
    (x, y) => merchants.weight[x]! - merchants.weight[y]! || x - y,
  );
  let joined = 0;
  for (const [i, index] of bySize.entries()) {
    if (joined >= JOINERS.share * tradingWeight(merchants, first, end, last)) break;
    merchants.entry[index] = JOINERS.from + (i % (JOINERS.until - JOINERS.from + 1));
    merchants.exit[index] = MONTHS;
    merchants.movedTo[index] = -1;
    joined += weightIn(merchants, index, last);
  }
}
