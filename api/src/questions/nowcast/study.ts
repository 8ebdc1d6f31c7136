/**
 * Every area's nowcast of every past month as of given days, and of the running month: made once for a source, track and measure, because an area's
 * band comes from what estimates of all areas missed. Pure, in steps of a month.
 */
import type { Month } from '../../core/calendar.ts';
import { sumFrom } from '../../core/vector.ts';
import { shareNoise, weekOf } from '../../statistics/share-noise.ts';
import { Bands, type PastEstimate, type Told, toldOf } from './bands.ts';
import { type Borrowed, BorrowedMonth, type Panel } from './borrowed.ts';
import { learnFrom, nowcastMonth, type RunningMonth } from './nowcast.ts';

/** Days of the month on which the past is asked again. */
export const BACKTEST_DAYS = [5, 10, 15, 20, 25] as const;
/** An estimate that is off by no more than this part of the true month is off by the rounding of its sums alone. */
const ROUNDING = 1e-9;

/** A month of the source. Of a past one all days are in the values. */
export interface StudiedMonth extends RunningMonth {
  readonly month: Month;
  readonly isFestival: boolean;
  /** First position and length of the same month a year before, by the calendar. */
  readonly yearAgo: { readonly start: number; readonly days: number };
}

/** A past estimate of an area, and what is known by now. */
export interface Trial extends PastEstimate {
  readonly area: number;
  readonly day: number;
  readonly nowcast: Borrowed;
  readonly truth: number;
  /** Estimates of the two naive rules. */
  readonly daysElapsed: number;
  readonly lastYearsShare: number;
}

/** What the nowcasts of a source rest on. */
export interface Study {
  readonly panel: Panel;
  readonly bands: Bands;
  /** Of the areas of the panel, in their order; each in the order of months and days. */
  readonly trials: readonly (readonly Trial[])[];
  /** The nowcasts of the running month, in the order of areas, its place among the months, and the months it was learned from; null where none is running. */
  readonly running: {
    readonly month: number;
    readonly isFestival: boolean;
    readonly nowcasts: readonly (Borrowed | null)[];
    readonly learned: number;
  } | null;
}

/**
 * `past`: complete months with a year before them. `running`: the last month and how many of its days are known, where it is not complete. `fewest`: orders
 * so far, and on the matching days of earlier years together, under which nothing is estimated: some ten orders times a factor that rests on as few.
 */
export function* studyOf(
  panel: Panel,
  past: readonly StudiedMonth[],
  running: { readonly month: StudiedMonth; readonly known: number } | null,
  fewest: number,
): Generator<void, Study> {
  const noise = yield* shareNoise(
    panel.whole.values,
    panel.areas.filter(({ tellsVariance }) => tellsVariance),
  );
  const noiseBefore = ({ start }: StudiedMonth) => noise[Math.min(weekOf(start), noise.length - 1)] ?? 1;
  const trials: Trial[][] = panel.areas.map(() => []);
  for (const [order, month] of past.entries()) {
    yield;
    const borrowed = new BorrowedMonth(panel, month, noiseBefore(month));
    const learned = learnFrom(month);
    for (const day of BACKTEST_DAYS) {
      yield;
      const whole = nowcastMonth(learned, day);
      for (const [area, told] of trials.entries()) {
        if (borrowed.restsOnTooFew(area, day, fewest)) continue;
        const trial = trialOf(panel, { order, month, area, day }, borrowed.after(area, day, whole));
        if (trial) told.push(trial);
      }
    }
  }
  yield;
  const bands = new Bands(trials.flat());
  return {
    panel,
    bands,
    trials,
    running: running && nowcastsOf(panel, running, past.length, { noiseBefore, fewest }),
  };
}

function nowcastsOf(
  panel: Panel,
  { month, known }: { readonly month: StudiedMonth; readonly known: number },
  order: number,
  { noiseBefore, fewest }: { noiseBefore: (month: StudiedMonth) => number; fewest: number },
): Study['running'] {
  const whole = nowcastMonth(learnFrom(month), known);
  const borrowed = new BorrowedMonth(panel, month, noiseBefore(month));
  const nowcasts = panel.areas.map((_, area) =>
    borrowed.restsOnTooFew(area, known, fewest) ? null : borrowed.after(area, known, whole),
  );
  return { month: order, isFestival: month.isFestival, nowcasts, learned: whole.months };
}

function trialOf(
  { areas }: Panel,
  which: {
    readonly order: number;
    readonly month: StudiedMonth;
    readonly area: number;
    readonly day: number;
  },
  nowcast: Borrowed | null,
): Trial | null {
  if (nowcast === null) return null;
  const { order, month, area, day } = which;
  const { start, days, yearAgo, isFestival } = month;
  const values = areas[area]?.values ?? [];
  const truth = sumFrom(values, start, days);
  const soFar = sumFrom(values, start, day);
  const [yearAgoSoFar, wholeYearAgo] = [
    sumFrom(values, yearAgo.start, day),
    sumFrom(values, yearAgo.start, yearAgo.days),
  ];
  if (!(truth > soFar && yearAgoSoFar > 0)) return null;
  const isExact = Math.abs(nowcast.estimate - truth) <= ROUNDING * truth;
  const missed = Math.log((truth - soFar) / (nowcast.estimate - soFar)) / nowcast.logError;
  return {
    month: order,
    area,
    day,
    isFestival,
    nowcast,
    truth,
    ordersToCome: nowcast.ordersToCome,
    deviation: isExact ? 0 : missed,
    daysElapsed: (soFar * days) / day,
    lastYearsShare: (soFar * wholeYearAgo) / yearAgoSoFar,
  };
}

/** What would have been told of a trial's month, from what was known then, and whether the truth lay in the band. */
export function toldThen(bands: Bands, trial: Trial): Told & { readonly isCovered: boolean } {
  const told = toldOf(trial.nowcast, bands.reach(trial));
  const { truth } = trial;
  const isExact = Math.abs(told.estimate - truth) <= ROUNDING * truth;
  const isCovered =
    isExact || (told.low !== null && told.high !== null && told.low <= truth && truth <= told.high);
  return { ...told, isCovered };
}

/**
 * The first day of the month on which an estimate of an area is usually told: from that of the days tested on, it was in half of the past months of the
 * same kind at the least. Null where it is on none.
 */
export function usuallyToldFrom({ bands, trials }: Study, area: number, isFestival: boolean): number | null {
  const own = (trials[area] ?? []).filter((trial) => trial.isFestival === isFestival);
  const months = new Set(own.map(({ month }) => month)).size;
  const told = own.filter((trial) => !toldThen(bands, trial).isEarly);
  const isUsual = (day: number) =>
    months > 0 && 2 * told.filter((trial) => trial.day === day).length >= months;
  const firstUnusual = BACKTEST_DAYS.findLastIndex((day) => !isUsual(day));
  return BACKTEST_DAYS[firstUnusual + 1] ?? null;
}
