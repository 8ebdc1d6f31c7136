import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers } from './row-types.ts';

/** Season and trend of series, by the engine's own STL. */
export const seasonalParts = defineQuery({
  file: 'seasonal-parts',
  parameters: ['series', 'period'],
  row: z.object({
    series: z.number().int(),
    seasonal: numbers,
    trend: numbers,
  }),
  example: { series: [[1, 2, 3, 1, 2, 3, 1, 2, 3]], period: 3 },
});
