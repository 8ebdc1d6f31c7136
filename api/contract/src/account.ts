import { z } from 'zod';

/**
 * `PUT /session/password`: the present password and the new one. Longer texts are refused before they are hashed. `revokeTokens`: one's API
 * tokens too, as where somebody else may have made one.
 */
export const passwordChange = z.strictObject({
  present: z.string().min(1).max(256),
  password: z.string().min(1).max(256),
  revokeTokens: z.boolean().optional(),
});
export type PasswordChange = z.infer<typeof passwordChange>;

/** A place where somebody is signed in. `agent`: what the browser said of itself when it began, which may be anything. */
export const ownSession = z.object({
  /** Names it beside others; it is no way into it. */
  id: z.string(),
  begunAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  /** When it ends unless it is used before. */
  endsAt: z.iso.datetime(),
  address: z.string(),
  agent: z.string(),
  /** The one that asks. */
  isThis: z.boolean(),
});
export type OwnSession = z.infer<typeof ownSession>;

/** `GET /session/all`: the one that asks first, then those that were used last. */
export const ownSessions = z.object({ sessions: z.array(ownSession) });
export type OwnSessionsAnswer = z.infer<typeof ownSessions>;
