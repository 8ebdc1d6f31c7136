/** Reports that were published with shares of service, before data sets told who carries growth. */
import { digestOfGiven } from './given-bytes.fixture.ts';
import { SECOND_SHAPE } from './second-shape.fixture.ts';

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '6f62e464b741f7c9a44f606c9452263e8062cdd51eea061b4eb8eebc76e1a62d';

test('a data set of the second shape gives the bytes that it gave', () => {
  expect(digestOfGiven(SECOND_SHAPE, { number: 'BL-2025-0008', day: '2025-02-12', revision: null })).toBe(
    GIVEN,
  );
});
