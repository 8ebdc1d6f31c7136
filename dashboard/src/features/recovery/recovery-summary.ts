import type { BriefFigure, Figure, RecoveryAnswer, RecoveryPoint } from '@beltline/contract';
import { NEUTRAL } from '../../charts/breadth-option.ts';
import { drawnLevel, REFERENCE_LEVEL } from '../../charts/recovery-level-option.ts';
import { turningName } from '../../charts/recovery-value-option.ts';
import { periodBuckets } from '../../charts/time-axis.ts';
import type { DateFormat } from '../../format/date-format.ts';
import { asSureAs, growthPhrase, growthWords } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { SureRates } from './useFlow.ts';
import type { Translate } from '../../i18n/translate.ts';

interface Words {
  numbers: NumberFormat;
  dates: DateFormat;
  t: Translate;
}

/** The months up to the one in view: what is said of the last one is said of that. */
const untilMonth = <P extends { month: string }>(of: readonly P[], month: string | null): readonly P[] =>
  month === null ? of : of.filter((one) => one.month <= month);

const completeOf = (points: readonly RecoveryPoint[]) =>
  points.filter((point) => point.coverage >= 1 && point.value.value !== null);

/** How many of the last complete months are adjusted anew with each further one, as their sentence says. */
const REVISED = 3;

/** Sentences one after the other; those that have nothing to say are left out. */
function joined(sentences: readonly (string | null)[], t: Translate): string {
  return sentences
    .filter((sentence): sentence is string => sentence !== null)
    .reduce((first, second) => t('recovery.join', { first, second }));
}

/** The last complete month as it was and as adjusted, the last turning point, and the estimate of a running month. */
export function valueSummary(answer: RecoveryAnswer, words: Words): string {
  return joined(
    [monthSentence(answer, words), turningSentence(answer, words), nowcastSentence(answer, words)],
    words.t,
  );
}

function monthSentence(
  { points, month, unit, measure, adjustedReason }: RecoveryAnswer,
  { numbers, dates, t }: Words,
): string {
  const complete = completeOf(points);
  const latest = untilMonth(complete, month).at(-1);
  if (latest?.value.value == null) return t('recovery.valueSummaryNone');
  const told = {
    month: dates.month(latest.month),
    measure: t(`measure.${measure}`),
    value: numbers.compact(latest.value.value, unit),
  };
  const { adjusted, trend } = latest;
  if (adjusted.value === null || trend.value === null)
    return t(adjustedReason === 'not-loaded' ? 'recovery.valueSummaryGap' : 'recovery.valueSummaryRaw', {
      ...told,
      reason: t(`reason.${adjustedReason ?? 'no-data'}`),
    });
  const isRevised = complete.slice(-REVISED).includes(latest);
  return t(isRevised ? 'recovery.valueSummary' : 'recovery.valueSummarySettled', {
    ...told,
    adjusted: numbers.compact(adjusted.value, unit),
    trend: numbers.compact(trend.value, unit),
  });
}

function turningSentence({ turningPoints, month }: RecoveryAnswer, { dates, t }: Words): string | null {
  const last = untilMonth(turningPoints, month).at(-1);
  if (!last) return null;
  return t('recovery.turningSummary', { month: dates.month(last.month), turning: turningName(last, t) });
}

function nowcastSentence({ nowcast, unit }: RecoveryAnswer, { numbers, dates, t }: Words): string | null {
  if (nowcast?.estimate.value == null) return null;
  const { low, high } = nowcast;
  const told = {
    month: dates.month(nowcast.month),
    estimate: numbers.compact(nowcast.estimate.value, unit),
  };
  if (low === null || high === null) return t('recovery.nowcastSummaryNoBand', told);
  return t('recovery.nowcastSummary', {
    ...told,
    low: numbers.compact(low, unit),
    high: numbers.compact(high, unit),
  });
}

