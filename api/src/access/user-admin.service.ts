/** Users as an administrator sees and changes them. What is changed of somebody ends their sessions, so that it holds at once. */
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { AddedUser, NewUserBody, OneTimeLink, User, UserChange } from '@beltline/contract';
import { OneTimeLinkEntity, SessionEntity, UserEntity, UserGrantEntity } from '@beltline/sql/postgres';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { invalidRequest, notFound, ProblemError, sought } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { LinksService } from './links.service.ts';
import { SessionsService } from './sessions.service.ts';
import { TokensService } from './tokens.service.ts';
import { type Doer, givenOf, grantsOf, inWords, UsersService } from './users.service.ts';

@Injectable()
export class UserAdminService {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(LinksService) private readonly links: LinksService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(TokensService) private readonly tokens: TokensService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async list(): Promise<User[]> {
    const [users, ends] = [await this.users.all(), await this.links.ends()];
    return users.map((user) => answerOf(user, ends.get(user.id)));
  }

  /** A user without a password, and the link by which they set one. */
  async add(body: NewUserBody, by: Doer): Promise<AddedUser> {
    const id = await this.users.add({ ...body, password: null }, by);
    const link = await this.makeLink(id, by);
    return { user: await this.one(id), link };
  }

  /** @throws ProblemError where nobody who can get in would be left to manage users. */
  async change(id: string, { isDisabled, ...given }: UserChange, by: Doer): Promise<User> {
    const user = await this.changeable(id);
    const [before, after] = [inWords(givenOf(user)), inWords(given)];
    const isSwitched = isDisabled !== (user.disabledAt !== null);
    if (before === after && !isSwitched) return this.one(id);
    const remains = !isDisabled && given.roles.includes('administrator');
    if (!remains) await this.assertAnother(this.store.manager, id, isDisabled);
    if (before !== after)
      await this.audit.tell({
        ...{ event: 'user-changed', ...by },
        ...{ subject: id, detail: `${before} → ${after}` },
      });
    if (isSwitched)
      await this.audit.tell({ event: isDisabled ? 'user-disabled' : 'user-enabled', ...by, subject: id });
    await this.store.transaction(async (manager) => {
      // Again, and one after the other: two administrators may take each other's role at once.
      if (!remains) await this.assertAnother(manager, id, isDisabled);
      const disabledAt = isDisabled ? (user.disabledAt ?? new Date()) : null;
      await manager.update(UserEntity, { id }, { disabledAt });
      await manager.delete(UserGrantEntity, { userId: id });
      await manager.insert(UserGrantEntity, grantsOf(id, given));
      await manager.delete(SessionEntity, { userId: id });
      if (isDisabled) await manager.delete(OneTimeLinkEntity, { userId: id });
    });
    await this.sessions.endAll(id);
    this.tokens.forget();
    return this.one(id);
  }

  /** A link for a new password; the one they have stays good until it is used. */
  async link(id: string, by: Doer): Promise<OneTimeLink> {
    const { disabledAt } = await this.changeable(id);
    if (disabledAt !== null) throw invalidRequest({ field: 'id', message: 'is disabled; let them in first' });
    return this.makeLink(id, by);
  }

  private async makeLink(subject: string, by: Doer): Promise<OneTimeLink> {
    await this.audit.tell({ event: 'link-made', ...by, subject });
    return this.links.make(subject);
  }

  /** Where the user is an administrator who can get in, there must be another one. Within a transaction these are held until it ends. */
  private async assertAnother(manager: EntityManager, id: string, isDisabled: boolean): Promise<void> {
    const rows = await manager.findBy(UserGrantEntity, { kind: 'role', value: 'administrator' });
    const usable = await manager.find(UserEntity, {
      where: {
        ...{ id: In(rows.map(({ userId }) => userId)), isDemo: false },
        ...{ disabledAt: IsNull(), passwordHash: Not(IsNull()) },
      },
      order: { id: 'ASC' },
      ...(manager.queryRunner?.isTransactionActive ? { lock: { mode: 'pessimistic_write' } } : {}),
    });
    // What was waited for may have changed the roles meanwhile.
    const still = await manager.findBy(UserGrantEntity, { kind: 'role', value: 'administrator' });
    const left = usable.filter((user) => still.some(({ userId }) => userId === user.id));
    if (!left.some((user) => user.id === id) || left.length > 1) return;
    throw invalidRequest({
      field: isDisabled ? 'isDisabled' : 'roles',
      message: 'this is the last administrator who can sign in; somebody else must be one first',
    });
  }

  private async changeable(id: string): Promise<UserEntity> {
    const user = await this.found(id);
    if (user.isDemo) throw new ProblemError('forbidden', 'Users of the demo are made and ended by the demo.');
    return user;
  }

  private async one(id: string): Promise<User> {
    return answerOf(await this.found(id), (await this.links.ends()).get(id));
  }

  private async found(id: string): Promise<UserEntity> {
    const user = await this.store
      .getRepository(UserEntity)
      .findOne({ where: { id }, relations: { grants: true } });
    if (user === null) throw sought(notFound('There is no user of this id.'), 'user', null);
    return user;
  }
}

function answerOf(user: UserEntity, linkEndsAt: Date | undefined): User {
  const { roles, sources, regions, owners } = givenOf(user);
  return {
    id: user.id,
    name: user.name,
    isDemo: user.isDemo,
    isDisabled: user.disabledAt !== null,
    hasPassword: user.passwordHash !== null,
    linkEndsAt: linkEndsAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    roles: [...roles],
    sources: [...sources],
    regions: [...regions],
    owners: [...owners],
  };
}
