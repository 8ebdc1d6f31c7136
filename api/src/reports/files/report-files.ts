/** The files of a publication: every format in every language, of one data set. */
import { type PublicationFormat, REPORT_LANGUAGES, type ReportLanguage } from '@beltline/contract';
import { csvOf, figureList } from '../region/report-csv.ts';
import type { ReportDocument } from '../documents/report-document.ts';
import { pageOf } from '../documents/report-page.ts';
import { sheetsOf } from './report-sheets.ts';
import type { Edition, RegionData } from '../region/region-data.ts';
import { regionReport } from '../region/region-report.ts';
import { REPORT_WORDS } from '../documents/report-words.ts';

/** Those that are made; the data set itself is the JSON, and is there before them. */
export const MADE_FORMATS = ['pdf', 'xlsx', 'csv', 'html'] as const satisfies PublicationFormat[];
export type MadeFormat = (typeof MADE_FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<PublicationFormat, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

export interface MadeFile {
  readonly language: ReportLanguage;
  readonly format: MadeFormat;
  readonly bytes: Buffer;
}

export interface ToPublish {
  readonly data: RegionData;
  readonly digest: string;
  readonly edition: Edition;
}
export type Wanted = Pick<MadeFile, 'language' | 'format'>;
export const EVERY_FILE: readonly Wanted[] = REPORT_LANGUAGES.flatMap((language) =>
  MADE_FORMATS.map((format) => ({ language, format })),
);

/** One file. The same of the same has the same bytes. `pdfOf`: sets a document; it holds the thread for a second, as a workbook does for some hundredths. */
export async function fileOf(
  { data, digest, edition }: ToPublish,
  { language, format }: Wanted,
  pdfOf: (document: ReportDocument) => Buffer,
): Promise<MadeFile> {
  const report = regionReport(data, digest, language, edition);
  const list = { ...figureList(data, edition, language), name: REPORT_WORDS[language].list.name };
  const make: Record<MadeFormat, () => Buffer | Promise<Buffer>> = {
    pdf: () => pdfOf(report),
    html: () => pageOf(report),
    csv: () => csvOf(list),
    xlsx: () => sheetsOf(report, list),
  };
  return { language, format, bytes: await make[format]() };
}
