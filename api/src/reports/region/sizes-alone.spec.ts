/** Reports that were published with the sizes of orders, before data sets told of the largest sellers. */
import { digestOfGiven } from './given-bytes.fixture.ts';
import { SMALL_ORDERS_REVISED, withSmallOrders } from './small-orders.fixture.ts';
import { THIRD_SHAPE } from './third-shape.fixture.ts';

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '8f73f12cf452804699e2ea9c27c63ab33bf33685774e8a4a1116811356973bc2';

test('a data set that tells of small orders alone gives the bytes that it gave', () => {
  expect(digestOfGiven(withSmallOrders(THIRD_SHAPE, 31), SMALL_ORDERS_REVISED)).toBe(GIVEN);
});
