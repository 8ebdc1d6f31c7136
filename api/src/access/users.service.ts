import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type AuditEvent, type Role, ROLES } from '@beltline/contract';
import {
  AttemptEntity,
  type GrantKind,
  OneTimeLinkEntity,
  SecondFactorEntity,
  SessionEntity,
  UserEntity,
  UserGrantEntity,
} from '@beltline/sql/postgres';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { invalidRequest } from '../platform/problem/problem-error.ts';
import { AuditService, type Told } from './audit.service.ts';
import { holdUsers } from './hold-users.ts';
import { looksOf, nameKey } from './name-likeness.ts';
import { hashPassword, whyNoPassword } from './passwords.ts';
import { removeSecondFactor } from './second-factors.service.ts';

/** A user to be made, with what they are given. */
export interface NewUser extends Partial<Given> {
  readonly name: string;
  /** Null: they set it by a link. */
  readonly password: string | null;
  readonly roles: readonly Role[];
}

/** What a user is given, by kind. */
export interface Given {
  readonly roles: readonly Role[];
  /** Sources that they may see; `*` = all, also later ones. */
  readonly sources: readonly string[];
  /** Prefixes of GB/T 2260. */
  readonly regions: readonly string[];
  /** Legal owners, each under its source. */
  readonly owners: readonly string[];
}

/** Who does something, and from where; nobody where it is the host itself. */
export type Doer = Pick<Told, 'actor' | 'address' | 'requestId'>;

@Injectable()
export class UsersService {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** By name, whatever its capitals, with what they were given. */
  async byName(name: string): Promise<UserEntity | null> {
    return this.store
      .getRepository(UserEntity)
      .createQueryBuilder('user')
      .leftJoinAndSelect('user.grants', 'grant')
      .where('lower(user.name) = lower(:name)', { name })
      .getOne();
  }

  /** @throws ProblemError where the name is taken, or looks like another's, or the password is none. */
  async add({ name, password, roles, ...rest }: NewUser, by: Doer = {}): Promise<string> {
    const fault = password === null ? null : whyNoPassword(password, name);
    if (fault !== null) throw invalidRequest({ field: 'password', message: fault });
    const id = randomUUID();
    const passwordHash = password === null ? null : await hashPassword(password);
    const given = { sources: [], regions: [], owners: [], ...rest, roles };
    const added = { event: 'user-added', ...by, subject: id, detail: `${name}: ${inWords(given)}` } as const;
    await this.store.transaction(async (manager) => {
      // Two who add at once would not see each other's.
      await holdUsers(manager);
      assertUnlike(name, await manager.find(UserEntity, { select: { id: true, name: true } }));
      await manager.insert(UserEntity, { id, name, passwordHash, createdAt: new Date() });
      await manager.insert(UserGrantEntity, grantsOf(id, given));
      await this.audit.tellWithin(manager, [added]);
    });
    return id;
  }

  /** Everybody, by name, with what they were given. */
  async all(): Promise<UserEntity[]> {
    return this.store.getRepository(UserEntity).find({ relations: { grants: true }, order: { name: 'ASC' } });
  }

  /** What those are given who may see their regions, and can sign in. */
  async officials(): Promise<Given[]> {
    const found = await this.store.getRepository(UserEntity).find({
      where: { disabledAt: IsNull(), grants: { kind: 'role', value: 'official' } },
      select: { id: true },
    });
    const users = await this.store
      .getRepository(UserEntity)
      .find({ where: { id: In(found.map(({ id }) => id)) }, relations: { grants: true } });
    return users.map(givenOf);
  }

  /** Lets a user in no more. Where the API keeps sessions in memory, it must not run meanwhile. */
  async disable(name: string): Promise<void> {
    await this.change('user-disabled', name, { disabledAt: new Date() });
  }

  /**
   * A new password for a user, who is let in again with it, and with it alone: a second factor is taken off. All delays after failures are over: who is locked out may be so by
   * them, and from which address is not known here.
   */
  async reset(name: string, password: string): Promise<void> {
    const change = { disabledAt: null, passwordHash: await hashPassword(password) };
    await this.change('password-reset', name, change, true);
    await this.store.getRepository(AttemptEntity).createQueryBuilder().delete().execute();
  }

