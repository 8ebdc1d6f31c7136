import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers, wholes } from './row-types.ts';
import { WEIGHTS } from './weights.ts';

/** What each merchant of a data version sold in each month, and whose it is; packed row by row, for there are millions of numbers. */
export const merchantMonths = defineQuery({
  file: 'merchant-months',
  parameters: ['data_version', ...WEIGHTS.parameters, 'slices'],
  row: z.object({
    belt_id: z.string(),
    merchant_keys: wholes.transform((keys) => Float64Array.from(keys)),
    owner_seeds: wholes.transform((seeds) => Float64Array.from(seeds)),
    cell_counts: wholes.transform((counts) => Uint32Array.from(counts)),
    month_nos: wholes.transform((months) => Uint32Array.from(months)),
    combinations: wholes.transform((combinations) => Uint16Array.from(combinations)),
    amounts: numbers.transform((amounts) => Float64Array.from(amounts)),
    of_two_owners: z.number().int(),
  }),
  example: { data_version: 1, ...WEIGHTS.example, slices: 2 },
});
