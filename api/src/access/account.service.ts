import { Inject, Injectable } from '@nestjs/common';
import type { OwnSession, PasswordChange } from '@beltline/contract';
import { invalidRequest } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { whyNoPassword } from './passwords.ts';
import { ownOf, PresentPassword, withPassword } from './present-password.ts';
import { SecondFactors } from './second-factors.service.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { type From, type SignedIn, type SignInFrom, SignInService } from './sign-in.service.ts';
import { TokensService } from './tokens.service.ts';
import { UsersService } from './users.service.ts';
import type { Viewer } from './viewer.ts';

/** What somebody does about their own account. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(PresentPassword) private readonly present: PresentPassword,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(TokensService) private readonly tokens: TokensService,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * A new password, and a new session in the place of all that there are; tokens end where that is asked for, or go on. The present one is asked for, and no code of a second factor:
   * the session has shown one.
   * @throws ProblemError that names the field, or 429 after `wait` was told how many seconds are to be waited.
   */
  async changePassword(
    viewer: Viewer,
    { present, password, revokeTokens = false }: PasswordChange,
    from: SignInFrom,
    wait: (seconds: number) => void,
  ): Promise<SignedIn> {
    const { id, name } = withPassword(viewer);
    const fault =
      whyNoPassword(password, name) ?? (password === present ? 'must differ from the present one' : null);
    if (fault !== null) throw invalidRequest({ field: 'password', message: fault });
    const { address, requestId } = from;
    const asked = { password: present, field: 'present', purpose: 'to change it' };
    const user = await this.present.shown(viewer, asked, from, wait);
    await this.limits.succeeded({ name, address });
    await this.audit.tell({ event: 'password-changed', actor: id, subject: id, address, requestId });
    const factor = (await this.factors.of(id))?.id ?? null;
    const passwordHash = await this.users.setPassword(id, password, { before: user.passwordHash });
    if (passwordHash === null) throw invalidRequest({ field: 'present', message: 'is wrong' });
    if (revokeTokens) await this.tokens.revokeAll(id, { actor: id, address, requestId });
    await this.sessions.endAll(id);
    return this.door.let({ id, passwordHash, factor }, from);
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
