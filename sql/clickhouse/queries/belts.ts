import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** All belts as of a version. */
export const belts = defineQuery({
  file: 'belts',
  parameters: ['data_version', 'as_of'],
  row: z.object({
    belt_id: z.string(),
    name_zh: z.string(),
    name_en: z.string(),
    province: z.string(),
    city: z.string(),
    county: z.string(),
    adcode: z.string(),
    category_zh: z.string(),
    category_en: z.string(),
    longitude: z.number().nullable(),
    latitude: z.number().nullable(),
    merchants: whole,
  }),
  example: { data_version: 1, as_of: '2024-03-10' },
});
