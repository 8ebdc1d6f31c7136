import { SEASONS, type BeltTruth } from './belt-truth.ts';
import { MONTH_OF_DAY, MONTHS } from './calendar.ts';
import { calibrate, type MonthIntensity } from './calibration.ts';
import { KINDS, LINES_PER_ORDER, rhythmOf } from './kinds.ts';
import { Random } from './random.ts';
import { RHYTHMS, seasonOf } from './season.ts';

/** Rows in the files beyond one per counted order line: unpaid and cancelled orders, later states, bad rows. */
const EXTRA_ROWS = 1.054;

/** How many orders that count are to be expected; how many there are is drawn (`draws.ts`). */
export interface Plan {
  readonly beltCount: number;
  /** Expected orders of a kind in a belt and month. */
  mean(kind: number, belt: number, month: number): number;
  /** Expected orders on a day of intensity 1: what moves with the belt's path and the programme, without any season. */
  rate(kind: number, belt: number, month: number): number;
  /** Relative intensity of a day, about 1 on an ordinary one: weekday, festival, shopping days, the belt's season. */
  intensity(kind: number, belt: number, day: number): number;
}

/** Plans so many orders that the files have about `lines` rows. */
export function planOrders(belts: readonly BeltTruth[], lines: number, seed: number): Plan {
  const intensity = intensities(belts);
  const ofMonth = monthSums(belts);
  const at = (kind: number, belt: number, month: number): number =>
    (kind * belts.length + belt) * MONTHS + month;
  const rates = calibrate(belts, ofMonth, new Random(seed, 'plan'));
  let expectedLines = 0;
  KINDS.forEach(({ mode }, kind) => {
    for (let belt = 0; belt < belts.length; belt++) {
      for (let month = 0; month < MONTHS; month++)
        expectedLines += rates[at(kind, belt, month)]! * ofMonth(kind, belt, month) * LINES_PER_ORDER[mode];
    }
  });
  const scale = lines / EXTRA_ROWS / expectedLines;
  const rate = (kind: number, belt: number, month: number): number => rates[at(kind, belt, month)]! * scale;
  return {
    beltCount: belts.length,
    mean: (kind, belt, month) => rate(kind, belt, month) * ofMonth(kind, belt, month),
    rate,
    intensity,
  };
}

const USUAL = RHYTHMS.map((rhythm) => seasonOf(rhythm, false));
const CALM = RHYTHMS.map((rhythm) => seasonOf(rhythm, true));
const RHYTHM_OF = KINDS.map((kind) => RHYTHMS.indexOf(rhythmOf(kind)));

const beltSeason = ({ season }: BeltTruth, month: number): number =>
  season ? SEASONS[season][month % 12]! : 1;

function intensities(belts: readonly BeltTruth[]): Plan['intensity'] {
  const byBelt = belts.map((belt) => (belt.path === 'still' ? CALM : USUAL));
  return (kind, belt, day) =>
    byBelt[belt]![RHYTHM_OF[kind]!]![day]! * beltSeason(belts[belt]!, MONTH_OF_DAY[day]!);
}

function monthSums(belts: readonly BeltTruth[]): MonthIntensity {
  const summed = (days: Float64Array): Float64Array => {
    const sums = new Float64Array(MONTHS);
    days.forEach((ofDay, day) => (sums[MONTH_OF_DAY[day]!]! += ofDay));
    return sums;
  };
  const [usual, calm] = [USUAL.map(summed), CALM.map(summed)];
  return (kind, belt, month) =>
    (belts[belt]!.path === 'still' ? calm : usual)[RHYTHM_OF[kind]!]![month]! *
    beltSeason(belts[belt]!, month);
}
