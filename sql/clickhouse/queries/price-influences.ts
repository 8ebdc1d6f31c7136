import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { PRICED_PERIODS } from './priced-periods.ts';
import { numbers, wholesOrText } from './row-types.ts';

/** What each legal owner adds to figures that are linear in the sums of price links. */
export const priceInfluences = defineQuery({
  file: 'price-influences',
  parameters: [
    ...PRICED_PERIODS.parameters,
    'from_periods',
    'to_periods',
    'of_value0',
    'of_value1',
    'of_tornqvist0',
    'of_tornqvist1',
  ],
  row: z.object({ figure: z.number().int(), owner_seeds: wholesOrText, added: numbers }),
  example: {
    ...PRICED_PERIODS.example,
    from_periods: [0, 0],
    to_periods: [0, 1],
    of_value0: [
      [0, 1],
      [0.5, 0],
    ],
    of_value1: [
      [0, 0],
      [0.5, 0],
    ],
    of_tornqvist0: [
      [0, 0],
      [10, 0],
    ],
    of_tornqvist1: [
      [0, 0],
      [10, 0],
    ],
  },
});
