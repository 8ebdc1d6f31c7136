/**
 * Those who have shown the password and not yet the code. It is no session and gives no right: it is looked for by the second step alone,
 * under another cookie, and is over after five minutes, five tries, or one use.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { HalfSignInEntity, type SecondFactorEntity, UserEntity } from '@beltline/sql/postgres';
import { DataSource, type EntityManager, LessThan, Not } from 'typeorm';
import { endsWithin } from './lifetime.ts';

export const HALF_MS = 5 * 60_000;
const TRIES = 5;

@Injectable()
export class HalfSignIns {
  constructor(@InjectDataSource() private readonly store: DataSource) {}

  /** Under a new id, which is told this once. Also removes what is over. */
  async begin(factor: SecondFactorEntity, now = new Date()): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const halves = this.store.getRepository(HalfSignInEntity);
    await halves.delete({ endsAt: Not(endsWithin(HALF_MS, now)) });
    const { userId } = factor;
    const { passwordHash } = await this.store.getRepository(UserEntity).findOneByOrFail({ id: userId });
    const endsAt = new Date(now.getTime() + HALF_MS);
    await halves.insert({
      idHash: digestOf(id),
      userId,
      proof: proofOf(passwordHash, factor),
      endsAt,
      tries: 0,
    });
    return id;
  }

  /** Whose it is; null where there is none, or it is over. */
  async find(id: string, now = new Date()): Promise<HalfSignInEntity | null> {
    return this.store
      .getRepository(HalfSignInEntity)
      .findOneBy({ idHash: digestOf(id), endsAt: endsWithin(HALF_MS, now), tries: LessThan(TRIES) });
  }

  /** Whether password and factor are still those that it was begun with. */
  isOf(
    half: HalfSignInEntity,
    { passwordHash }: Pick<UserEntity, 'passwordHash'>,
    factor: SecondFactorEntity,
  ) {
    return proofOf(passwordHash, factor).equals(Buffer.from(half.proof));
  }

  /** Counts a try before it is looked at, so that many at once do not all pass. @returns whether there was one left. */
  async mayTry({ idHash }: HalfSignInEntity): Promise<boolean> {
    const { affected } = await this.store
      .getRepository(HalfSignInEntity)
      .increment({ idHash, tries: LessThan(TRIES) }, 'tries', 1);
    return affected === 1;
  }

  /** Within what it lets in to: of two at once one ends it. @returns whether this one did. */
  async end(manager: EntityManager, { idHash }: HalfSignInEntity): Promise<boolean> {
    return (await manager.delete(HalfSignInEntity, { idHash })).affected === 1;
  }
}

const digestOf = (id: string) => createHash('sha256').update(id).digest();
const proofOf = (passwordHash: string | null, { id }: SecondFactorEntity) =>
  createHash('sha256').update(`${passwordHash}\n${id}`).digest();
