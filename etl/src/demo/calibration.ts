import { type BeltTruth, levelOf, programmeYears, rides } from './belt-truth.ts';
import { MONTHS, monthIndex } from './calendar.ts';
import { KINDS, type Kind } from './kinds.ts';
import type { Random } from './random.ts';

/** How much stronger a belt's leaning makes a kind than in other belts. */
const LEANING = 2.2;
/** How much affinities scatter by chance, as a standard deviation of their logarithm. */
const SCATTER = 0.22;
/** Distribution's part of a belt's orders in 2021, before the nation's ratio is set; more in belts that ride the programme. */
const DISTRIBUTION_PART = { usual: 0.28, leaning: 0.45, riding: 0.2 };
const ROUNDS = 30;

/** Wholesale with offline, and distribution: what is calibrated as a whole before it is split into kinds. */
const FAMILIES = [
  KINDS.flatMap((kind, k) => (kind.mode === 'distribution' ? [] : [k])),
  KINDS.flatMap((kind, k) => (kind.mode === 'distribution' ? [k] : [])),
];
const TWO_YEARS = Array.from({ length: 24 }, (_, i) => monthIndex(2023, 1) + i);

/** Sum of the relative intensities of a kind's days in a month, in a belt. */
export type MonthIntensity = (kind: number, belt: number, month: number) => number;

interface Parameters {
  /** Log level of a kind within its family, and its log growth a year of the programme. */
  readonly level: Float64Array;
  readonly growth: Float64Array;
  /** Log level of a family, and its log growth a year of the programme in the belts that ride it. */
  readonly familyLevel: Float64Array;
  readonly familyGrowth: Float64Array;
}

/**
 * Expected orders per unit of intensity of each kind, belt and month, on an arbitrary scale, at (kind × belts + belt) ×
 * months + month.
 *
 * A belt's two families follow its path; in belts that ride the programme they grow beyond it. Within a family the kinds
 * change shares with the programme, but in belts on which nothing happens, whose kinds keep theirs. All parameters are
 * solved by raking: each round sets every national total of 2023 and 2024 right in turn, and each correction disturbs the
 * others less. After 30 rounds the published growth rates hold in expectation to 0.01 points.
 */
export function calibrate(
  belts: readonly BeltTruth[],
  intensity: MonthIntensity,
  random: Random,
): Float64Array {
  const affinities = belts.map((belt) => KINDS.map((kind) => affinity(belt, kind) * random.around1(SCATTER)));
  const sizes = belts.map((belt) =>
    Float64Array.from({ length: MONTHS }, (_, month) => belt.size * levelOf(belt, month)),
  );
  const parameters: Parameters = {
    level: new Float64Array(KINDS.length),
    growth: new Float64Array(KINDS.length),
    familyLevel: new Float64Array(2),
    familyGrowth: new Float64Array(2),
  };
  const pace = meanYears(2024) - meanYears(2023);
  for (let round = 0; round < ROUNDS; round++) {
    const [before, after] = totals(belts, affinities, sizes, parameters, intensity);
    FAMILIES.forEach((kinds, family) => {
      const sum = (of: (k: number) => number): number => kinds.reduce((all, k) => all + of(k), 0);
      const past = sum((k) => before[k]!);
      const now = sum((k) => after[k]!);
      const wanted = sum((k) => KINDS[k]!.orders2023);
      const rise = sum((k) => KINDS[k]!.orders2024) / wanted;
      parameters.familyLevel[family]! += Math.log(wanted / past);
      parameters.familyGrowth[family]! += Math.log((rise * past) / now) / pace;
      for (const k of kinds) {
        parameters.level[k]! += Math.log((KINDS[k]!.orders2023 / wanted) * (past / before[k]!));
        const drift = Math.log(((KINDS[k]!.orders2024 / KINDS[k]!.orders2023) * before[k]!) / after[k]!);
        parameters.growth[k]! += (drift - Math.log((rise * past) / now)) / pace;
      }
    });
  }
  return rates(belts, affinities, sizes, parameters);
}

