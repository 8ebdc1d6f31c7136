import { SecondFactorEntity, UserEntity } from '@beltline/sql/postgres';
import { type EntityManager, IsNull, Not } from 'typeorm';

/** What a user was when they showed who they are: a session begun by it must not outlive a change of any of it. */
export interface Shown {
  readonly id: string;
  /** Null: they have none, and somebody else vouches for them. */
  readonly passwordHash: string | null;
  /** The second factor that was asked for; null: none was on. */
  readonly factor: string | null;
}

/**
 * Whether it is all still so, until the transaction ends: whoever changes a password, a factor or what somebody is given writes the user's row
 * before they end sessions, and waits for this one.
 */
export async function isStillSo(
  manager: EntityManager,
  { id, passwordHash, factor }: Shown,
): Promise<boolean> {
  const user = await manager.findOne(UserEntity, { where: { id }, lock: { mode: 'pessimistic_read' } });
  if (user === null || user.disabledAt !== null || user.passwordHash !== passwordHash) return false;
  // Read after the lock: what the transaction before has done to it is seen.
  const on = await manager.findOneBy(SecondFactorEntity, { userId: id, confirmedAt: Not(IsNull()) });
  return (on?.id ?? null) === factor;
}

/** Waits for those who begin a session by what is about to change, and lets those wait who come after. */
export const holdUser = (manager: EntityManager, id: string): Promise<unknown> =>
  manager.findOne(UserEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
