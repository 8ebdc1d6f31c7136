/** Reports that were published with shares of service, before data sets told who carries growth. */
import { createHash } from 'node:crypto';
import { REPORT_LANGUAGES } from '@beltline/contract';
import { readData, writtenData } from './region-data.ts';
import { csvOf, figureList } from './report-csv.ts';
import { pageOf } from '../documents/report-page.ts';
import { regionReport } from './region-report.ts';
import { SECOND_SHAPE } from './second-shape.fixture.ts';

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '6f62e464b741f7c9a44f606c9452263e8062cdd51eea061b4eb8eebc76e1a62d';

test('a data set of the second shape gives the bytes that it gave', () => {
  const { bytes, digest } = writtenData(SECOND_SHAPE);
  const edition = { number: 'BL-2025-0008', day: '2025-02-12', revision: null };
  const given = createHash('sha256').update(bytes);
  for (const language of REPORT_LANGUAGES) {
    const report = regionReport(readData(bytes), digest, language, edition);
    given
      .update(JSON.stringify(report))
      .update(pageOf(report))
      .update(csvOf(figureList(readData(bytes), edition, language)));
  }
  expect(given.digest('hex')).toBe(GIVEN);
});
