/**
 * Codes of six digits that an authenticator makes of a shared secret and the time (TOTP, RFC 6238), and recovery codes for who has lost it.
 * SHA-1, six digits and 30 seconds, because widespread authenticators take the others for these without saying so.
 */
import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { AHEAD_MS } from './lifetime.ts';

/** Steps of 30 seconds that a device's clock may be off, either way. */
const DRIFT = 1;
const STEP_MS = 30_000;
const SECRET_BYTES = 20;
/** 120 bits: of so many a plain digest gives nothing away, which ASVS 6.5.2 says of 112 and more. */
const RECOVERY_BYTES = 15;
export const RECOVERY_CODES = 10;

/** In Base32, as authenticators take it. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What a QR code tells an authenticator. */
export const uriOf = (secret: string, name: string, issuer: string): string =>
  totpOf(secret, { label: name, issuer }).toString();

/** Which step of 30 seconds since 1970 makes this code, of those that a clock may be off; null where none does. */
export function stepOf(code: string, secret: string, now: Date): number | null {
  if (!isSixDigits(code)) return null;
  const totp = totpOf(secret);
  const timestamp = now.getTime();
  const off = totp.validate({ token: asTyped(code), timestamp, window: DRIFT });
  return off === null ? null : totp.counter({ timestamp }) + off;
}

/** The last step that may have been taken before a code of `step` is shown, where no clock is further off than clocks may be. */
export const latestStep = (step: number): number => step + 2 * DRIFT + Math.ceil(AHEAD_MS / STEP_MS);

/** Whether somebody has typed a code of the authenticator, and not a recovery code. */
export const isSixDigits = (code: string): boolean => /^\d{6}$/.test(asTyped(code));

/** Ten, each in six groups of four. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    (new Secret({ size: RECOVERY_BYTES }).base32.match(/.{4}/g) ?? []).join('-'),
  );

/** What is kept of a recovery code, however it was typed. */
export const recoveryDigest = (code: string): Buffer => createHash('sha256').update(asTyped(code)).digest();

/** Without the gaps that people read codes by; a Chinese keyboard may type digits at full width. */
const asTyped = (code: string) =>
  code
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase();

const totpOf = (secret: string, named: { readonly label?: string; readonly issuer?: string } = {}) =>
  new TOTP({ ...named, secret, algorithm: 'SHA1', digits: 6, period: STEP_MS / 1000 });
