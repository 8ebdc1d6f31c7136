import type { ComparedValue, GrowthAnswer, Measure, Track } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import { growthPhrase } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { type HeadlineCertainty, headlineFacts } from './useHeadlineCertainty.ts';

export function figureOf(answer: GrowthAnswer, track: Track, measure: Measure): ComparedValue | null {
  return answer.tracks.find((row) => row.track === track)?.measures[measure] ?? null;
}

/** The headline in one sentence, from the figures of the answer; a rate has an arrow where its sign is sure. */
export function headlineSummary(
  answer: GrowthAnswer,
  certainty: HeadlineCertainty,
  numbers: NumberFormat,
  dates: DateFormat,
  t: Translate,
): string {
  const growth = (track: Track, measure: Measure) => {
    const figure = figureOf(answer, track, measure);
    return figure === null
      ? t('reason.no-data')
      : growthPhrase(headlineFacts(figure.growth, certainty, { track, measure }), numbers, t);
  };
  const { baseline, period, comparison } = answer.meta;
  // Nothing of the period was ever loaded: neither values nor a baseline can be spoken of.
  if (period.coverage === 0) return t('headline.notLoaded', { period: dates.months(period.from, period.to) });
  if (baseline === null) {
    const value = (measure: Measure) => {
      const figure = figureOf(answer, 'all', measure);
      return figure?.value.value == null
        ? t('reason.no-data')
        : numbers.compact(figure.value.value, figure.unit);
    };
    const months = dates.months(period.from, period.to);
    return t('headline.summaryNone', {
      n: figureOf(answer, 'all', 'orders')?.value.value ?? 0,
      period: months,
      orders: value('orders'),
      gmv: value('gmv'),
    });
  }
  return t('headline.summary', {
    period: dates.months(period.from, period.to),
    orders: growth('all', 'orders'),
    gmv: growth('all', 'gmv'),
    distribution: growth('distribution', 'orders'),
    crossBorder: growth('cross-border', 'orders'),
    custom: growth('custom', 'orders'),
    comparison: t(`comparison.${comparison}`),
  });
}
