import { z } from 'zod';
import { defineQuery } from '../query.ts';

/** Season and trend of series, by the engine's own STL. */
export const seasonalParts = defineQuery({
  file: 'seasonal-parts',
  parameters: ['series', 'period'],
  row: z.object({
    series: z.number().int(),
    seasonal: z.array(z.number()),
    trend: z.array(z.number()),
  }),
  example: { series: [[1, 2, 3, 1, 2, 3, 1, 2, 3]], period: 3 },
});
