/** Reports that were published before data sets told of service. */
import { createHash } from 'node:crypto';
import { REPORT_LANGUAGES } from '@beltline/contract';
import { FIRST_SHAPE } from './first-shape.fixture.ts';
import { readData, writtenData } from './region-data.ts';
import { regionReport } from './region-report.ts';
import { csvOf, figureList } from './report-csv.ts';

/** As the program gave them before it knew of service; of the data set, the document and the list in both languages. */
const GIVEN = 'f84207743d9c5277efa50ee167b1f7be6273b69a59bb18ee2453ce93e01f0fdb';

test('a data set of the first shape gives the bytes that it gave', () => {
  const { bytes, digest } = writtenData(FIRST_SHAPE);
  const edition = { number: 'BL-2025-0007', day: '2025-02-12', revision: null };
  const given = createHash('sha256').update(bytes);
  for (const language of REPORT_LANGUAGES)
    given
      .update(JSON.stringify(regionReport(readData(bytes), digest, language, edition)))
      .update(csvOf(figureList(readData(bytes), edition, language)));
  expect(given.digest('hex')).toBe(GIVEN);
});
