import { z } from 'zod';
import { beltId, bilingual, LONGEST_NAME_BYTES } from './vocabulary.ts';

/**
 * An area is a set of belts: one belt, all belts of a category, of a city or of a province, or the nation. A question
 * names at most one of `belt`, `province` (with or without `city`) and `category`; naming none asks for the nation.
 */
export const AREA_LEVELS = ['nation', 'province', 'city', 'category', 'belt'] as const;
export const areaLevel = z.enum(AREA_LEVELS);
export type AreaLevel = z.infer<typeof areaLevel>;

const name = z.string().min(1).max(LONGEST_NAME_BYTES);

/** The query parameters that name an area, to be spread into a question's schema. */
export const areaParameters = {
  belt: beltId.optional(),
  province: name.optional(),
  /** Names of cities are unique within a province only. */
  city: name.optional(),
  /** The Chinese name of a belt's goods. */
  category: name.optional(),
};
export type AreaQuestion = {
  belt?: string | undefined;
  province?: string | undefined;
  city?: string | undefined;
  category?: string | undefined;
};

/** Adds an issue that names the field where a question names more than one area, or a city without its province. */
export function checkOneArea(context: { value: AreaQuestion; issues: z.core.$ZodRawIssue[] }): void {
  const { value: question } = context;
  const fault = (path: keyof AreaQuestion, message: string) =>
    context.issues.push({ code: 'custom', message, path: [path], input: question });
  if (question.city !== undefined && question.province === undefined) {
    fault('city', 'names of cities repeat; give the province too');
  }
  const named = (['belt', 'province', 'category'] as const).filter((key) => question[key] !== undefined);
  for (const key of named.slice(1)) fault(key, `give one area only; ${named[0]} is given too`);
}

/** The area that an answer is about. `id`: the belt's id, `province`, `province/city`, the category, or '' (nation). */
export const area = z.object({
  level: areaLevel,
  id: z.string(),
  name: bilingual,
  /** Number of belts in it. */
  belts: z.number().int(),
});
export type Area = z.infer<typeof area>;
