/** What a merchant is told first: how far they are back, what they do best beside peers, and what least. */
import type { BenchmarkAnswer, BenchmarkMeasureAnswer } from '@beltline/contract';

type Measure = BenchmarkMeasureAnswer['measure'];
export interface Merit {
  /** From 1, the worst, to `of`. */
  readonly place: number;
  readonly of: number;
}
export interface Telling {
  readonly row: BenchmarkMeasureAnswer;
  /** Null where there is no place, or no direction is better. */
  readonly merit: Merit | null;
}
export interface Verdict {
  /** Null where the quarter has no figure at all. */
  readonly headline: Telling | null;
  /** Null without peers, and where all places are alike. */
  readonly best: Telling | null;
  readonly worst: Telling | null;
}

/** The first of them that is known says how far a merchant is back, of a base that is not small where there is one. */
const RECOVERIES: readonly Measure[] = ['recovery-level', 'growth-aligned', 'growth'];
/** How large somebody is says nothing of how well they do. */
const SIZES: ReadonlySet<Measure> = new Set(['gmv', 'orders', 'pieces', 'buyers']);

/** A place counted from the worst, whichever direction of the figure that is; null where neither is better. */
export function meritOf({ band, better }: Pick<BenchmarkMeasureAnswer, 'band' | 'better'>): Merit | null {
  if (!band || !better) return null;
  return { place: better === 'higher' ? band.place : band.of + 1 - band.place, of: band.of };
}

const telling = (row: BenchmarkMeasureAnswer): Telling => ({ row, merit: meritOf(row) });

/** Of measures alike in their place the first of the page. */
export function verdictOf({ measures }: Pick<BenchmarkAnswer, 'measures'>): Verdict {
  const known = headlineOf(measures);
  const others = measures
    .filter(({ measure }) => !RECOVERIES.includes(measure) && !SIZES.has(measure))
    .map(telling)
    .filter((one): one is Telling & { merit: Merit } => one.merit !== null)
    .sort((a, b) => shareOf(b.merit) - shareOf(a.merit));
  const [best, worst] = [others[0] ?? null, others.findLast(() => true) ?? null];
  const isAlike = !best || !worst || shareOf(best.merit) === shareOf(worst.merit);
  return { headline: known && telling(known), best: isAlike ? null : best, worst: isAlike ? null : worst };
}

function headlineOf(measures: readonly BenchmarkMeasureAnswer[]): BenchmarkMeasureAnswer | null {
  const named = [...RECOVERIES, 'gmv'].flatMap(
    (name) => measures.find(({ measure }) => measure === name) ?? [],
  );
  const known = named.filter(({ value }) => value.value !== null);
  return known.find((row) => isRecovery(row) && row.value.flag === 'final') ?? known[0] ?? null;
}

/** Whether a measure says how far back somebody is; what they sold says how much it was and no more. */
export const isRecovery = ({ measure }: Pick<BenchmarkMeasureAnswer, 'measure'>): boolean =>
  RECOVERIES.includes(measure);

const shareOf = ({ place, of }: Merit): number => (place - 0.5) / of;

/** Whether a place is among the best, the worst, or between. */
export function leagueOf({ place, of }: Merit): 'ahead' | 'middle' | 'behind' {
  const share = shareOf({ place, of });
  if (share > 0.6) return 'ahead';
  return share < 0.4 ? 'behind' : 'middle';
}

/** How many of some measures are ahead and behind. */
export function countLeagues(rows: readonly BenchmarkMeasureAnswer[]): { ahead: number; behind: number } {
  const leagues = rows.flatMap((row) => {
    const merit = meritOf(row);
    return merit ? [leagueOf(merit)] : [];
  });
  const count = (league: string) => leagues.filter((one) => one === league).length;
  return { ahead: count('ahead'), behind: count('behind') };
}
