/** What a publication is called where it is listed: its subject and month. */
import type { Publication, ReportLanguage } from '@beltline/contract';
import { createReportNames, monthText } from '../documents/report-names.ts';
import { filled, REPORT_WORDS } from '../documents/report-words.ts';

export function titleOf({ region, month }: Pick<Publication, 'region' | 'month'>, language: ReportLanguage) {
  const words = REPORT_WORDS[language];
  const { kind, name } = region;
  const area = createReportNames(language).area({ area: { level: kind, name } });
  const subject = filled(words.subjects[kind], { area });
  return filled(words.title, { subject, month: monthText(month, words.locale) });
}

/** What it takes the place of, what took its place, and why it was revised. */
export function standOf(one: Publication, language: ReportLanguage): string[] {
  const words = REPORT_WORDS[language];
  return [
    ...(one.revises === null ? [] : [filled(words.revision.revises, { number: one.revises })]),
    ...(one.supersededBy === null ? [] : [filled(words.feed.superseded, { number: one.supersededBy })]),
    ...(one.reason === null ? [] : [filled(words.revision.reason, { reason: one.reason })]),
  ];
}
