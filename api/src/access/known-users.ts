import { type User, type UserState } from '@beltline/contract';
import {
  ApiTokenEntity,
  IdentityEntity,
  OneTimeLinkEntity,
  SessionEntity,
  UserEntity,
} from '@beltline/sql/postgres';
import { type EntityManager, MoreThan } from 'typeorm';
import { ABSOLUTE_MS, IDLE_MS } from './sessions.service.ts';
import { stateOf, stateTag } from './user-state.ts';

/** A user as administrators know them, with what lies elsewhere of them. */
export interface KnownUser {
  readonly id: string;
  readonly name: string;
  readonly isDemo: boolean;
  readonly hasPassword: boolean;
  /** The issuer that vouches for them; null: name and password. */
  readonly provider: string | null;
  readonly createdAt: Date;
  readonly linkEndsAt: Date | null;
  readonly sessions: number;
  readonly tokens: number;
  readonly state: UserState;
}

/** Everybody by name, or who is of this id. */
export async function readUsers(manager: EntityManager, id?: string, now = new Date()): Promise<KnownUser[]> {
  const [byId, byUser] = id === undefined ? [{}, {}] : [{ id }, { userId: id }];
  const since = (ms: number) => MoreThan(new Date(now.getTime() - ms));
  const users = await manager.find(UserEntity, {
    ...{ where: byId, relations: { grants: true }, order: { name: 'ASC' } },
  });
  const identities = await manager.findBy(IdentityEntity, byUser);
  const links = await manager.findBy(OneTimeLinkEntity, { ...byUser, endsAt: MoreThan(now) });
  const sessions = await manager.find(SessionEntity, {
    select: { userId: true, idHash: true },
    where: { ...byUser, createdAt: since(ABSOLUTE_MS), lastUsedAt: since(IDLE_MS) },
  });
  const tokens = await manager.find(ApiTokenEntity, {
    select: { userId: true, id: true },
    where: { ...byUser, endsAt: MoreThan(now) },
  });
  const [openSessions, openTokens] = [counted(sessions), counted(tokens)];
  const issuers = new Map(identities.map(({ userId, issuer }) => [userId, issuer]));
  const ends = new Map(links.map(({ userId, endsAt }) => [userId, endsAt]));
  return users.map((user) => ({
    ...{ id: user.id, name: user.name, isDemo: user.isDemo, createdAt: user.createdAt },
    hasPassword: user.passwordHash !== null,
    provider: issuers.get(user.id) ?? null,
    linkEndsAt: ends.get(user.id) ?? null,
    sessions: openSessions.get(user.id) ?? 0,
    tokens: openTokens.get(user.id) ?? 0,
    state: stateOf(user),
  }));
}

/** As the wire carries them. */
export const userAnswer = ({ linkEndsAt, createdAt, state, ...user }: KnownUser): User => ({
  ...{ id: user.id, name: user.name, isDemo: user.isDemo, isDisabled: state.isDisabled },
  ...{ hasPassword: user.hasPassword, provider: user.provider },
  ...{ linkEndsAt: linkEndsAt?.toISOString() ?? null, createdAt: createdAt.toISOString() },
  ...{ roles: state.roles, sources: state.sources, regions: state.regions, owners: state.owners },
  ...{ sessions: user.sessions, tokens: user.tokens, etag: stateTag(state) },
});

function counted(rows: readonly { readonly userId: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { userId } of rows) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  return counts;
}
