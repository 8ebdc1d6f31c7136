import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { userName } from '@beltline/contract';
import { IdentityEntity, UserEntity, UserGrantEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { AuditService } from './audit.service.ts';
import type { Vouched } from './identity-provider.ts';
import type { Grant } from './provider-mapping.ts';
import { SessionsService } from './sessions.service.ts';
import { TokensService } from './tokens.service.ts';

const LONGEST_NAME = 64;

/** Users whom the identity provider vouches for. What they are given is what its claims give at each sign-in, and nothing else. */
@Injectable()
export class ProviderUsers {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(TokensService) private readonly tokens: TokensService,
  ) {}

  /**
   * The user of an identity, made at their first sign-in, with what they are given brought up to date; who loses or gains anything is
   * signed out where they were. Null where they have no role here, or were disabled here.
   */
  async let(vouched: Vouched): Promise<UserEntity | null> {
    const { issuer, subject, grants } = vouched;
    const identity = await this.store.getRepository(IdentityEntity).findOneBy({ issuer, subject });
    const hasRole = grants.some(([kind]) => kind === 'role');
    if (!identity) return hasRole ? this.add(vouched) : null;
    const user = await this.store
      .getRepository(UserEntity)
      .findOne({ where: { id: identity.userId }, relations: { grants: true } });
    if (!user) return null;
    if (written(user.grants.map(({ kind, value }) => [kind, value])) !== written(grants))
      await this.change(user.id, grants);
    return hasRole && user.disabledAt === null ? user : null;
  }

  private async add({ issuer, subject, names, grants }: Vouched): Promise<UserEntity | null> {
    const id = randomUUID();
    const name = await this.freeName(names, issuer, subject);
    await this.audit.tell({
      event: 'user-added',
      subject: id,
      detail: `identity provider, ${rolesOf(grants)}`,
    });
    await this.store.transaction(async (manager) => {
      await manager.insert(UserEntity, { id, name, passwordHash: null, createdAt: new Date() });
      await manager.insert(IdentityEntity, { issuer, subject, userId: id });
      await manager.insert(UserGrantEntity, rowsOf(id, grants));
    });
    return this.store.getRepository(UserEntity).findOneBy({ id });
  }

  private async change(id: string, grants: readonly Grant[]): Promise<void> {
    await this.audit.tell({
      ...{ event: 'user-changed', subject: id },
      detail: `identity provider, ${rolesOf(grants) || 'no role'}`,
    });
    await this.store.transaction(async (manager) => {
      await manager.delete(UserGrantEntity, { userId: id });
      if (grants.length > 0) await manager.insert(UserGrantEntity, rowsOf(id, grants));
    });
    await Promise.all([this.tokens.changed(), this.sessions.endAll(id)]);
  }

  /**
   * A name that nobody has: one that somebody here has already is never taken for the same person, whatever the provider calls them.
   */
  private async freeName(names: readonly string[], issuer: string, subject: string): Promise<string> {
    const digest = createHash('sha256').update(`${issuer}\n${subject}`).digest('hex').slice(0, 12);
    for (const name of [...names.flatMap(usable), `user ${digest}`]) {
      const taken = await this.store
        .getRepository(UserEntity)
        .createQueryBuilder('user')
        .where('lower(user.name) = lower(:name)', { name })
        .getExists();
      if (!taken) return name;
    }
    return `user ${randomUUID()}`;
  }
}

/** Cut to length; none where it could not be given here either: it would not be seen, or pass for another's. */
function usable(name: string): string[] {
  const { success, data } = userName.safeParse(name.trim().slice(0, LONGEST_NAME));
  return success ? [data] : [];
}

const rowsOf = (userId: string, grants: readonly Grant[]) =>
  grants.map(([kind, value]) => ({ userId, kind, value }));
const rolesOf = (grants: readonly Grant[]) =>
  grants
    .filter(([kind]) => kind === 'role')
    .map(([, value]) => value)
    .join(', ');
const written = (grants: readonly Grant[]) =>
  grants
    .map((grant) => grant.join('\n'))
    .sort()
    .join('\n\n');
