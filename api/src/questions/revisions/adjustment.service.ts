import { Inject, Injectable } from '@nestjs/common';
import type { AdjustmentAnswer, AdjustmentQuestion, BriefFigure, Reason } from '@beltline/contract';
import { known, unknown } from '../../core/brief-figure.ts';
import { at } from '../../core/vector.ts';
import { areaOf } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import {
  type AdjustableRun,
  AdjustedSeriesService,
  type AdjustedRun,
} from '../../data/daily/adjusted-series.service.ts';
import { qs, RESIDUAL_P, seasonOfRanks, type SeasonTest } from '../../statistics/residual-season.ts';
import { revisionStatistics } from '../../statistics/revisions.ts';
import {
  BAD_CHANGES,
  BAD_FACTORS,
  slidingSpans,
  spanStarts,
  UNSTABLE,
} from '../../statistics/sliding-spans.ts';
import { answerWith } from '../indicator.ts';

/** The shortest span with a season of three years; half a year apart, so that four years have three of them. */
const SPANS = { length: 36, step: 6 };
/** The shortest run that is adjusted at all. */
const SHORTEST = 24;
/** An estimate is settled when a year of months came after it. */
const SETTLED = 12;
/** Months known after a month, by which its estimate is looked at. */
const LAGS = [0, 1, 2, 3, 6, 9];

type Told = Pick<AdjustmentAnswer, 'months' | 'qs' | 'ranks' | 'hasResidualSeason' | 'spans' | 'byLag'>;

/** How far the adjusted series of an area can be trusted: what is asked of any seasonal adjustment before it is published. */
@Injectable()
export class AdjustmentService {
  constructor(@Inject(AdjustedSeriesService) private readonly series: AdjustedSeriesService) {}

  /** @throws EngineError */
  async diagnostics(
    { meta, vintage, area }: AreaContext,
    { track, measure }: AdjustmentQuestion,
  ): Promise<AdjustmentAnswer> {
    const found = await this.series.logsOf(vintage, { track, measure }, area);
    const frame = { meta, area: areaOf(area), track, measure, residualP: RESIDUAL_P };
    if ('reason' in found) return { ...frame, reason: found.reason, ...nothing(found.reason) };
    const whole: AdjustableRun = { months: found.months, logs: found.logs, given: found.given ?? [] };
    const count = whole.months.length;
    const starts = spanStarts(count, SPANS);
    const ends = Array.from({ length: Math.max(0, count - SHORTEST) }, (_, index) => SHORTEST + index);
    const [full, ...parts] = await this.series.adjusted(vintage, [
      whole,
      ...starts.map((start) => cut(whole, start, start + SPANS.length)),
      ...ends.map((end) => cut(whole, 0, end)),
    ]);
    if (!full) throw new Error('the engine gave no season');
    const truncated = new Map(ends.map((end, index) => [end, at(parts, starts.length + index)]));
    const ofSpans = starts.map((start, index) => ({ start, run: at(parts, index) }));
    return { ...frame, reason: null, ...told(whole, full, ofSpans, truncated.set(count, full)) };
  }
}

const cut = ({ months, logs, given }: AdjustableRun, from: number, to: number): AdjustableRun => ({
  months: months.slice(from, to),
  logs: logs.slice(from, to),
  given,
});

function told(
  { logs }: AdjustableRun,
  full: AdjustedRun,
  ofSpans: readonly { start: number; run: AdjustedRun }[],
  byEnd: ReadonlyMap<number, AdjustedRun>,
): Told {
  const tests = {
    qs: qs(full.adjusted),
    ranks: seasonOfRanks(full.adjusted.map((log, index) => log - at(full.trend, index))),
  };
  const asked = [tests.qs, tests.ranks].filter((test) => test !== null);
  const spans = slidingSpans(
    ofSpans.map(({ start, run }) => ({
      start,
      factors: run.adjusted.map((log, index) => Math.exp(at(logs, start + index) - log)),
      adjusted: run.adjusted.map(Math.exp),
    })),
  );
  return {
    months: logs.length,
    qs: testOf(tests.qs),
    ranks: testOf(tests.ranks),
    hasResidualSeason: asked.length === 0 ? null : asked.some(({ p }) => p < RESIDUAL_P),
    spans: spansOf(
      ofSpans.length,
      known(spans?.unstableFactors ?? null, 'too-little-data'),
      known(spans?.unstableChanges ?? null, 'too-little-data'),
    ),
    byLag: LAGS.map((lag) => revisionsAfter(lag, full, byEnd)),
  };
}

/** How the estimates of months changed from when `lag` months after them were known to when all are. */
function revisionsAfter(lag: number, full: AdjustedRun, byEnd: ReadonlyMap<number, AdjustedRun>) {
  const last = full.adjusted.length - 1 - SETTLED;
  const revisions = (of: keyof AdjustedRun) =>
    Array.from({ length: Math.max(0, last + 1) }, (_, month) => month).flatMap((month) => {
      const then = byEnd.get(month + lag + 1);
      return then ? [Math.exp(at(full[of], month) - at(then[of], month)) - 1] : [];
    });
  const [adjusted, trend] = [revisions('adjusted'), revisions('trend')];
  const figures = (values: readonly number[]) => {
    const found = revisionStatistics(values);
    const told = (value: number | undefined) => known(value ?? null, 'too-little-data');
    return [told(found?.meanAbsolute), told(found?.p95)] as const;
  };
  const [[adjustedMean, adjustedP95], [trendMean, trendP95]] = [figures(adjusted), figures(trend)];
  return { lag, months: adjusted.length, adjusted: adjustedMean, adjustedP95, trend: trendMean, trendP95 };
}

const testOf = (test: SeasonTest | null) => ({
  statistic: known(test?.statistic ?? null, 'too-little-data'),
  p: known(test?.p ?? null, 'too-little-data'),
});

const spansOf = (count: number, factors: BriefFigure, changes: BriefFigure): AdjustmentAnswer['spans'] => ({
  ...{ count, length: SPANS.length, limit: UNSTABLE, factors, changes },
  ...{ badFactors: BAD_FACTORS, badChanges: BAD_CHANGES },
});

function nothing(reason: Reason): Told {
  const none = unknown(reason);
  const test = { statistic: none, p: none };
  return {
    months: 0,
    qs: test,
    ranks: test,
    hasResidualSeason: null,
    spans: spansOf(0, none, none),
    byLag: [],
  };
}

export const adjustmentAnswerer = answerWith(
  'adjustment',
  'area',
  AdjustmentService,
  (service, context, question) => service.diagnostics(context, question),
);
