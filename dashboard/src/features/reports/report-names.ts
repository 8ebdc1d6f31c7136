/** What reports are called on the page. */
import type { Publication, ReportArea } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import type { Names } from '../../i18n/names.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The largest first. */
export const KINDS = ['nation', 'province', 'city', 'belt'] as const satisfies readonly ReportArea[];

export interface Said {
  readonly names: Names;
  readonly dates: Pick<DateFormat, 'month'>;
  readonly t: Translate;
}

/** An area by its name; of the nation, in the reader's language. */
export const regionName = (
  { kind, name }: Publication['region'],
  { names, t }: Omit<Said, 'dates'>,
): string => (kind === 'nation' ? t('reports.nation') : names.area({ level: kind, name }));

export const reportName = (report: Pick<Publication, 'region' | 'month'>, said: Said): string =>
  said.t('reports.of', { region: regionName(report.region, said), month: said.dates.month(report.month) });

/** Whether two reports are editions of one another. */
export const areEditions = (one: Publication, other: Publication): boolean =>
  one.source === other.source &&
  one.month === other.month &&
  one.region.kind === other.region.kind &&
  one.region.id === other.region.id;
