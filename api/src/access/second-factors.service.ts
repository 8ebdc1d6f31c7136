/** The second factors that there are: the secrets that codes are made of, which codes were used, and recovery codes. */
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { BegunSecondFactor } from '@beltline/contract';
import {
  HalfSignInEntity,
  RecoveryCodeEntity,
  SecondFactorEntity,
  SessionEntity,
} from '@beltline/sql/postgres';
import { DataSource, type EntityManager, IsNull, LessThan, MoreThan, Not, Or } from 'typeorm';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { begunWithin } from './lifetime.ts';
import {
  isSixDigits,
  latestStep,
  newRecoveryCodes,
  newSecret,
  recoveryDigest,
  stepOf,
  uriOf,
} from './one-time-codes.ts';
import { SecretKeys } from './secret-keys.ts';
import { holdUser } from './shown.ts';

/** So long a factor that was begun can be confirmed. */
const BEGUN_MS = 10 * 60_000;
/** After so many wrong codes in a row only recovery codes are taken: delays alone would let somebody go on for years. */
export const MOST_FAILURES = 100;

/** What somebody has shown, and is right; it is good once. */
export type Shown =
  | { readonly kind: 'code'; readonly step: number }
  | { readonly kind: 'recovery-code'; readonly digest: Buffer };

@Injectable()
export class SecondFactors {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(SecretKeys) private readonly keys: SecretKeys,
    @Inject(CONFIG) private readonly config: Pick<ApiConfig, 'BELTLINE_PUBLIC_URL'>,
  ) {}

  /** The one that a user is asked for; null where it is not on. */
  async of(userId: string): Promise<SecondFactorEntity | null> {
    return this.store.getRepository(SecondFactorEntity).findOneBy({ userId, confirmedAt: Not(IsNull()) });
  }

  recoveryCodesLeft(userId: string): Promise<number> {
    return this.store.getRepository(RecoveryCodeEntity).countBy({ userId });
  }

  /**
   * What is to be said at the start: factors that are on and that no key opens, so that their users sign in by recovery codes alone.
   * Null where there are none.
   */
  async unreadable(): Promise<string | null> {
    try {
      const count = await this.lockedAway();
      if (count === 0) return null;
      const whose = count === 1 ? 'The second factor of one user' : `The second factors of ${count} users`;
      return (
        `${whose} cannot be read: ${this.keys.lost()} ` +
        'Recovery codes still let in, and `npm run beltline -- users reset NAME` takes one off.'
      );
    } catch (error) {
      return error instanceof ProblemError ? error.message : null; // a store that does not answer is told by who opened it
    }
  }

  private async lockedAway(): Promise<number> {
    const on = await this.store
      .getRepository(SecondFactorEntity)
      .find({ select: { userId: true, sealed: true }, where: { confirmedAt: Not(IsNull()) } });
    return on.filter(({ sealed }) => !this.keys.fits(sealed)).length;
  }

  /** A new key in the place of one that is lost would be in the way of a backup of it, and nobody would hear of the loss. */
  private async assertNoneIsLost(): Promise<void> {
    if (!this.keys.isNoneThere || (await this.lockedAway()) === 0) return;
    throw new ProblemError(
      'store-unavailable',
      `No second factor can be turned on, because others are encrypted with a key that is not there: ${this.keys.lost(true)} ` +
        'Where it is lost for good, each of the others is turned off first: by its user with a recovery code, or by `users reset` on the host.',
    );
  }

  /** A new secret, in the place of one that was begun and not confirmed. Null where one is on. */
  async begin(
    { id: userId, name }: { readonly id: string; readonly name: string },
    now = new Date(),
  ): Promise<BegunSecondFactor | null> {
    await this.assertNoneIsLost();
    const secret = newSecret();
    const sealed = await this.keys.seal(secret, userId);
    const isBegun = await this.store.transaction(async (manager) => {
      await manager.delete(SecondFactorEntity, { userId, confirmedAt: IsNull() });
      const { raw } = await manager
        .createQueryBuilder()
        .insert()
        .into(SecondFactorEntity)
        .values({
          userId,
          id: randomUUID(),
          sealed,
          begunAt: now,
          confirmedAt: null,
          lastStep: 0,
          failures: 0,
        })
        .orIgnore()
        .returning('id')
        .execute();
      return (raw as unknown[]).length === 1;
    });
    const endsAt = new Date(now.getTime() + BEGUN_MS).toISOString();
    return isBegun ? { secret, uri: uriOf(secret, name, this.issuer()), endsAt } : null;
  }

  /** The one that was begun, until a code that it makes has confirmed it. */
  async begun(userId: string, now = new Date()): Promise<SecondFactorEntity | null> {
    return this.store
      .getRepository(SecondFactorEntity)
      .findOneBy({ userId, confirmedAt: IsNull(), begunAt: begunWithin(BEGUN_MS, now) });
  }

  /** Whether a code is right, and was not used before. What is wrong is counted. */
  async check(factor: SecondFactorEntity, code: string, now = new Date()): Promise<Shown | null> {
    const shown = isSixDigits(code)
      ? await this.checkCode(factor, code, now)
      : await this.checkRecoveryCode(factor, code);
    if (shown === null)
      await this.store.getRepository(SecondFactorEntity).increment({ id: factor.id }, 'failures', 1);
    return shown;
  }

  /**
   * Takes what was shown, and does what it was shown for: both or neither. Of two who show the same at once one is taken. `work`: says
   * whether there was still something to do.
   * @returns whether it was taken.
   */
  async take(
    factor: SecondFactorEntity,
    shown: Shown,
    work: (manager: EntityManager) => Promise<boolean>,
  ): Promise<boolean> {
    try {
      await this.store.transaction(async (manager) => {
        await holdUser(manager, factor.userId);
        if (!(await use(manager, factor, shown)) || !(await work(manager))) throw new NotTaken();
      });
      return true;
    } catch (error) {
      if (error instanceof NotTaken) return false;
      throw error;
    }
  }

  /** Turns on one that was begun; signs out everywhere. @returns new recovery codes; null where another request was first. */
  async confirm(
    { userId, id }: SecondFactorEntity,
    step: number,
    now = new Date(),
  ): Promise<string[] | null> {
    return this.store.transaction(async (manager) => {
      await holdUser(manager, userId);
      const { affected } = await manager.update(
        SecondFactorEntity,
        { userId, id, confirmedAt: IsNull() },
        { confirmedAt: now, lastStep: step, failures: 0 },
      );
      return affected === 1 ? this.renewCodes(manager, userId) : null;
    });
  }

  /** New recovery codes in the place of all that are left; signs out everywhere. */
  async renewCodes(manager: EntityManager, userId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await manager.delete(RecoveryCodeEntity, { userId });
    await manager.insert(
      RecoveryCodeEntity,
      codes.map((code) => ({ userId, digest: recoveryDigest(code) })),
    );
    await manager.delete(SessionEntity, { userId });
    return codes;
  }

  private async checkCode(factor: SecondFactorEntity, code: string, now: Date): Promise<Shown | null> {
    const { secret, isStale } = await this.keys.open(factor.sealed, factor.userId);
    const step = stepOf(code, secret, now);
    if (step === null || isUsed(factor.lastStep, step) || factor.failures >= MOST_FAILURES) return null;
    if (isStale) {
      const sealed = await this.keys.seal(secret, factor.userId);
      await this.store.getRepository(SecondFactorEntity).update({ id: factor.id }, { sealed });
    }
    return { kind: 'code', step };
  }

  private async checkRecoveryCode({ userId }: SecondFactorEntity, code: string): Promise<Shown | null> {
    const digest = recoveryDigest(code);
    const isThere = await this.store.getRepository(RecoveryCodeEntity).existsBy({ userId, digest });
    return isThere ? { kind: 'recovery-code', digest } : null;
  }

  /** Which of several Beltlines an authenticator's entry is of. */
  private issuer(): string {
    const { BELTLINE_PUBLIC_URL: url } = this.config;
    return url === undefined ? 'Beltline' : `Beltline ${new URL(url).host}`;
  }
}

