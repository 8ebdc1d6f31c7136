import { Inject, Injectable } from '@nestjs/common';
import type { OwnSession, PasswordChange } from '@beltline/contract';
import { invalidRequest, ProblemError } from '../platform/problem/problem-error.ts';
import { notSignedIn } from './access.guard.ts';
import { AuditService } from './audit.service.ts';
import { isRight, whyNoPassword } from './passwords.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { type From, type SignedIn, type SignInFrom, SignInService } from './sign-in.service.ts';
import { UsersService } from './users.service.ts';
import type { Viewer } from './viewer.ts';

/** What somebody does about their own account. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * A new password, and a new session in the place of all that there are. The present one is asked for, or whoever finds a browser open
   * would own the account; it is guessed no faster here than at the sign-in.
   * @throws ProblemError that names the field, or 429 after `wait` was told how many seconds are to be waited.
   */
  async changePassword(
    viewer: Viewer,
    { present, password }: PasswordChange,
    from: SignInFrom,
    wait: (seconds: number) => void,
  ): Promise<SignedIn> {
    const { id, name, hasPassword } = ownOf(viewer);
    if (!hasPassword)
      throw new ProblemError(
        'forbidden',
        'Users of the demo and of an identity provider have no password here.',
      );
    const fault =
      whyNoPassword(password, name) ?? (password === present ? 'must differ from the present one' : null);
    if (fault !== null) throw invalidRequest({ field: 'password', message: fault });
    const { address, requestId } = from;
    await this.limits.assertMayTry({ name, address }, requestId, wait);
    const user = await this.users.byName(name);
    if (user?.id !== id || !(await isRight(present, user.passwordHash))) {
      const detail = 'the present password, to change it';
      await this.audit.tell({ event: 'sign-in-failed', actor: id, subject: id, address, requestId, detail });
      throw invalidRequest({ field: 'present', message: 'is wrong' });
    }
    await this.limits.succeeded({ name, address });
    await this.audit.tell({ event: 'password-changed', actor: id, subject: id, address, requestId });
    await this.users.setPassword(id, password);
    await this.sessions.endAll(id);
    return this.door.let(user, from);
  }

  sessionsOf(viewer: Viewer, asking: string | null): Promise<OwnSession[]> {
    return this.sessions.of(ownOf(viewer).id, asking);
  }

  async signOutEverywhere(viewer: Viewer, { address, requestId }: From): Promise<void> {
    const { id } = ownOf(viewer);
    await this.audit.tell({ event: 'signed-out-everywhere', actor: id, address, requestId });
    await this.sessions.endAll(id);
  }
}

/** The guard has let somebody in, so there is one. */
export function ownOf({ user }: Viewer): NonNullable<Viewer['user']> {
  if (user === null) throw notSignedIn();
  return user;
}
