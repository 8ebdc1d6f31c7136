import { z } from 'zod';
import { defineQuery } from '../query.ts';

/** In which belts each legal owner of a source sold. */
export const ownerBelts = defineQuery({
  file: 'owner-belts',
  parameters: ['data_version', 'from', 'to'],
  row: z.object({ owner: z.string(), belts: z.array(z.string()) }),
  example: { data_version: 1, from: '2024-01-01', to: '2025-12-01' },
});
