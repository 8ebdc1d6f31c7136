/**
 * What an administrator changes of a user: what they are given, and whether they are let in. Written the same way by hand and by a file,
 * with the same words in the audit.
 */
import { createHash } from 'node:crypto';
import type { UserState } from '@beltline/contract';
import { OneTimeLinkEntity, SessionEntity, UserEntity, UserGrantEntity } from '@beltline/sql/postgres';
import { type EntityManager, In } from 'typeorm';
import { ProblemError } from '../platform/problem/problem-error.ts';
import type { Told } from './audit.service.ts';
import { type Doer, givenOf, grantsOf, inWords } from './users.service.ts';

/** In one order, so that what is alike reads alike. */
export function stateOf(user: Pick<UserEntity, 'grants' | 'disabledAt'>): UserState {
  const { roles, sources, regions, owners } = givenOf(user);
  return {
    ...{ roles: [...roles], sources: [...sources], regions: [...regions], owners: [...owners] },
    isDisabled: user.disabledAt !== null,
  };
}

/**
 * Strong validator of a user's state. A digest of the state itself and no counter of changes: whoever writes it need not know of this, and
 * a state that somebody has restored is the one that was read.
 */
export function stateTag({ roles, sources, regions, owners, isDisabled }: UserState): string {
  const written = JSON.stringify([roles, sources, regions, owners, isDisabled]);
  return `"u${createHash('sha256').update(written).digest('base64url').slice(0, 22)}"`;
}

/** Whether `If-Match` names a state (RFC 9110, 13.1.1). @throws ProblemError 428 where there is none. */
export function matches(ifMatch: string | undefined, tag: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '')
    throw new ProblemError(
      'precondition-required',
      'Send If-Match with the `etag` of the user as it was read, so that nothing that somebody else wrote is lost.',
    );
  return ifMatch.split(',').some((one) => one.trim() === '*' || one.trim() === tag);
}

export const isSame = (one: UserState, other: UserState) => stateTag(one) === stateTag(other);

/** For the audit; nothing where nothing changes. */
export function changesInWords(id: string, before: UserState, after: UserState, by: Doer): Told[] {
  const [was, is] = [inWords(before), inWords(after)];
  const told: Told[] = [];
  if (was !== is) told.push({ event: 'user-changed', ...by, subject: id, detail: `${was} → ${is}` });
  if (before.isDisabled !== after.isDisabled)
    told.push({ event: after.isDisabled ? 'user-disabled' : 'user-enabled', ...by, subject: id });
  return told;
}

/** PostgreSQL takes 65,535 parameters in a statement. */
const AT_ONCE = 5_000;

/** Brings users to these states and ends their sessions; links of who is let in no more end as well. */
export async function writeStates(
  manager: EntityManager,
  states: readonly { readonly id: string; readonly after: UserState }[],
  now = new Date(),
): Promise<void> {
  if (states.length === 0) return;
  const idsOf = (isDisabled: boolean) =>
    In(states.filter(({ after }) => after.isDisabled === isDisabled).map(({ id }) => id));
  const ids = In(states.map(({ id }) => id));
  await manager.update(UserEntity, { id: idsOf(false) }, { disabledAt: null });
  await manager
    .createQueryBuilder()
    .update(UserEntity)
    .set({ disabledAt: now })
    .where({ id: idsOf(true) })
    .andWhere('disabled_at IS NULL')
    .execute();
  await manager.delete(UserGrantEntity, { userId: ids });
  await insertGrants(
    manager,
    states.flatMap(({ id, after }) => grantsOf(id, after)),
  );
  await manager.delete(SessionEntity, { userId: ids });
  await manager.delete(OneTimeLinkEntity, { userId: idsOf(true) });
}

export async function insertGrants(
  manager: EntityManager,
  grants: readonly Omit<UserGrantEntity, 'user'>[],
): Promise<void> {
  for (let from = 0; from < grants.length; from += AT_ONCE)
    await manager.insert(UserGrantEntity, grants.slice(from, from + AT_ONCE));
}
