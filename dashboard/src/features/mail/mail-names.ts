/** What mails are called on the page. */
import type { MailDelivered, ReportLanguage, Subscription } from '@beltline/contract';
import { type Said, regionName } from '../reports/report-names.ts';

export const languageOf = (locale: string): ReportLanguage => (locale === 'zh-CN' ? 'zh' : 'en');

export function subscriptionName({ area }: Subscription, said: Omit<Said, 'dates'>): string {
  if (area === null) return said.t('mail.standingTitle');
  return regionName({ kind: area.kind, id: area.region, name: area.name }, said);
}

export function deliveryName(
  { topic, month, area, number }: MailDelivered,
  { t, dates, names }: Said,
): string {
  if (topic === 'confirm') return t('mail.confirmation');
  const when = month === null ? '' : dates.month(month);
  if (topic === 'standing') return t('mail.standingOf', { month: when });
  const region = area === null ? '' : regionName({ ...area, id: '' }, { names, t });
  return [t('reports.of', { region, month: when }), number].filter(Boolean).join(' · ');
}