/** Whether a level is back at the reference, in words: it surely is or is not, or that cannot be told, as where it has no interval. */
export function againstReference(
  { value, uncertainty }: Pick<Figure, 'value' | 'uncertainty'>,
  t: Translate,
): string {
  const isSure =
    uncertainty !== null && !(uncertainty.low < REFERENCE_LEVEL && uncertainty.high > REFERENCE_LEVEL);
  if (value === null || !isSure) return t('recovery.levelUnsure');
  return t(value >= REFERENCE_LEVEL ? 'recovery.levelAbove' : 'recovery.levelBelow');
}

/**
 * Which side of neutral a breadth (points of 100) surely is on; null without one. It says whether more merchants grow than
 * fall and not whether most do: of 24 that grow, 24 that stay and 12 that fall, breadth is 60 and fewer than half grow.
 */
export function breadthWords({ value, uncertainty }: Figure, t: Translate): string | null {
  if (value === null) return null;
  if (uncertainty === null || (uncertainty.low <= NEUTRAL && uncertainty.high >= NEUTRAL))
    return t('recovery.breadthUnsure');
  return t(value > NEUTRAL ? 'recovery.breadthAbove' : 'recovery.breadthBelow');
}

/** The last month that has a level, on which side of the reference it surely was, or that this is not known, and how far the trough has been left behind. */
export function levelSummary(
  answer: RecoveryAnswer,
  { numbers, dates, t }: Words,
  certainty: ReadonlyMap<string, Pick<SureRates, 'level' | 'lunarGrowth'>> | null = null,
): string {
  const latest = untilMonth(answer.points, answer.month).findLast((point) => point.level.value !== null);
  if (latest?.level.value == null)
    return t('recovery.levelSummaryNone', { reason: t(`reason.${answer.state.level.reason ?? 'no-data'}`) });
  const { value: level, flag } = latest.level;
  const sure = certainty?.get(latest.month) ?? null;
  const interval = sure?.level.uncertainty ?? null;
  const told = {
    month: dates.month(latest.month),
    // Without an arrow where it is not known whether its sign is by chance.
    growth:
      sure === null
        ? growthWords(latest.lunarGrowth, numbers, t).text
        : growthPhrase(asSureAs(latest.lunarGrowth, sure.lunarGrowth), numbers, t),
  };
  const whole =
    flag === 'base-too-small'
      ? t('recovery.levelSummarySmall', told)
      : interval === null
        ? t('recovery.levelSummary', {
            ...told,
            level: numbers.index(level),
            side: t(level >= REFERENCE_LEVEL ? 'recovery.monthAbove' : 'recovery.monthBelow'),
          })
        : t('recovery.levelSummarySure', {
            ...told,
            level: numbers.index(level),
            interval: t('uncertainty.between', {
              low: numbers.index(interval.low),
              high: numbers.index(interval.high),
            }),
            side: againstReference({ value: level, uncertainty: interval }, t),
          });
  return joined([whole, troughSentence(answer, { numbers, dates, t }), unknownSentence(answer, t)], t);
}

function troughSentence({ trough, month }: RecoveryAnswer, { numbers, dates, t }: Words): string | null {
  if (trough?.level.value == null) return null;
  const { regained } = trough;
  const told = { month: dates.month(trough.month), level: numbers.index(trough.level.value) };
  if (regained === null)
    return t('recovery.troughSummaryUnknown', { ...told, now: month === null ? '' : dates.month(month) });
  if (regained >= 1) return t('recovery.troughSummaryWhole', told);
  return t('recovery.troughSummary', { ...told, regained: numbers.percent(regained) });
}

/** Beside a trough: that months without a known level may have been lower. */
const unknownSentence = (answer: RecoveryAnswer, t: Translate): string | null =>
  answer.trough !== null && sinceReference(answer).some(isUnknown) ? t('recovery.troughOfKnown') : null;

