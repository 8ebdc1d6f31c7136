/**
 * Sessions live on the server, under the digest of a random id that only the browser's cookie holds. Libraries for this keep the id
 * itself, make a session for whoever comes by and write at each request; see ADR 32.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type OwnSession, permissionsOf, type Role, ROLES } from '@beltline/contract';
import { SessionEntity, UserEntity } from '@beltline/sql/postgres';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { AccessCount } from './access-count.ts';
import { effortOf } from './effort.ts';
import { KnownCallers } from './known-callers.ts';
import { wasBegun } from './lifetime.ts';
import { isStillSo, type Shown } from './shown.ts';
import { NOBODY, type Viewer } from './viewer.ts';

const MINUTE_MS = 60_000;
/** A session that is not used ends after two hours, a used one after a working day. */
export const IDLE_MS = 120 * MINUTE_MS;
export const ABSOLUTE_MS = 12 * 60 * MINUTE_MS;
/** Its last use is written down no more often. */
const NOTED_MS = MINUTE_MS;
/** So long a session goes on that was found before a PostgreSQL server ceased to answer. */
export const OUTAGE_MS = 10 * MINUTE_MS;

export interface OpenSession {
  readonly viewer: Viewer;
  readonly endsAt: Date;
}
interface Known {
  readonly viewer: Viewer;
  readonly createdAt: number;
  /** When the store answered for it last. */
  seenAt: number;
  usedAt: number;
  notedAt: number;
}
export interface Origin {
  readonly address: string;
  readonly agent: string;
}

@Injectable()
export class SessionsService {
  /**
   * Believed until something changes. Over a server that may be by another process, which is asked for at each request; where the server does not
   * answer, those are believed for a while that were found before, so that figures can be read on.
   */
  private readonly kept: KnownCallers<Known>;
  private readonly isShared: boolean;

  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(AccessCount) { shared }: AccessCount,
  ) {
    this.isShared = shared !== null;
    this.kept = new KnownCallers(shared);
  }

  /**
   * A new session under a new id, which is told this once; null where what was shown for it is another meanwhile. Also removes those that
   * have ended, which nobody may ever ask for again.
   */
  async begin(shown: Shown, { address, agent }: Origin, now = new Date()): Promise<string | null> {
    const id = randomBytes(32).toString('base64url');
    const since = (ms: number) => LessThan(new Date(now.getTime() - ms));
    const isBegun = await this.store.transaction(async (manager) => {
      if (!(await isStillSo(manager, shown))) return false;
      await manager.insert(SessionEntity, {
        ...{ idHash: digestOf(id), userId: shown.id, createdAt: now, lastUsedAt: now },
        ...{ address, agent: agent.slice(0, 200) },
      });
      return true;
    });
    const sessions = this.store.getRepository(SessionEntity);
    await sessions.delete({ createdAt: since(ABSOLUTE_MS) });
    // Its last use may not be written down yet.
    await sessions.delete({ lastUsedAt: since(IDLE_MS + NOTED_MS) });
    return isBegun ? id : null;
  }

  /** Whose session it is; null where there is none, or it has ended, or its user was disabled. */
  async find(id: string, now = new Date()): Promise<OpenSession | null> {
    const idHash = digestOf(id);
    const key = idHash.toString('base64');
    let known = await this.known(key, () => this.read(idHash, now), now);
    // By another process it may have been used meanwhile.
    if (known !== null && this.isShared && now >= endOf(known))
      known = await this.kept.anew(key, () => this.read(idHash, now));
    if (known === null) return null;
    if (now >= endOf(known) || !wasBegun(known.createdAt, now)) {
      await this.remove({ idHash });
      return null;
    }
    known.usedAt = now.getTime();
    // Who is believed while the store is away is not told to it: it may hang, and the question would.
    const isAnswered = known.seenAt >= now.getTime();
    if (isAnswered && now.getTime() - known.notedAt >= NOTED_MS) {
      known.notedAt = now.getTime();
      const noting = this.store.getRepository(SessionEntity).update({ idHash }, { lastUsedAt: now });
      // That it cannot be written down is no reason to refuse who is known.
      await noting.catch(() => undefined);
    }
    return { viewer: known.viewer, endsAt: endOf(known) };
  }

  /** Where a user is signed in: the session that asks first, then those that were used last. */
  async of(userId: string, asking: string | null, now = new Date()): Promise<OwnSession[]> {
    const own = asking === null ? null : digestOf(asking);
    const rows = await this.store.getRepository(SessionEntity).find({
      where: { userId, createdAt: MoreThan(new Date(now.getTime() - ABSOLUTE_MS)) },
      order: { lastUsedAt: 'DESC' },
    });
    const begun = rows.filter(({ createdAt }) => wasBegun(createdAt, now));
    const told = begun.map(({ idHash, createdAt, lastUsedAt, address, agent }) => {
      const isThis = own !== null && own.equals(Buffer.from(idHash));
      const used = isThis ? now : lastUsedAt;
      const ends = endOf({ usedAt: used.getTime(), createdAt: createdAt.getTime() });
      return {
        ...{ id: nameOf(idHash), isThis, ends },
        begunAt: createdAt.toISOString(),
        lastUsedAt: used.toISOString(),
        address,
        agent,
      };
    });
    return told
      .filter(({ ends }) => ends > now)
      .sort((a, b) => Number(b.isThis) - Number(a.isThis))
      .map(({ ends, ...rest }) => ({ ...rest, endsAt: ends.toISOString() }));
  }

  end(id: string): Promise<void> {
    return this.remove({ idHash: digestOf(id) });
  }

  /** One that `of` has told of; done also where it has ended meanwhile. */
  async endNamed(userId: string, name: string): Promise<void> {
    const rows = await this.store.getRepository(SessionEntity).findBy({ userId });
    const named = rows.find(({ idHash }) => nameOf(idHash) === name);
    if (named) await this.remove({ idHash: named.idHash });
  }

  /** After whatever has removed sessions or changed what somebody may, by itself. */
  changed(): Promise<void> {
    return this.kept.changed();
  }

  /** Everywhere: after a change of password or rights, and when the user asks for it. */
  endAll(userId: string): Promise<void> {
    return this.remove({ userId });
  }

  /** Forgets before and after: what was read while it was removed must not stay. */
  private async remove(which: { readonly idHash: Buffer } | { readonly userId: string }): Promise<void> {
    this.kept.forget();
    await this.store.getRepository(SessionEntity).delete(which);
    await this.kept.changed();
  }

  /** @throws what the store fails with, where nothing is known that may be believed meanwhile. */
  private async known(key: string, reading: () => Promise<Known | null>, now: Date): Promise<Known | null> {
    try {
      const found = await this.kept.find(key, reading);
      if (found) found.seenAt = now.getTime();
      return found;
    } catch (error) {
      const last = this.kept.last(key);
      if (last && wasBegun(last.seenAt, now) && now.getTime() - last.seenAt < OUTAGE_MS) return last;
      throw error;
    }
  }

  private async read(idHash: Buffer, now: Date): Promise<Known | null> {
    // One statement: over a server the first request after a change waits for it.
    const session = (await this.store
      .getRepository(SessionEntity)
      .createQueryBuilder('session')
      .innerJoinAndMapOne('session.user', UserEntity, 'user', 'user.id = session.userId')
      .leftJoinAndSelect('user.grants', 'given')
      .where('session.idHash = :idHash', { idHash })
      .getOne()) as (SessionEntity & { readonly user: UserEntity }) | null;
    if (session === null || session.user.disabledAt !== null) return null;
    const { user } = session;
    const usedAt = session.lastUsedAt.getTime();
    return {
      viewer: viewerOfUser(user),
      createdAt: session.createdAt.getTime(),
      seenAt: now.getTime(),
      usedAt,
      notedAt: usedAt,
    };
  }
}

