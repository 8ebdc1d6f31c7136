/** Reports that were published with the sizes of orders, before data sets told of channels and destinations. */
import { FOURTH_SHAPE } from './fourth-shape.fixture.ts';
import { digestOfGiven } from './given-bytes.fixture.ts';
import { SMALL_ORDERS_REVISED, withSmallOrders } from './small-orders.fixture.ts';

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '4087ae82be37a5ba1cbcf0a60835e1dc09b186ab318308bb803ab5b1fb354b4e';

test('a data set of the fifth shape gives the bytes that it gave', () => {
  expect(digestOfGiven(withSmallOrders(FOURTH_SHAPE, 0), SMALL_ORDERS_REVISED)).toBe(GIVEN);
});
