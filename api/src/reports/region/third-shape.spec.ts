/** Reports that were published with who carries growth, before data sets told of growth of the same shops. */
import { digestOfGiven } from './given-bytes.fixture.ts';
import type { Edition } from './region-data.ts';
import { THIRD_SHAPE } from './third-shape.fixture.ts';

const EDITION: Edition = {
  ...{ number: 'BL-2025-0009', day: '2025-02-12' },
  revision: {
    ...{ of: 'BL-2025-0003', reason: null, monthsSince: ['2024-01'] },
    changes: [
      {
        ...{ level: 'nation', area: '', name: { zh: '全国', en: 'Nation' }, track: 'custom', measure: 'gmv' },
        ...{
          before: { value: 1.5, flag: 'final', reason: null },
          after: { value: 2.25, flag: 'final', reason: null },
        },
        by: 0.75,
      },
    ],
  },
};

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '300789f27f688bf458fecc0cd3aa1a77d5b5bbfafedc2f0566846ca766038dc1';

test('a data set of the third shape gives the bytes that it gave', () => {
  expect(digestOfGiven(THIRD_SHAPE, EDITION)).toBe(GIVEN);
});
