import { z } from 'zod';

/**
 * How the engine writes values, and what they become. 64-bit numbers and decimals arrive as text, so that none is
 * rounded on the way.
 */

/** Hundredths as a safe integer: exact for money to the cent, and for counts, below 9 × 10^13. */
export type Hundredths = number;

/** A sum of money or of things, as hundredths. */
export const hundredths = z.union([z.string(), z.number().int()]).transform((value, context): Hundredths => {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(value));
  const size = match ? Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0')) : Number.NaN;
  if (Number.isSafeInteger(size)) return match?.[1] && size !== 0 ? -size : size;
  context.addIssue({ code: 'custom', message: `not a sum that can be kept exactly: ${String(value)}` });
  return z.NEVER;
});

/** A count, an id or a version. */
export const whole = z
  .union([z.string().regex(/^-?\d+$/), z.number()])
  .transform(Number)
  .pipe(z.number().int());

/** A moment in UTC, as ISO 8601. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/)
  .transform((text) => `${text.replace(' ', 'T')}Z`);

/** A calendar day `YYYY-MM-DD`. */
export const calendarDay = z.iso.date();

/** Many numbers of one row: looked at one by one as a schema each, a hundred thousand would take as long as the query. */
export const numbers = z.custom<number[]>(
  (value) => Array.isArray(value) && value.every(Number.isFinite),
  'not an array of numbers',
);

/** The same of whole ones. */
export const wholes = z.custom<number[]>(
  (value) => Array.isArray(value) && value.every(Number.isSafeInteger),
  'not an array of whole numbers',
);

/** Many texts of one row. */
export const texts = z.custom<string[]>(
  (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  'not an array of texts',
);

/** Many whole numbers below 2^53 that the engine writes as text, because their type is wider. */
export const wholesOrText = z
  .custom<readonly (number | string)[]>(Array.isArray, 'not an array')
  .transform((values) => values.map(Number))
  .pipe(wholes);

/** Of what a row of a rollup is: of one belt ('' = merchants without a belt), or of all together, each unit once. */
export const rollupLevel = z.enum(['belt', 'nation']);

/** The sums of a period and of its baseline. */
export const bothSides = {
  orders: hundredths,
  baseline_orders: hundredths,
  pieces: hundredths,
  baseline_pieces: hundredths,
  gmv: hundredths,
  baseline_gmv: hundredths,
  refund: hundredths,
  baseline_refund: hundredths,
};