  /**
   * The password that a user has chosen; ends their sessions and the link that may lie about. Who keeps sessions in memory forgets them
   * after. `by`: done only where that is still so, or two could do it by the same: the link that they came by, or the password before, as it
   * is kept. @returns the new one, as it is kept; null where it was not done.
   */
  async setPassword(
    id: string,
    password: string,
    by: { readonly link: Buffer } | { readonly before: string | null },
  ): Promise<string | null> {
    const passwordHash = await hashPassword(password);
    return this.store.transaction(async (manager) => {
      const link = 'link' in by ? { digest: by.link } : {};
      const { affected } = await manager.delete(OneTimeLinkEntity, { userId: id, ...link });
      if ('link' in by && affected !== 1) return null;
      const before = 'before' in by ? { passwordHash: by.before ?? IsNull() } : {};
      const changed = await manager.update(UserEntity, { id, ...before }, { passwordHash });
      if (changed.affected !== 1) return null;
      await manager.delete(SessionEntity, { userId: id });
      return passwordHash;
    });
  }

  /** Changes a user and ends their sessions, both or neither. @throws ProblemError where there is no such user. */
  private async change(
    event: AuditEvent,
    name: string,
    change: Partial<UserEntity>,
    takesFactorOff = false,
  ): Promise<void> {
    const user = await this.byName(name);
    if (!user) throw invalidRequest({ field: 'name', message: 'there is no such user' });
    const [{ id: subject }, factors] = [user, this.store.getRepository(SecondFactorEntity)];
    await this.audit.tell({ event, subject });
    if (takesFactorOff && (await factors.existsBy({ userId: subject, confirmedAt: Not(IsNull()) })))
      await this.audit.tell({ event: 'second-factor-off', subject, detail: 'by a reset on the host' });
    await this.store.transaction(async (manager) => {
      await holdUsers(manager);
      await manager.update(UserEntity, { id: user.id }, change);
      await manager.delete(SessionEntity, { userId: user.id });
      await manager.delete(OneTimeLinkEntity, { userId: user.id });
      if (takesFactorOff) await removeSecondFactor(manager, user.id);
    });
  }

  /** Whether there is nobody yet, as before a first start. */
  async isEmpty(): Promise<boolean> {
    return (await this.store.getRepository(UserEntity).count({ take: 1 })) === 0;
  }
}

/** @throws ProblemError where a name is another's, whatever its capitals, or could pass for it. */
function assertUnlike(name: string, others: readonly { readonly name: string }[]): void {
  const fault = (message: string) => invalidRequest({ field: 'name', message });
  if (others.some((other) => nameKey(other.name) === nameKey(name))) throw fault('is taken');
  const looks = looksOf(name);
  const alike = others.find((other) => looksOf(other.name).some((look) => looks.includes(look)));
  if (alike) throw fault(`looks like ${alike.name}, who is there already`);
}

const KINDS: readonly (readonly [GrantKind, keyof Given])[] = [
  ['role', 'roles'],
  ['source', 'sources'],
  ['region', 'regions'],
  ['owner', 'owners'],
];

/** The rows of what a user is given; what is named twice is given once. */
export const grantsOf = (userId: string, given: Given): Omit<UserGrantEntity, 'user'>[] =>
  KINDS.flatMap(([kind, of]) => [...new Set(given[of])].map((value) => ({ userId, kind, value })));

/** The other way round; in one order, so that what is alike reads alike. A role that is not known gives nothing. */
export function givenOf({ grants }: Pick<UserEntity, 'grants'>): Given {
  const of = (kind: GrantKind) =>
    grants
      .filter((grant) => grant.kind === kind)
      .map(({ value }) => value)
      .sort();
  const roles = ROLES.filter((role) => of('role').includes(role));
  return { roles, sources: of('source'), regions: of('region'), owners: of('owner') };
}

/** For the audit: `roles official; regions 33, 44`. */
export const inWords = (given: Given): string =>
  KINDS.filter(([, of]) => given[of].length > 0)
    .map(([, of]) => `${of} ${[...new Set(given[of])].sort().join(', ')}`)
    .join('; ') || 'nothing given';
