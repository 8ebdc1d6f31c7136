import { z } from 'zod';
import { beltName, meta } from './indicator.ts';

export const belt = beltName.extend({
  adcode: z.string(),
  longitude: z.number().nullable(),
  latitude: z.number().nullable(),
  merchants: z.number().int(),
});
export type Belt = z.infer<typeof belt>;
export const beltsAnswer = z.object({ meta, belts: z.array(belt) });
export type BeltsAnswer = z.infer<typeof beltsAnswer>;
export const beltAnswer = z.object({ meta, belt });
export type BeltAnswer = z.infer<typeof beltAnswer>;
