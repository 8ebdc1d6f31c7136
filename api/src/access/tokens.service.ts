/** Tokens by which programs ask as somebody: never more than that person may at the moment, and as little as they were given. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type ApiToken, type MadeToken, type NewToken, TOKEN_PERMISSIONS } from '@beltline/contract';
import { ApiTokenEntity, UserEntity } from '@beltline/sql/postgres';
import { DataSource, In } from 'typeorm';
import { invalidRequest, notFound, sought } from '../platform/problem/problem-error.ts';
import { AccessCount } from './access-count.ts';
import { AuditService } from './audit.service.ts';
import { KnownCallers } from './known-callers.ts';
import { wasBegun } from './lifetime.ts';
import { viewerOfUser } from './sessions.service.ts';
import { holdUser } from './shown.ts';
import type { Doer } from './users.service.ts';
import type { Viewer } from './viewer.ts';

/** A secret scanner knows a token by it: `belt_[A-Za-z0-9_-]{43}`. */
const PREFIX = 'belt_';
const FORM = /^belt_[\w-]{43}$/;
const DAY_MS = 24 * 3_600_000;
/** Its last use is written down no more often. */
const NOTED_MS = 60_000;
/** Of one person; who needs more has forgotten some. */
const MOST = 50;

interface Known {
  readonly viewer: Viewer;
  readonly createdAt: number;
  readonly endsAt: number;
  notedAt: number;
}

@Injectable()
export class TokensService {
  /** Believed until something changes, as sessions are. */
  private readonly kept: KnownCallers<Known>;

  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(AccessCount) { shared }: AccessCount,
  ) {
    this.kept = new KnownCallers(shared);
  }

  async list(userId: string): Promise<ApiToken[]> {
    const tokens = await this.store
      .getRepository(ApiTokenEntity)
      .find({ where: { userId }, order: { createdAt: 'DESC' } });
    return tokens.map(answerOf);
  }

  /** @throws ProblemError where it would be allowed more than its owner. */
  async make(
    { permissions: allowed }: Viewer,
    userId: string,
    { name, permissions, days }: NewToken,
    by: Doer,
    now = new Date(),
  ): Promise<MadeToken> {
    const tooMuch = permissions.filter((permission) => !allowed.has(permission));
    if (tooMuch.length > 0)
      throw invalidRequest({ field: 'permissions', message: `you may not ${tooMuch.join(', ')} yourself` });
    const secret = PREFIX + randomBytes(32).toString('base64url');
    const token = {
      ...{ id: randomUUID(), userId, name, digest: digestOf(secret) },
      permissions: TOKEN_PERMISSIONS.filter((permission) => permissions.includes(permission)),
      ...{ createdAt: now, endsAt: new Date(now.getTime() + days * DAY_MS), lastUsedAt: null },
    };
    const detail = `${name}: ${token.permissions.join(', ')}; ${days} days`;
    await this.store.transaction(async (manager) => {
      // One after the other of the same person, or two at once would both be the last that is allowed.
      await holdUser(manager, userId);
      if ((await manager.countBy(ApiTokenEntity, { userId })) >= MOST)
        throw invalidRequest({ field: 'name', message: `you have ${MOST} tokens; revoke one first` });
      await manager.insert(ApiTokenEntity, token);
      await this.audit.tellWithin(manager, [{ event: 'token-made', ...by, subject: token.id, detail }]);
    });
    return { token: answerOf(token), secret };
  }

  /** It holds at the next request. `owner`: whose it is, where somebody else does it. @throws ProblemError where it is no token of theirs. */
  async revoke(userId: string, id: string, by: Doer, owner: string | null = null): Promise<void> {
    const token = await this.store.getRepository(ApiTokenEntity).findOneBy({ id });
    if (token?.userId !== userId)
      throw sought(notFound('There is no token of this id.'), 'token', token?.id ?? null);
    await this.remove([token], by, owner);
  }

  /** All of a user's. `owner`: their name, where an administrator does it. */
  async revokeAll(userId: string, by: Doer, owner: string | null = null): Promise<void> {
    await this.remove(await this.store.getRepository(ApiTokenEntity).findBy({ userId }), by, owner);
  }

  private async remove(tokens: readonly ApiTokenEntity[], by: Doer, owner: string | null): Promise<void> {
    for (const { id, name } of tokens) {
      const detail = owner === null ? name : `${name}, of ${owner}`;
      await this.audit.tell({ event: 'token-revoked', ...by, subject: id, detail });
    }
    this.kept.forget();
    await this.store.getRepository(ApiTokenEntity).delete({ id: In(tokens.map(({ id }) => id)) });
    await this.kept.changed();
  }

  /** As whom a program asks; null where there is no such token, it is over or not begun yet, or its owner is not let in. */
  async find(secret: string, now = new Date()): Promise<Viewer | null> {
    if (!FORM.test(secret)) return null;
    const digest = digestOf(secret);
    const key = digest.toString('base64');
    const known = await this.kept.find(key, () => this.read(digest));
    if (known === null || now.getTime() >= known.endsAt || !wasBegun(known.createdAt, now)) return null;
    if (now.getTime() - known.notedAt >= NOTED_MS) {
      known.notedAt = now.getTime();
      const noting = this.store.getRepository(ApiTokenEntity).update({ digest }, { lastUsedAt: now });
      // That it cannot be written down is no reason to refuse who is known.
      await noting.catch(() => undefined);
    }
    return known.viewer;
  }

  /** After whatever changes what somebody may. */
  changed(): Promise<void> {
    return this.kept.changed();
  }

  private async read(digest: Buffer): Promise<Known | null> {
    const token = (await this.store
      .getRepository(ApiTokenEntity)
      .createQueryBuilder('token')
      .innerJoinAndMapOne('token.owner', UserEntity, 'owner', 'owner.id = token.userId')
      .leftJoinAndSelect('owner.grants', 'given')
      .where('token.digest = :digest', { digest })
      .getOne()) as (ApiTokenEntity & { readonly owner: UserEntity }) | null;
    if (token === null || token.owner.disabledAt !== null) return null;
    const viewer = viewerOfUser(token.owner, { id: token.id, permissions: token.permissions });
    return {
      viewer,
      createdAt: token.createdAt.getTime(),
      endsAt: token.endsAt.getTime(),
      notedAt: token.lastUsedAt?.getTime() ?? 0,
    };
  }
}

const digestOf = (secret: string) => createHash('sha256').update(secret).digest();

const answerOf = ({
  id,
  name,
  permissions,
  createdAt,
  endsAt,
  lastUsedAt,
}: Omit<ApiTokenEntity, 'userId' | 'digest'>): ApiToken => ({
  ...{ id, name, permissions: TOKEN_PERMISSIONS.filter((permission) => permissions.includes(permission)) },
  ...{ createdAt: createdAt.toISOString(), endsAt: endsAt.toISOString() },
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