/** How long ago the trough is, seen from the month in view, and how much of the loss that month has regained. */
export function troughWords({ trough, month }: RecoveryAnswer, { numbers, dates, t }: Words): string | null {
  if (trough === null || month === null) return null;
  const { monthsSince, regained } = trough;
  const told = { n: monthsSince, count: numbers.count(monthsSince), now: dates.month(month) };
  const since = t(monthsSince === 0 ? 'recovery.troughNow' : 'recovery.troughSince', told);
  if (regained === null) return t('recovery.troughUnknown', { since, ...told });
  if (monthsSince === 0) return since;
  if (regained >= 1) return t('recovery.troughRegained', { since });
  return t('recovery.troughPart', { since, regained: numbers.percent(regained) });
}

/** The months after the reference year, up to the one in view: those that a trough is looked for in. */
const sinceReference = ({
  points,
  month,
  reference,
}: Pick<RecoveryAnswer, 'points' | 'month' | 'reference'>) =>
  untilMonth(points, month).filter((point) => point.month > `${reference ?? ''}-12`);

const isUnknown = (point: RecoveryPoint) => drawnLevel(point) === null;

/** Why there is no trough: never having been below is a finding; not knowing the levels is not. */
export function noTroughWords({ points, month, reference, state }: RecoveryAnswer, t: Translate): string {
  const { value, flag, reason } = state.level;
  if (value === null) return t(`reason.${reason ?? 'no-data'}`);
  const since = sinceReference({ points, month, reference });
  if (since.some((point) => drawnLevel(point) !== null))
    return t(since.some(isUnknown) ? 'recovery.troughNoneKnown' : 'recovery.troughNone');
  return flag === 'base-too-small' ? t('flag.base-too-small') : t('reason.too-little-data');
}

/** Months that are said to stand out, by themselves or from then on. */
export const outlierMonths = ({ outliers }: Pick<RecoveryAnswer, 'outliers'>): string[] =>
  outliers.filter(({ isSure }) => isSure).map(({ month }) => month);

/** Which months stand out, and by how much; null where none does. */
export function outlierSentence(
  { outliers }: Pick<RecoveryAnswer, 'outliers'>,
  { numbers, dates, t }: Words,
): string | null {
  const said = outliers.flatMap(({ month, kind, effect, isSure }) =>
    isSure && effect.value !== null
      ? [
          t(`recovery.outlier.${kind}`, {
            month: dates.month(month),
            effect: numbers.signedPercent(effect.value),
          }),
        ]
      : [],
  );
  return said.length === 0 ? null : t('recovery.outliers', { months: said.join(t('recovery.outliersJoin')) });
}

/** The months that a state looks at, as positions among those of its chart, which shades them; null where there are none. */
export function stateBuckets({ points, state }: RecoveryAnswer, t: Translate) {
  const { period } = state.growth;
  if (period === null) return null;
  const months = points.map(({ month }) => month);
  const found = periodBuckets(months, period.firstDay.slice(0, 7), period.lastDay.slice(0, 7));
  return found && { ...found, name: t('recovery.stateMonths') };
}

/** Months of a figure: "2024年10月 – 12月". */
export function figureMonths({ period }: Figure, dates: DateFormat): string | null {
  return period && dates.months(period.firstDay.slice(0, 7), period.lastDay.slice(0, 7));
}

/**
 * The lunar-aligned growth of the month that the year-on-year headline compares. None beside January and February together:
 * the lunar days of one of them are not those of both.
 */
export function alignedGrowth({ growth, points }: RecoveryAnswer): BriefFigure | null {
  const [first, last] = [growth.period?.firstDay.slice(0, 7), growth.period?.lastDay.slice(0, 7)];
  const point = points.find(({ month }) => month === last);
  return point && first === last && point.lunarGrowth.value !== null ? point.lunarGrowth : null;
}

/** Whether the year-on-year headline stands for January and February together. */
export function isMerged({ growth, points }: RecoveryAnswer): boolean {
  const last = growth.period?.lastDay.slice(0, 7);
  return points.some((point) => point.month === last && point.merged);
}
