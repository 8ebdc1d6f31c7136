/** The revision triangle of an area on the wire, from its prints. */
import type { BriefFigure, Flag, Finality, LagRevisions, RevisionsAnswer } from '@beltline/contract';
import { known, unknown } from '../../core/brief-figure.ts';
import { whyNoRatio } from '../../core/ratio.ts';
import {
  ENOUGH_REVISIONS,
  FINAL_LIMIT,
  finalityAt,
  type LagEvidence,
  SEEN_FOR,
  settledAfter,
} from '../../data/revisions/evidence.ts';
import { LAST_LAG, LATER, type MonthPrints } from '../../data/revisions/prints.ts';
import {
  finalityOf,
  growthRevision,
  levelRevision,
  type PrintedValue,
  type Revisions,
} from '../../data/revisions/revision-evidence.service.ts';

/** A figure that nobody has seen revised is not said to be provisional for that: it is said that nobody knows (ADR 29). */
export const flagOf = (finality: Finality): Extract<Flag, 'final' | 'provisional'> =>
  finality === 'provisional' ? 'provisional' : 'final';

type Triangle = Pick<
  RevisionsAnswer,
  'versions' | 'since' | 'lags' | 'rule' | 'months' | 'levels' | 'growth' | 'settledAfter'
>;

/** All that is told of revisions; the months are those that are complete as of the version in view. */
export function triangleOf({ history, valueOf, levels, growth }: Revisions): Triangle {
  const { versions, months } = history;
  const lags = new Set(months.flatMap(({ prints }) => prints.map(({ lag }) => lag)));
  return {
    versions: versions.length,
    since: versions[0]?.publishedOn ?? '',
    lags: [...lags].sort((one, other) => one - other),
    rule: { months: ENOUGH_REVISIONS, seenFor: SEEN_FOR, limit: FINAL_LIMIT, lastLag: LAST_LAG },
    months: months.map((month) => rowOf(month, valueOf, { levels, growth })),
    levels: levels.map((one) => lagOf(one, levels)),
    growth: growth.map((one) => lagOf(one, growth)),
    settledAfter: settledAfter(levels),
  };
}

function rowOf(
  { month, prints, latest }: MonthPrints,
  valueOf: Revisions['valueOf'],
  evidence: Pick<Revisions, 'levels' | 'growth'>,
): RevisionsAnswer['months'][number] {
  const now = valueOf(latest);
  const [first] = prints;
  const before = first ? valueOf(first) : now;
  const hasLater = first !== undefined && first.version !== latest.version;
  const levelFlag = (lag: number) => flagOf(finalityAt(evidence.levels, lag));
  const growthFlag = (lag: number) => flagOf(finalityAt(evidence.growth, lag));
  const finality = finalityOf(evidence.levels, latest);
  return {
    month,
    age: latest.lag,
    finality,
    latest: known(now.value, 'no-data', flagOf(finality)),
    growth: growthOfPrint(now, flagOf(finalityOf(evidence.growth, latest))),
    prints: prints.map((print) => {
      const then = valueOf(print);
      const isFirst = print === first;
      return {
        lag: print.lag,
        publishedOn: print.publishedOn,
        value: known(then.value, 'no-data', levelFlag(print.lag)),
        revised: isFirst ? unknown('no-baseline') : revised(before, then),
        growth: growthOfPrint(then, growthFlag(print.lag)),
        growthRevised: isFirst ? unknown('no-baseline') : growthRevised(before, then),
      };
    }),
    // One version alone says nothing of revisions: that is not 0.
    revised: hasLater ? revised(before, now) : unknown('no-baseline'),
    growthRevised: hasLater ? growthRevised(before, now) : unknown('no-baseline'),
  };
}

const growthOfPrint = ({ growth, isThinBase }: PrintedValue, flag: Flag): BriefFigure =>
  known(growth, 'no-baseline', isThinBase ? 'base-too-small' : flag);

const revised = (from: PrintedValue, to: PrintedValue): BriefFigure =>
  known(
    levelRevision(from, to),
    whyNoRatio(from.value) ?? 'no-baseline',
    from.isThin ? 'base-too-small' : 'final',
  );

const growthRevised = (from: PrintedValue, to: PrintedValue): BriefFigure =>
  known(growthRevision(from, to), 'no-baseline', from.isThinBase ? 'base-too-small' : 'final');

function lagOf({ lag, count, statistics }: LagEvidence, all: readonly LagEvidence[]): LagRevisions {
  const told = (value: number | undefined) => known(value ?? null, 'too-little-data');
  return {
    lag,
    months: count,
    finality: finalityAt(all, Math.min(lag, LATER)),
    mean: told(statistics?.mean),
    low: told(statistics?.low),
    high: told(statistics?.high),
    spread: told(statistics?.spread),
    p95: told(statistics?.p95),
  };
}
