import { z } from 'zod';
import { session } from './session.ts';

const password = z.string().min(1).max(256);
/** Six digits of the authenticator, or a recovery code; spaces, dashes and capitals do not matter. */
const code = z.string().min(1).max(64);

/**
 * `GET /session/second-factor`. `hindrance`: why it cannot be turned on. `not-an-administrator`: it is for those alone; `no-password`: there is
 * none here to stand beside (of a demo, or an identity provider, which may ask for a second one itself); `no-key`: the operator
 * has set no `BELTLINE_SECRETS_KEY`.
 */
export const ownSecondFactor = z.object({
  /** Since when it is asked for at the sign-in; null where it is not. */
  onSince: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.int(),
  hindrance: z.enum(['not-an-administrator', 'no-password', 'no-key']).nullable(),
});
export type OwnSecondFactor = z.infer<typeof ownSecondFactor>;

/** `POST /session/second-factor`: the password again, or whoever finds a browser open would make the account theirs. */
export const secondFactorStart = z.strictObject({ password });
export type SecondFactorStart = z.infer<typeof secondFactorStart>;

/** Told this once. It is asked for at no sign-in until a code that it makes was sent. */
export const begunSecondFactor = z.object({
  /** Base32, to be typed into an authenticator. */
  secret: z.string(),
  /** The same as `otpauth://totp/…`, to be drawn as a QR code. */
  uri: z.string(),
  /** Until when a code can turn it on. */
  endsAt: z.iso.datetime(),
});
export type BegunSecondFactor = z.infer<typeof begunSecondFactor>;

/** `PUT /session/second-factor`, and `POST /session/code`, the second step of signing in. */
export const codeShown = z.strictObject({ code });
export type CodeShown = z.infer<typeof codeShown>;

/** `POST /session/second-factor/off` and `…/recovery-codes`. */
export const bothShown = z.strictObject({ password, code });
export type BothShown = z.infer<typeof bothShown>;

/** Recovery codes, told this once; each lets in once in the place of a code. All sessions have ended; this one is new. */
export const madeRecoveryCodes = z.object({ recoveryCodes: z.array(z.string()), session });
export type MadeRecoveryCodes = z.infer<typeof madeRecoveryCodes>;
