import type { QualityAnswer } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

interface Words {
  numbers: NumberFormat;
  dates: DateFormat;
  t: Translate;
}

/** Months as a list; a run of them is named one by one, since each is missing by itself. */
export const monthList = (months: readonly string[], { dates, t }: Words): string =>
  months.map((month) => dates.month(month)).join(t('link.join'));

/** What a statistics office asks first, a sentence each. What is not known is not said. */
export function qualitySummary(answer: QualityAnswer, words: Words): string[] {
  const { numbers, t } = words;
  const { completeness, accuracy, agreement } = answer;
  const { loads, notLoaded } = completeness;
  const missing =
    notLoaded.length === 0
      ? t('quality.summaryNoneMissing')
      : t('quality.summaryMissing', { months: monthList(notLoaded, words) });
  const said = [t('quality.summaryLoaded', { months: numbers.count(completeness.months), missing })];
  if (loads) {
    said.push(
      t('quality.summaryRejected', {
        read: numbers.count(loads.read),
        rejected: numbers.count(loads.rejected),
        share: loads.rejectedShare === null ? '–' : numbers.percent(loads.rejectedShare),
      }),
    );
  }
  if (answer.month === null) return [...said, t('quality.noMonth')];
  const { largest } = accuracy;
  return [
    ...said,
    t('quality.summaryStates', {
      areas: t('level.counted.belt', { count: numbers.count(accuracy.belts), n: accuracy.belts }),
      sure: numbers.count(accuracy.sure),
      likely: numbers.count(accuracy.likely),
      undetermined: numbers.count(accuracy.undetermined),
    }),
    largest.reason === null
      ? t('quality.summaryLargest', {
          changed: numbers.count(largest.changed),
          claims: numbers.count(largest.claimsChanged),
        })
      : t('quality.summaryNoLargest', { reason: t(`reason.${largest.reason}`) }),
    t('quality.summaryAgreement', {
      measure: t(`measure.${answer.measure}`),
      other: t(`measure.${agreement.other}`),
      both: numbers.count(agreement.both),
      differ: numbers.count(agreement.differ),
    }),
  ];
}
