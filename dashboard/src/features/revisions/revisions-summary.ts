import type { AdjustmentAnswer, BriefFigure, LagRevisions, RevisionsAnswer } from '@beltline/contract';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** What is looked at: values of months, or their growth on the year before. */
export type RevisionsOf = 'levels' | 'growth';
type Words = { readonly numbers: NumberFormat; readonly t: Translate };
export type RevisedMonth = RevisionsAnswer['months'][number];

const FIRST_PRINT = 0;

/** A revision in words: per cent of a value, points of a growth rate. */
export function revisionWords(of: RevisionsOf, { numbers, t }: Words) {
  if (of === 'levels') return { size: numbers.finePercent, signed: numbers.signedFinePercent };
  const signed = (points: number) => t('revisions.points', { points: numbers.signedPoints(points) });
  return { size: (points: number) => signed(Math.abs(points)).replace('+', ''), signed };
}

/** Months of which more than one figure was published, the newest first: what the triangle shows. */
export const monthsRevised = ({ months }: RevisionsAnswer, of: RevisionsOf): RevisedMonth[] =>
  months.filter((month) => revisionOf(month, of).value !== null).reverse();

/** From the first figure to the latest. */
export const revisionOf = (month: RevisedMonth, of: RevisionsOf): BriefFigure =>
  of === 'levels' ? month.revised : month.growthRevised;

/** The statistics of first prints, where there are any. */
export const ofFirstPrints = (answer: RevisionsAnswer, of: RevisionsOf): LagRevisions | null =>
  answer[of].find(({ lag }) => lag === FIRST_PRINT) ?? null;

/** What first figures were like and from when on they are final, in words for ten seconds. */
export function revisionsSummary(answer: RevisionsAnswer, of: RevisionsOf, { numbers, t }: Words): string {
  const first = ofFirstPrints(answer, of);
  const { mean, low, high, p95, months } = first ?? {};
  const words = revisionWords(of, { numbers, t });
  const isTold = mean?.value != null && low?.value != null && high?.value != null && p95?.value != null;
  if (!isTold) return t('revisions.notYet', { seenFor: answer.rule.seenFor, count: months ?? 0 });
  return t('revisions.summary', {
    n: months ?? 0,
    count: months ?? 0,
    direction: directionOf({ mean: mean.value ?? 0, low: low.value ?? 0, high: high.value ?? 0 }, words, t),
    p95: words.size(p95.value ?? 0),
    finality: settledWords(answer, of, t),
  });
}

/** A first figure that was revised downward was too high. What chance could have done is not called a direction. */
function directionOf(
  { mean, low, high }: { mean: number; low: number; high: number },
  { size, signed }: ReturnType<typeof revisionWords>,
  t: Translate,
): string {
  if (high < 0) return t('revisions.tooHigh', { mean: size(Math.abs(mean)) });
  if (low > 0) return t('revisions.tooLow', { mean: size(mean) });
  return t('revisions.byChance', { mean: signed(mean), low: signed(low), high: signed(high) });
}

function settledWords(answer: RevisionsAnswer, of: RevisionsOf, t: Translate): string {
  const lag = answer[of].find(({ finality }) => finality === 'final')?.lag;
  if (lag === FIRST_PRINT) return t('revisions.settledAtOnce');
  if (lag !== undefined)
    return lag > answer.rule.lastLag
      ? t('revisions.settledLater', { lag: answer.rule.lastLag })
      : t('revisions.settled', { lag });
  const isUnknown = answer[of].every(({ finality }) => finality === 'unknown');
  return isUnknown ? t('revisions.unknownYet', { months: answer.rule.months }) : t('revisions.notSettled');
}

/** Sizes from which on a cell has the next colour. */
export const REVISION_STEPS = [0.001, 0.005, 0.01] as const;

/** Class of a cell: which way it was revised, and how far; none where hardly. */
export function revisionClass(revision: number | null): string | undefined {
  const size = Math.abs(revision ?? 0);
  const step = REVISION_STEPS.filter((from) => size >= from).length;
  return step === 0 ? undefined : `${(revision ?? 0) > 0 ? 'up' : 'down'}-${step}`;
}

/** What the diagnostics of an adjustment say, a sentence each. */
export function adjustmentSentences(answer: AdjustmentAnswer, { numbers, t }: Words): string[] {
  const { qs, ranks, hasResidualSeason, spans } = answer;
  const p = ({ value }: BriefFigure) =>
    value === null ? '–' : value < 0.001 ? '<0.001' : numbers.coefficient(value);
  const tested = {
    qs: qs.statistic.value === null ? '–' : numbers.index(qs.statistic.value),
    qsP: p(qs.p),
    ranksP: p(ranks.p),
  };
  const season =
    hasResidualSeason === null
      ? t('adjustment.noTest')
      : t(hasResidualSeason ? 'adjustment.hasSeason' : 'adjustment.noSeason', tested);
  return [season, spansSentence(spans, { numbers, t }), ...revisedSentence(answer, { numbers, t })];
}

function spansSentence(spans: AdjustmentAnswer['spans'], { numbers, t }: Words): string {
  const [factors, changes] = [spans.factors.value, spans.changes.value];
  if (factors === null || changes === null) return t('adjustment.noSpans');
  const isBad = factors > spans.badFactors || changes > spans.badChanges;
  const told = t('adjustment.spans', {
    ...{ count: spans.count, length: spans.length, limit: numbers.axisPercent(spans.limit) },
    ...{ changes: numbers.axisPercent(changes), factors: numbers.axisPercent(factors) },
  });
  const bounds = {
    badChanges: numbers.axisPercent(spans.badChanges),
    badFactors: numbers.axisPercent(spans.badFactors),
  };
  return `${told} ${isBad ? t('adjustment.unstable', bounds) : t('adjustment.stable')}`;
}

function revisedSentence({ byLag }: AdjustmentAnswer, { numbers, t }: Words): string[] {
  const [first] = byLag;
  if (!first || first.adjusted.value === null || first.trend.value === null) return [];
  const told = { adjusted: numbers.percent(first.adjusted.value), trend: numbers.percent(first.trend.value) };
  return [t('adjustment.revised', told)];
}