function affinity(belt: BeltTruth, kind: Kind): number {
  const has = (track: string): number => (belt.leanings.includes(track) ? LEANING : 1);
  let weight = 1;
  if (kind.mode === 'offline') weight *= has('O');
  if (kind.abroad !== 'none') weight *= has('X');
  if (kind.custom) weight *= has('C');
  if (kind.brand) weight *= has('B');
  return weight;
}

function distributionPart(belt: BeltTruth): number {
  const { usual, leaning, riding } = DISTRIBUTION_PART;
  return (belt.leanings.includes('D') ? leaning : usual) + (rides(belt) ? riding : 0);
}

/** Mean of the programme's years over the months of a year. */
function meanYears(year: number): number {
  const months = TWO_YEARS.filter((month) => Math.floor(month / 12) === Math.floor(monthIndex(year, 1) / 12));
  return months.reduce((sum, month) => sum + programmeYears(month), 0) / months.length;
}

/** A month as all belts see it: what the programme has made of each kind, and of each family of those that ride it. */
interface MonthFactors {
  readonly kinds: Float64Array;
  /** The kinds of belts on which nothing happens. */
  readonly kindsStill: Float64Array;
  readonly families: readonly number[];
  readonly familiesRiding: readonly number[];
}

function factorsOf(month: number, { level, growth, familyLevel, familyGrowth }: Parameters): MonthFactors {
  const years = programmeYears(month);
  return {
    kinds: level.map((ofKind, k) => Math.exp(ofKind + growth[k]! * years)),
    kindsStill: level.map((ofKind) => Math.exp(ofKind)),
    families: FAMILIES.map((_, family) => Math.exp(familyLevel[family]!)),
    familiesRiding: FAMILIES.map((_, family) =>
      Math.exp(familyLevel[family]! + familyGrowth[family]! * years),
    ),
  };
}

/** Rates of all kinds of a belt in a month; `total` is the belt's size on its path. */
function beltRates(
  belt: BeltTruth,
  affinities: readonly number[],
  total: number,
  factors: MonthFactors,
): Float64Array {
  const ofKinds = belt.path === 'still' ? factors.kindsStill : factors.kinds;
  const result = ofKinds.map((factor, k) => affinities[k]! * factor);
  const part = distributionPart(belt);
  const ofFamilies = rides(belt) ? factors.familiesRiding : factors.families;
  FAMILIES.forEach((kinds, family) => {
    let sum = 0;
    for (const k of kinds) sum += result[k]!;
    const scale = (total * (family === 1 ? part : 1 - part) * ofFamilies[family]!) / sum;
    for (const k of kinds) result[k]! *= scale;
  });
  return result;
}

/** National orders of each kind in 2023 and in 2024. */
function totals(
  belts: readonly BeltTruth[],
  affinities: readonly (readonly number[])[],
  sizes: readonly Float64Array[],
  parameters: Parameters,
  intensity: MonthIntensity,
): [Float64Array, Float64Array] {
  const years: [Float64Array, Float64Array] = [
    new Float64Array(KINDS.length),
    new Float64Array(KINDS.length),
  ];
  for (const month of TWO_YEARS) {
    const year = month < monthIndex(2024, 1) ? years[0] : years[1];
    const factors = factorsOf(month, parameters);
    belts.forEach((belt, b) => {
      const ofMonth = beltRates(belt, affinities[b]!, sizes[b]![month]!, factors);
      for (let k = 0; k < KINDS.length; k++) year[k]! += ofMonth[k]! * intensity(k, b, month);
    });
  }
  return years;
}

function rates(
  belts: readonly BeltTruth[],
  affinities: readonly (readonly number[])[],
  sizes: readonly Float64Array[],
  parameters: Parameters,
): Float64Array {
  const result = new Float64Array(KINDS.length * belts.length * MONTHS);
  for (let month = 0; month < MONTHS; month++) {
    const factors = factorsOf(month, parameters);
    belts.forEach((belt, b) => {
      const ofMonth = beltRates(belt, affinities[b]!, sizes[b]![month]!, factors);
      for (let k = 0; k < KINDS.length; k++) result[(k * belts.length + b) * MONTHS + month] = ofMonth[k]!;
    });
  }
  return result;
}
