import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../platform/problem/problem-error.ts';
import type { UserEntity } from '@beltline/sql/postgres';
import { AuditService } from './audit.service.ts';
import { DemoUsers } from './demo-users.ts';
import { HalfSignIns } from './half-sign-ins.service.ts';
import type { Vouched } from './identity-provider.ts';
import { ProviderUsers } from './provider-users.service.ts';
import { isRight } from './passwords.ts';
import { SecondFactors } from './second-factors.service.ts';
import { type OpenSession, SessionsService } from './sessions.service.ts';
import type { Shown } from './shown.ts';
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

/** The password was right, and a code is to be shown: no session yet. */
export interface HalfSignedIn {
  /** Of the half, for its cookie. */
  readonly half: string;
}

/** Signing in with a name and a password or as one of a demo, and out. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(DemoUsers) private readonly demo: DemoUsers,
    @Inject(ProviderUsers) private readonly provided: ProviderUsers,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(HalfSignIns) private readonly halves: HalfSignIns,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * A new session, or the first half of one. The answer and its time are the same for a name that there is not, a wrong password and a user who was disabled.
   * @throws ProblemError 401, or 429 after `wait` was told how many seconds are to be waited.
   */
  async signIn(
    { name, password }: { readonly name: string; readonly password: string },
    from: SignInFrom,
    wait: (seconds: number) => void,
  ): Promise<SignedIn | HalfSignedIn> {
    const { address, requestId } = from;
    const attempt = { name, address };
    await this.limits.assertMayTry(attempt, requestId, wait);
    const user = await this.users.byName(name);
    const usable = user !== null && user.disabledAt === null ? user : null;
    if (!(await isRight(password, usable?.passwordHash ?? null)) || usable === null) {
      // Not the name that was typed: it may be the password.
      await this.audit.tell({ event: 'sign-in-failed', subject: user?.id ?? null, address, requestId });
      throw new ProblemError('not-signed-in', 'Name or password is wrong.');
    }
    const entered = await this.enter(usable, from);
    // Who has a code to show has not shown who they are: right passwords must not make room for more guesses at it.
    if ('opened' in entered) await this.limits.succeeded(attempt);
    return entered;
  }

  /** Whoever has shown a right password, or the link that sets one: let in where no second factor is on, else asked for its code. */
  async enter(
    user: Pick<UserEntity, 'id' | 'passwordHash'>,
    from: SignInFrom,
  ): Promise<SignedIn | HalfSignedIn> {
    const factor = await this.factors.of(user.id);
    if (factor === null) return this.let(shownBy(user), from);
    const { address, requestId } = from;
    await this.audit.tell({ event: 'code-asked', subject: user.id, address, requestId });
    return { half: await this.halves.begin(factor) };
  }

  /** Lets in one of a demo's users. @throws ProblemError 401 where they are not offered. */
  async signInToDemo(name: string, from: SignInFrom): Promise<SignedIn> {
    const user = await this.demo.byName(name);
    if (user === null || user.disabledAt !== null)
      throw new ProblemError('not-signed-in', 'There is no such demo user here.');
    return this.let(shownBy(user), from);
  }

  /** Lets in whom the organisation's identity provider vouches for; null where they have no role here or were disabled. */
  async signInByProvider(vouched: Vouched, from: SignInFrom): Promise<SignedIn | null> {
    const user = await this.provided.let(vouched);
    if (user !== null) return this.let(shownBy(user), from);
    await this.refusedByProvider(from);
    return null;
  }

  /** That somebody came back from the identity provider in vain. */
  async refusedByProvider({ address, requestId }: From): Promise<void> {
    await this.audit.tell({ event: 'sign-in-failed', address, requestId, detail: 'identity provider' });
  }

  /**
   * A new session for who has shown all that there is to show, in the place of the one they came with. @throws ProblemError 401 where that is no
   * longer so.
   */
  async let(shown: Shown, { address, requestId, agent, before }: SignInFrom): Promise<SignedIn> {
    if (before !== null) await this.sessions.end(before);
    await this.audit.tell({ event: 'signed-in', actor: shown.id, address, requestId });
    const id = await this.sessions.begin(shown, { address, agent });
    const opened = id === null ? null : await this.sessions.find(id);
    if (id === null || opened === null) throw new ProblemError('not-signed-in', 'Name or password is wrong.');
    return { id, opened };
  }

  async signOut(id: string, { address, requestId }: From): Promise<void> {
    const opened = await this.sessions.find(id);
    if (opened === null) return;
    await this.sessions.end(id);
    await this.audit.tell({ event: 'signed-out', actor: opened.viewer.user?.id ?? null, address, requestId });
  }
}

const shownBy = ({ id, passwordHash }: Pick<UserEntity, 'id' | 'passwordHash'>): Shown => ({
  ...{ id, passwordHash, factor: null },
});
