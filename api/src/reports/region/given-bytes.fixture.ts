import { createHash } from 'node:crypto';
import { REPORT_LANGUAGES } from '@beltline/contract';
import { pageOf } from '../documents/report-page.ts';
import { type Edition, readData, type RegionData, writtenData } from './region-data.ts';
import { regionReport } from './region-report.ts';
import { csvOf, figureList } from './report-csv.ts';

/** SHA-256 of what a publication of an earlier shape is given as: its data set, and the document, the page and the list in both languages. */
export function digestOfGiven(data: RegionData, edition: Edition): string {
  const { bytes, digest } = writtenData(data);
  const given = createHash('sha256').update(bytes);
  for (const language of REPORT_LANGUAGES) {
    const report = regionReport(readData(bytes), digest, language, edition);
    given
      .update(JSON.stringify(report))
      .update(pageOf(report))
      .update(csvOf(figureList(readData(bytes), edition, language)));
  }
  return given.digest('hex');
}
