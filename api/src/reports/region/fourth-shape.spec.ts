/** Reports that were published with growth of the same shops and levels, before data sets told of the sizes of orders. */
import type { BriefFigure } from '@beltline/contract';
import { FOURTH_SHAPE } from './fourth-shape.fixture.ts';
import { digestOfGiven } from './given-bytes.fixture.ts';
import type { Edition } from './region-data.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const EDITION: Edition = {
  ...{ number: 'BL-2026-0010', day: '2026-02-12' },
  revision: {
    ...{ of: 'BL-2026-0003', reason: null, monthsSince: ['2024-01'] },
    changes: [
      {
        ...{
          level: 'nation',
          area: '',
          name: { zh: '全国', en: 'Nation' },
          track: 'all',
          measure: 'same-store',
        },
        ...{ before: SUPPRESSED, after: figure(0.05), by: null },
      },
      {
        ...{
          level: 'nation',
          area: '',
          name: { zh: '全国', en: 'Nation' },
          track: 'all',
          measure: 'leavers',
        },
        ...{ month: '2024-12', before: figure(0.1), after: figure(0.05), by: -0.05 },
      },
    ],
  },
};

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '3e18f14500005b8fa2e289a5d7a5e0a6f225f5dce306b5f93434c9c16c372933';

test('a data set of the fourth shape gives the bytes that it gave', () => {
  expect(digestOfGiven(FOURTH_SHAPE, EDITION)).toBe(GIVEN);
});
