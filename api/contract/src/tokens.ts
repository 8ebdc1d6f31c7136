import { z } from 'zod';
import { TOKEN_PERMISSIONS } from './access.ts';
import { holdsUnseen } from './seen.ts';

/** A token lives for a year at most. */
export const LONGEST_TOKEN_DAYS = 365;

/** `POST /tokens`: what for, what it may do of what its owner may, and for how many days. */
export const newToken = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .refine((name) => !holdsUnseen(name), 'must not hold characters that cannot be seen'),
  permissions: z.array(z.enum(TOKEN_PERMISSIONS)).min(1).max(TOKEN_PERMISSIONS.length),
  days: z.int().min(1).max(LONGEST_TOKEN_DAYS),
});
export type NewToken = z.infer<typeof newToken>;

export const tokenPath = z.strictObject({ id: z.uuid() });

export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  /** As given; its owner may have lost some since, and then the token has as well. */
  permissions: z.array(z.enum(TOKEN_PERMISSIONS)),
  createdAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** To the minute; null where it was never used. */
  lastUsedAt: z.iso.datetime().nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;

/** `GET /tokens`: one's own, the newest first, also those that are over. */
export const apiTokens = z.object({ tokens: z.array(apiToken) });
export type ApiTokensAnswer = z.infer<typeof apiTokens>;

/** `secret`: `belt_` and 43 characters, told this once. */
export const madeToken = z.object({ token: apiToken, secret: z.string() });
export type MadeToken = z.infer<typeof madeToken>;
