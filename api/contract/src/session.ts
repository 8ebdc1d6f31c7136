import { z } from 'zod';
import { PERMISSIONS, ROLES } from './access.ts';

/** A password has at least so many characters (code points). */
export const SHORTEST_PASSWORD = 12;

/** `POST /session`. Longer texts are refused before they are hashed. */
export const signIn = z.strictObject({
  name: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
});
export type SignIn = z.infer<typeof signIn>;

/** `POST /session/demo`. */
export const demoSignIn = z.strictObject({ name: z.string().trim().min(1).max(64) });

/** Whom a demo lets in without a password. `regions`: prefixes of GB/T 2260. */
export const demoUser = z.object({
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  regions: z.array(z.string()),
});
export type DemoUser = z.infer<typeof demoUser>;

/** `GET /session/ways`: how one may come in here, beside name and password. */
export const waysIn = z.object({
  /** Nobody where it is no demo. */
  demo: z.array(demoUser),
  /** Through the organisation's identity provider: `/session/provider`, for browsers. */
  provider: z.boolean(),
});
export type WaysIn = z.infer<typeof waysIn>;

/** Who is signed in, and what they may do. */
export const session = z.object({
  user: z.object({ id: z.string(), name: z.string() }),
  /** One of a demo's, who has no password. */
  isDemo: z.boolean(),
  /** False for users of a demo and of an identity provider: there is none to change. */
  hasPassword: z.boolean(),
  roles: z.array(z.enum(ROLES)),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** When it ends unless it is used before. */
  endsAt: z.iso.datetime(),
});
export type Session = z.infer<typeof session>;
