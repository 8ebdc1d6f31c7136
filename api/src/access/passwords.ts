/** Passwords: what may be one, and whether one is right. Hashing is the library's, with OWASP's parameters as its defaults. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { SHORTEST_PASSWORD } from '@beltline/contract';
import common from '@zxcvbn-ts/language-common';

/** Some 49,000 that leaked lists hold most often, in small letters. */
const COMMON = new Set(common.dictionary['passwords-common'].map((word) => word.toLowerCase()));

/** Why a text must not be a password, as the end of a sentence; null where it may. */
export function whyNoPassword(password: string, name: string): string | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `must have at least ${SHORTEST_PASSWORD} characters`;
  const plain = password.toLowerCase();
  if (plain.includes(name.toLowerCase())) return 'must not hold the name';
  if (new Set(plain).size < 5) return 'must have at least five different characters';
  // Digits and marks about a common word are what everybody adds to reach a length.
  const core = plain.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return COMMON.has(plain) || COMMON.has(core) ? 'is among those that are tried first' : null;
}

/** 120 bits, to be typed from a terminal or sent as a link. */
export const randomPassword = (): string => randomBytes(15).toString('base64url');

export const hashPassword = (password: string): Promise<string> => hash(password);

/** What is compared with where there is no such user, so that it takes as long. Nobody knows what it is the hash of. */
let nobodys: Promise<string> | undefined;

/** Whether the password is right; takes the same time where there is none to compare with. */
export async function isRight(password: string, passwordHash: string | null): Promise<boolean> {
  const compared = passwordHash ?? (await (nobodys ??= hash(randomPassword())));
  return (await verify(compared, password)) && passwordHash !== null;
}
