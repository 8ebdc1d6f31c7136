import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../platform/problem/problem-error.ts';
import type { UserEntity } from '@beltline/sql/postgres';
import { AuditService } from './audit.service.ts';
import { DemoUsers } from './demo-users.ts';
import type { Vouched } from './identity-provider.ts';
import { ProviderUsers } from './provider-users.service.ts';
import { isRight } from './passwords.ts';
import { type OpenSession, SessionsService } from './sessions.service.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { UsersService } from './users.service.ts';

export interface From {
  readonly address: string;
  readonly requestId: string;
}
export interface SignInFrom extends From {
  readonly agent: string;
  /** The session that the request came with, which the new one replaces. */
  readonly before: string | null;
}

export interface SignedIn {
  /** Of the session, for its cookie. */
  readonly id: string;
  readonly opened: OpenSession;
}

/** Signing in with a name and a password or as one of a demo, and out. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(DemoUsers) private readonly demo: DemoUsers,
    @Inject(ProviderUsers) private readonly provided: ProviderUsers,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * A new session. The answer and its time are the same for a name that there is not, a wrong password and a user who was disabled.
   * @throws ProblemError 401, or 429 after `wait` was told how many seconds are to be waited.
   */
  async signIn(
    { name, password }: { readonly name: string; readonly password: string },
    { address, requestId, agent, before }: SignInFrom,
    wait: (seconds: number) => void,
  ): Promise<SignedIn> {
    const attempt = { name, address };
    await this.limits.assertMayTry(attempt, requestId, wait);
    const user = await this.users.byName(name);
    const usable = user !== null && user.disabledAt === null ? user : null;
    if (!(await isRight(password, usable?.passwordHash ?? null)) || usable === null) {
      // Not the name that was typed: it may be the password.
      await this.audit.tell({ event: 'sign-in-failed', subject: user?.id ?? null, address, requestId });
      throw new ProblemError('not-signed-in', 'Name or password is wrong.');
    }
    await this.limits.succeeded(attempt);
    return this.let(usable, { address, requestId, agent, before });
  }

  /** Lets in one of a demo's users. @throws ProblemError 401 where they are not offered. */
  async signInToDemo(name: string, from: SignInFrom): Promise<SignedIn> {
    const user = await this.demo.byName(name);
    if (user === null || user.disabledAt !== null)
      throw new ProblemError('not-signed-in', 'There is no such demo user here.');
    return this.let(user, from);
  }

  /** Lets in whom the organisation's identity provider vouches for; null where they have no role here or were disabled. */
  async signInByProvider(vouched: Vouched, from: SignInFrom): Promise<SignedIn | null> {
    const user = await this.provided.let(vouched);
    if (user !== null) return this.let(user, from);
    await this.refusedByProvider(from);
    return null;
  }

  /** That somebody came back from the identity provider in vain. */
  async refusedByProvider({ address, requestId }: From): Promise<void> {
    await this.audit.tell({ event: 'sign-in-failed', address, requestId, detail: 'identity provider' });
  }

  /** A new session for who has shown who they are, in the place of the one they came with. */
  async let(
    user: Pick<UserEntity, 'id'>,
    { address, requestId, agent, before }: SignInFrom,
  ): Promise<SignedIn> {
    if (before !== null) await this.sessions.end(before);
    await this.audit.tell({ event: 'signed-in', actor: user.id, address, requestId });
    const id = await this.sessions.begin(user.id, { address, agent });
    const opened = await this.sessions.find(id);
    if (opened === null) throw new ProblemError('not-signed-in', 'Name or password is wrong.');
    return { id, opened };
  }

  async signOut(id: string, { address, requestId }: From): Promise<void> {
    const opened = await this.sessions.find(id);
    if (opened === null) return;
    await this.sessions.end(id);
    await this.audit.tell({ event: 'signed-out', actor: opened.viewer.user?.id ?? null, address, requestId });
  }
}
