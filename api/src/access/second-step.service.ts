import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type HalfSignInEntity, type SecondFactorEntity, UserEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { HalfSignIns } from './half-sign-ins.service.ts';
import { SecondFactors } from './second-factors.service.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { type SignedIn, type SignInFrom, SignInService } from './sign-in.service.ts';

/** The second step of signing in: the code, after the password was right. */
@Injectable()
export class SecondStepService {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(HalfSignIns) private readonly halves: HalfSignIns,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * A new session for the half that a browser brings, and a code or recovery code that was never used.
   * @throws ProblemError 401 `code-needed` where the code is wrong and another can be tried, 401 `not-signed-in` where it is to be begun again
   * with the password, or 429 after `wait` was told how many seconds are to be waited.
   */
  async finish(
    id: string | null,
    code: string,
    from: SignInFrom,
    wait: (seconds: number) => void,
  ): Promise<SignedIn> {
    const found = id === null ? null : await this.find(id);
    if (found === null) throw over();
    const { half, user, factor } = found;
    const { address, requestId } = from;
    const attempt = { name: user.name, address };
    await this.limits.assertMayTry(attempt, requestId, wait);
    if (!(await this.halves.mayTry(half))) throw over();
    const told = { subject: user.id, address, requestId };
    const shown = await this.factors.check(factor, code);
    if (shown?.kind === 'recovery-code')
      await this.audit.tell({ event: 'recovery-code-used', ...told, detail: 'to sign in' });
    if (
      shown === null ||
      !(await this.factors.take(factor, shown, (manager) => this.halves.end(manager, half)))
    ) {
      await this.audit.tell({ event: 'code-failed', ...told, detail: 'to sign in' });
      throw new ProblemError(
        'code-needed',
        'The code is wrong or was used before. After many wrong ones in a row only recovery codes are taken.',
      );
    }
    await this.limits.succeeded(attempt);
    return this.door.let({ id: user.id, passwordHash: user.passwordHash, factor: factor.id }, from);
  }

  /** Nothing where the user was disabled, has another password or another factor, or none, since it was begun. */
  private async find(
    id: string,
  ): Promise<{ half: HalfSignInEntity; user: UserEntity; factor: SecondFactorEntity } | null> {
    const half = await this.halves.find(id);
    if (half === null) return null;
    const user = await this.store.getRepository(UserEntity).findOneBy({ id: half.userId });
    const factor = await this.factors.of(half.userId);
    if (user === null || user.disabledAt !== null || factor === null) return null;
    return this.halves.isOf(half, user, factor) ? { half, user, factor } : null;
  }
}

/** The same words whatever is over. */
const over = () => new ProblemError('not-signed-in', 'Begin again with name and password.');
