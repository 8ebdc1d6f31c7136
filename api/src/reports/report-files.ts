/** The files of a publication: every format in every language, of one data set. */
import { type PublicationFormat, REPORT_LANGUAGES, type ReportLanguage } from '@beltline/contract';
import { csvOf, figureList } from './report-csv.ts';
import { pageOf } from './report-page.ts';
import { sheetsOf } from './report-sheets.ts';
import type { Edition, RegionData } from './region-data.ts';
import { regionReport } from './region-report.ts';
import { REPORT_WORDS } from './report-words.ts';
import type { Typesetter } from './typesetter.service.ts';

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

/** One file. The same of the same has the same bytes. @throws Error where the typesetter cannot */
export async function fileOf(
  { data, digest, edition }: ToPublish,
  language: ReportLanguage,
  format: MadeFormat,
  typesetter: Typesetter,
): Promise<Buffer> {
  const report = regionReport(data, digest, language, edition);
  switch (format) {
    case 'pdf':
      return typesetter.pdf(report);
    case 'html':
      return pageOf(report);
    case 'csv':
      return csvOf(figureList(data, edition, language));
    case 'xlsx': {
      const { name } = REPORT_WORDS[language].list;
      return sheetsOf(report, { ...figureList(data, edition, language), name });
    }
  }
}

export async function filesOf(of: ToPublish, typesetter: Typesetter): Promise<MadeFile[]> {
  const files: MadeFile[] = [];
  for (const language of REPORT_LANGUAGES)
    for (const format of MADE_FORMATS)
      files.push({ language, format, bytes: await fileOf(of, language, format, typesetter) });
  return files;
}
