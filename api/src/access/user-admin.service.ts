/** Users as an administrator sees and changes them. What is changed of somebody ends their sessions, so that it holds at once. */
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type AddedUser,
  type NewUserBody,
  type OneTimeLink,
  ROLES,
  type User,
  type UserChange,
  type UserState,
} from '@beltline/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { invalidRequest, notFound, ProblemError, sought } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { holdUsers } from './hold-users.ts';
import { type KnownUser, readUsers, userAnswer } from './known-users.ts';
import { isUsableAdministrator } from './last-administrator.ts';
import { LinksService } from './links.service.ts';
import { SessionsService } from './sessions.service.ts';
import { TokensService } from './tokens.service.ts';
import { changesInWords, isSame, matches, stateTag, writeStates } from './user-state.ts';
import { type Doer, UsersService } from './users.service.ts';

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
    return (await readUsers(this.store.manager)).map(userAnswer);
  }

  /** @throws ProblemError where there is none. */
  async one(id: string): Promise<User> {
    return userAnswer(await found(this.store.manager, id));
  }

  /** A user without a password, and the link by which they set one. @throws ProblemError where the name is taken, or looks like another's. */
  async add(body: NewUserBody, by: Doer): Promise<AddedUser> {
    const id = await this.users.add({ ...body, password: null }, by);
    const link = await this.makeLink(id, by);
    return { user: await this.one(id), link };
  }

  /**
   * @throws ProblemError where they are in another state than `ifMatch` names, which comes with it, or nobody who can get in would be left to
   * manage users.
   */
  async change(id: string, change: UserChange, ifMatch: string | undefined, by: Doer): Promise<User> {
    const isChanged = await this.store.transaction(async (manager) => {
      await holdUsers(manager);
      const user = await changeable(manager, id);
      if (!matches(ifMatch, stateTag(user.state))) throw inOtherState(user);
      const after = inOrder(change);
      if (isSame(user.state, after)) return false;
      if (user.provider !== null && !isSame({ ...user.state, isDisabled: after.isDisabled }, after))
        throw invalidRequest({
          field: 'roles',
          message: 'what they are given is what the rules of the identity provider give at each sign-in',
        });
      await assertAnother(manager, user, after);
      await writeStates(manager, [{ id, after }]);
      await this.audit.tellWithin(manager, changesInWords(id, user.state, after, by));
      return true;
    });
    if (isChanged) await Promise.all([this.sessions.changed(), this.tokens.changed()]);
    return this.one(id);
  }

  /** A link for a new password; the one they have stays good until it is used. */
  async link(id: string, by: Doer): Promise<OneTimeLink> {
    const { state, provider } = await changeable(this.store.manager, id);
    if (state.isDisabled) throw invalidRequest({ field: 'id', message: 'is disabled; let them in first' });
    if (provider !== null)
      throw invalidRequest({ field: 'id', message: `signs in through ${provider} and has no password here` });
    return this.makeLink(id, by);
  }

  private async makeLink(subject: string, by: Doer): Promise<OneTimeLink> {
    await this.audit.tell({ event: 'link-made', ...by, subject });
    return this.links.make(subject);
  }
}

/** Where the user is an administrator who can get in and would not be afterwards, there must be another one. */
async function assertAnother(manager: EntityManager, user: KnownUser, after: UserState): Promise<void> {
  if (!isUsableAdministrator(user) || isUsableAdministrator({ ...user, state: after })) return;
  const others = (await readUsers(manager)).filter((one) => one.id !== user.id);
  if (others.some(isUsableAdministrator)) return;
  throw invalidRequest({
    field: after.isDisabled ? 'isDisabled' : 'roles',
    message: 'this is the last administrator who can sign in; somebody else must be one first',
  });
}

async function found(manager: EntityManager, id: string): Promise<KnownUser> {
  const [user] = await readUsers(manager, id);
  if (user === undefined) throw sought(notFound('There is no user of this id.'), 'user', null);
  return user;
}

async function changeable(manager: EntityManager, id: string): Promise<KnownUser> {
  const user = await found(manager, id);
  if (user.isDemo) throw new ProblemError('forbidden', 'Users of the demo are made and ended by the demo.');
  return user;
}

/** As it is kept: each once and in order. */
const inOrder = ({ roles, sources, regions, owners, isDisabled }: UserChange): UserState => ({
  roles: ROLES.filter((role) => roles.includes(role)),
  sources: [...new Set(sources)].sort(),
  regions: [...new Set(regions)].sort(),
  owners: [...new Set(owners)].sort(),
  isDisabled,
});

const inOtherState = (user: KnownUser): ProblemError =>
  new ProblemError(
    'precondition-failed',
    'The user has been changed since they were read. Nothing was written; `currentUser` is the user as they are now.',
    { currentUser: userAnswer(user) },
  );