const endOf = ({ usedAt, createdAt }: Pick<Known, 'usedAt' | 'createdAt'>): Date =>
  new Date(Math.min(usedAt + IDLE_MS, createdAt + ABSOLUTE_MS));

/** What a session is called where several are listed: it leads neither to its cookie nor to what the store has of that. */
const nameOf = (idHash: Buffer) => createHash('sha256').update(idHash).digest('hex').slice(0, 32);

const digestOf = (id: string) => createHash('sha256').update(id).digest();

/** An engineer who is an official too sees no more belts than an official. */
const seesEveryBelt = (roles: readonly Role[]): boolean =>
  roles.includes('strategist') ||
  (roles.includes('engineer') && !roles.includes('official') && !roles.includes('merchant'));

/** What a user may do and see, from what they were given; by a `token` as much of it as that was given. */
export function viewerOfUser(
  {
    id,
    name,
    isDemo,
    passwordHash,
    grants,
  }: Pick<UserEntity, 'id' | 'name' | 'isDemo' | 'passwordHash' | 'grants'>,
  token: { readonly id: string; readonly permissions: readonly string[] } | null = null,
): Viewer {
  const given = (kind: string) => grants.filter((grant) => grant.kind === kind).map(({ value }) => value);
  const roles: Role[] = ROLES.filter((role) => given('role').includes(role));
  const own = permissionsOf(roles);
  const permissions = new Set(
    token ? own.filter((permission) => token.permissions.includes(permission)) : own,
  );
  const sources = given('source');
  return Object.freeze({
    ...NOBODY,
    ...{
      user: { id, name, isDemo, hasPassword: passwordHash !== null },
      tokenId: token?.id ?? null,
      roles,
      permissions,
    },
    sources: sources.includes('*') ? 'all' : sources,
    belts: seesEveryBelt(roles) ? 'everything' : [],
    regions: roles.includes('official') ? given('region') : [],
    owners: roles.includes('merchant') ? given('owner') : [],
    effort: effortOf(roles),
  });
}
