import { z } from 'zod';
import { ROLES } from './access.ts';
import { ownSession } from './account.ts';
import { holdsUnseen } from './seen.ts';
import { apiToken } from './tokens.ts';
import { sourceId } from './vocabulary.ts';

/** `demo-`: of a demo's own users, who are made and ended by the demo. */
export const userName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(64, 'must have at most 64 characters')
  .refine((name) => !holdsUnseen(name), 'must not hold characters that cannot be seen')
  .refine((name) => !/^demo-/i.test(name), 'must not begin with demo-');

/** Prefix of an administrative code (GB/T 2260): a province, a city or a county. */
const regionCode = z.string().regex(/^\d{2}(\d{2}(\d{2})?)?$/, 'a region is a code of 2, 4 or 6 digits');
/** What a load takes for the id of an owner at most, in UTF-8. */
export const LONGEST_OWNER_BYTES = 200;
/** A legal owner under the source that names it: `demo:L000001`. Whatever a load takes for one, which may be a name with blanks in it. */
const ownerId = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,31}:[^\p{C}\s]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\s])?$/u,
    'an owner is written as source:owner',
  )
  .refine(
    (text) => new TextEncoder().encode(text.slice(text.indexOf(':') + 1)).length <= LONGEST_OWNER_BYTES,
    `an owner has at most ${LONGEST_OWNER_BYTES} bytes`,
  );

/** What a user is given. */
const given = {
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  /** Sources that they may see; `*` = all, also later ones. */
  sources: z.array(z.union([z.literal('*'), sourceId])).max(50),
  /** Of an official. */
  regions: z.array(regionCode).max(100),
  /** Of a merchant. */
  owners: z.array(ownerId).max(100),
};

/** `POST /users`. */
export const newUser = z.strictObject({ name: userName, ...given });
export type NewUserBody = z.infer<typeof newUser>;

/** `PUT /users/{id}`: all of what a user is given, and whether they are let in. */
export const userChange = z.strictObject({ ...given, isDisabled: z.boolean() });
export type UserChange = z.infer<typeof userChange>;

export const userPath = z.strictObject({ id: z.uuid() });

export const user = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Made and ended by the demo; nobody else changes them. */
  isDemo: z.boolean(),
  isDisabled: z.boolean(),
  /** False until a first link was used, and always of who signs in through an identity provider. */
  hasPassword: z.boolean(),
  /** The issuer of the identity provider that they sign in through, whose rules say what they are given; null: name and password. */
  provider: z.string().nullable(),
  /** Until when a link that was made for them can be used; null where there is none. */
  linkEndsAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  roles: z.array(z.enum(ROLES)),
  sources: z.array(z.string()),
  regions: z.array(z.string()),
  owners: z.array(z.string()),
  /** How many sessions are open, and how many API tokens are not over. */
  sessions: z.int(),
  tokens: z.int(),
  /** Names what they are given and whether they are let in; `If-Match` of whoever changes it. */
  etag: z.string(),
});
export type User = z.infer<typeof user>;

/** `GET /users`: everybody, by name. */
export const users = z.object({ users: z.array(user) });
export type UsersAnswer = z.infer<typeof users>;

/** What a user sets a password with, once. Told to who made it, this once; the page is `/welcome#` and the token. */
export const oneTimeLink = z.object({ token: z.string(), endsAt: z.iso.datetime() });
export type OneTimeLink = z.infer<typeof oneTimeLink>;

export const addedUser = z.object({ user, link: oneTimeLink });
export type AddedUser = z.infer<typeof addedUser>;

/** `POST /session/link`. A token of another form is answered as one that there is not. */
export const linkUse = z.strictObject({
  token: z.string().min(1).max(128),
  password: z.string().min(1).max(256),
});
export type LinkUse = z.infer<typeof linkUse>;

/** `GET /users/{id}/sessions`: where they are signed in, those that were used last first. */
export const userSessions = z.object({ sessions: z.array(ownSession) });
export type UserSessionsAnswer = z.infer<typeof userSessions>;
export const userSessionPath = z.strictObject({
  id: z.uuid(),
  sessionId: z.string().regex(/^[0-9a-f]{32}$/),
});

/** `GET /users/{id}/tokens`: the newest first, also those that are over. */
export const userTokens = z.object({ tokens: z.array(apiToken) });
export type UserTokensAnswer = z.infer<typeof userTokens>;
export const userTokenPath = z.strictObject({ id: z.uuid(), tokenId: z.uuid() });
