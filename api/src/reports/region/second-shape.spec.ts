/** Reports that were published with shares of service, before data sets told who carries growth. */
import { createHash } from 'node:crypto';
import {
  type ReleasedArea,
  type ReleasedShare,
  REPORT_LANGUAGES,
  SERVICE_MEASURES,
} from '@beltline/contract';
import { FIRST_SHAPE } from './first-shape.fixture.ts';
import { readData, type RegionData, writtenData } from './region-data.ts';
import { csvOf, figureList } from './report-csv.ts';
import { pageOf } from '../documents/report-page.ts';
import { regionReport } from './region-report.ts';

const STATES = ['shown', 'suppressed', 'no-data', 'shown', 'shown'] as const;
const serviceOf = (no: number): ReleasedShare[] =>
  SERVICE_MEASURES.map((measure, at) => {
    const state = STATES[(no + at) % STATES.length] ?? 'shown';
    // Nothing and everything among them, as they are rounded.
    if (state === 'shown')
      return {
        measure,
        state,
        share: { value: ((no * 7 + at * 250) % 1_001) / 1_000, flag: 'final', reason: null },
      };
    if (state === 'suppressed')
      return { measure, state, share: { value: null, flag: 'suppressed', reason: 'confidential' } };
    return { measure, state, share: { value: null, flag: 'not-available', reason: 'no-data' } };
  });
const served = (area: ReleasedArea, no: number): ReleasedArea => ({ ...area, service: serviceOf(no) });
const SECOND_SHAPE: RegionData = {
  ...{ ...FIRST_SHAPE, format: 2 },
  nation: served(FIRST_SHAPE.nation, 0),
  province: FIRST_SHAPE.province && served(FIRST_SHAPE.province, 3),
  cities: FIRST_SHAPE.cities.map((city) => served(city, 1)),
  belts: FIRST_SHAPE.belts.map((belt, no) => served(belt, 2 + no)),
  history: FIRST_SHAPE.history.map((month, no) => (no < 8 ? month : { ...month, service: serviceOf(no) })),
};

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
