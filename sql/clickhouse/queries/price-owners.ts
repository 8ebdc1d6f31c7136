import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { PRICED_PERIODS } from './priced-periods.ts';
import { numbers } from './row-types.ts';

/** What each legal owner adds to the sums of a price index between two periods. */
export const priceOwners = defineQuery({
  file: 'price-owners',
  parameters: PRICED_PERIODS.parameters,
  row: z.object({
    /** Owner by owner, each with all eight sums. */
    sums: numbers,
  }),
  example: PRICED_PERIODS.example,
});
