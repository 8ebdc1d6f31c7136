/**
 * Secrets that must be read again, encrypted so that who has the database alone cannot (ADR 35). The key is a setting; beside the embedded
 * PostgreSQL, where there is none, a file of the data directory that only this account can read, made when it is first needed.
 */
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { writeOwnFile } from '@beltline/sql/engine';
import { decodeProtectedHeader, EncryptJWT, jwtDecrypt } from 'jose';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';

const HEX = /^[\da-f]{64}$/;
const [WRAPPED, CIPHER] = ['dir', 'A256GCM'] as const;

interface Key {
  /** Tells keys apart, and nothing of them. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

@Injectable()
export class SecretKeys {
  private readonly file: string;

  constructor(
    @Inject(CONFIG)
    private readonly config: Pick<ApiConfig, 'BELTLINE_DATA' | 'BELTLINE_SECRETS_KEY' | 'DATABASE_URL'>,
  ) {
    this.file = join(config.BELTLINE_DATA, 'secrets.key');
  }

  /** Over a server the key must be set: a file beside one of several processes would be unknown to the others. */
  get canSeal(): boolean {
    return this.config.BELTLINE_SECRETS_KEY !== undefined || this.config.DATABASE_URL === undefined;
  }

  /** Whether there is none to encrypt with, so that the next secret has one made. @throws ProblemError where the file is damaged. */
  get isNoneThere(): boolean {
    return this.keys().length === 0;
  }

  /** Whether the key that something was encrypted with is there. @throws ProblemError where the file is damaged. */
  fits(sealed: string): boolean {
    const keys = this.keys();
    try {
      const { kid } = decodeProtectedHeader(sealed);
      return keys.some(({ id }) => id === kid);
    } catch {
      return false;
    }
  }

  /** Encrypts a secret of a user. In another's row it does not decrypt. */
  async seal(secret: string, userId: string): Promise<string> {
    const [key = this.make()] = this.keys();
    return new EncryptJWT({ secret })
      .setProtectedHeader({ alg: WRAPPED, enc: CIPHER, kid: key.id })
      .setSubject(userId)
      .encrypt(key.bytes);
  }

  /** `isStale`: it was encrypted with a key that is no longer the first. @throws ProblemError where none that there is fits. */
  async open(sealed: string, userId: string): Promise<{ secret: string; isStale: boolean }> {
    const keys = this.keys();
    try {
      const { payload, protectedHeader } = await jwtDecrypt<{ secret: string }>(
        sealed,
        ({ kid }) => {
          const key = keys.find(({ id }) => id === kid);
          if (!key) throw new Error('no key of this id');
          return key.bytes;
        },
        {
          subject: userId,
          keyManagementAlgorithms: [WRAPPED],
          contentEncryptionAlgorithms: [CIPHER],
        },
      );
      return { secret: payload.secret, isStale: protectedHeader['kid'] !== keys[0]?.id };
    } catch (cause) {
      const detail = `The second factor cannot be read: ${this.lost(keys.length === 0)} Recovery codes still let in.`;
      throw new ProblemError('internal', detail, { cause });
    }
  }

  /** A signature of a text (HMAC-SHA256), by a key of its own for each purpose. @throws ProblemError where the file is damaged. */
  sign(purpose: string, text: string): string {
    const [key = this.make()] = this.keys();
    return macOf(key, purpose, text).toString('base64url');
  }

  /** Whether one of the keys signed it. @throws ProblemError where the file is damaged. */
  isSigned(purpose: string, text: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    // Of several writings of the same bytes one is ours.
    if (given.toString('base64url') !== signature) return false;
    return this.keys()
      .map((key) => macOf(key, purpose, text))
      .some((mac) => mac.length === given.length && timingSafeEqual(mac, given));
  }

  /** What is the matter with a key that something was encrypted with, and what helps. */
  lost(isGone = this.isNoneThere): string {
    if (this.config.DATABASE_URL !== undefined)
      return `BELTLINE_SECRETS_KEY is ${isGone ? 'not set' : 'not what it was encrypted with'}: set the key that it was (new,old for two).`;
    return (
      `BELTLINE_SECRETS_KEY, or secrets.key of the data directory, is ${isGone ? 'gone' : 'not what it was encrypted with'}: ` +
      'put the file back from a backup, or set the variable to the key that it was.'
    );
  }

  /** The first encrypts. */
  private keys(): Key[] {
    const { BELTLINE_SECRETS_KEY: set = [], DATABASE_URL: server } = this.config;
    return [...set, ...(server === undefined ? kept(this.file) : [])].map(keyOf);
  }

  private make(): Key {
    if (!this.canSeal) throw new Error('BELTLINE_SECRETS_KEY is not set');
    const made = randomBytes(32).toString('hex');
    writeWhole(this.file, `${made}\n`);
    return keyOf(made);
  }
}

/** Whole and on the disk, or not at all: a part of a key would be taken for one that was damaged, and no second factor could be turned on. */
function writeWhole(file: string, text: string): void {
  try {
    writeOwnFile(file, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const detail = `The key of second factors cannot be written into the data directory (${code}). Make room or let it be written, and try again.`;
    throw new ProblemError('store-unavailable', detail, { cause });
  }
}

/** What signs is not what encrypts (RFC 5869). */
function macOf({ bytes }: Key, purpose: string, text: string): Buffer {
  const derived = Buffer.from(hkdfSync('sha256', bytes, '', `beltline ${purpose}`, 32));
  return createHmac('sha256', derived).update(text).digest();
}

const keyOf = (hex: string): Key => {
  const bytes = Buffer.from(hex, 'hex');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes };
};

function kept(file: string): string[] {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (!HEX.test(text)) throw new Error(`${file} holds no key`);
    return [text];
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ProblemError(
      'internal',
      'The file secrets.key of the data directory holds no key, or cannot be read: put it back from a backup. Recovery codes still let in.',
      { cause },
    );
  }
}