/** Undoes what was done in the transaction. */
class NotTaken extends Error {}

/** One that lies further ahead than clocks may differ was taken by a clock that was ahead: its user would be shut out for as long. */
const isUsed = (lastStep: number, step: number) => lastStep >= step && lastStep <= latestStep(step);

/** Whether what was shown was still unused. */
async function use(
  manager: EntityManager,
  { userId, id }: SecondFactorEntity,
  shown: Shown,
): Promise<boolean> {
  if (shown.kind === 'recovery-code') {
    const { affected } = await manager.delete(RecoveryCodeEntity, { userId, digest: shown.digest });
    await manager.update(SecondFactorEntity, { userId, id }, { failures: 0 });
    return affected === 1;
  }
  const { affected } = await manager.update(
    SecondFactorEntity,
    {
      userId,
      id,
      lastStep: Or(LessThan(shown.step), MoreThan(latestStep(shown.step))),
      failures: LessThan(MOST_FAILURES),
    },
    { failures: 0, lastStep: shown.step },
  );
  return affected === 1;
}

/** Takes the second factor off a user, with all that belongs to it; signs out everywhere. @returns whether there was one. */
export async function removeSecondFactor(manager: EntityManager, userId: string): Promise<boolean> {
  const { affected } = await manager.delete(SecondFactorEntity, { userId });
  for (const entity of [RecoveryCodeEntity, HalfSignInEntity, SessionEntity])
    await manager.delete(entity, { userId });
  return affected === 1;
}
