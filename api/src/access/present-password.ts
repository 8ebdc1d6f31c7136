import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { UserEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { invalidRequest, ProblemError } from '../platform/problem/problem-error.ts';
import { notSignedIn } from './access.guard.ts';
import { AuditService } from './audit.service.ts';
import { isRight } from './passwords.ts';
import { SignInLimits } from './sign-in-limits.ts';
import type { From } from './sign-in.service.ts';
import { UsersService } from './users.service.ts';
import type { Viewer } from './viewer.ts';

export interface Asked {
  readonly password: string;
  /** Under which the request holds it, for the problem. */
  readonly field: string;
  /** What it is asked for, for the audit. */
  readonly purpose: string;
}

/** The password that somebody who is signed in has to show again, or whoever finds a browser open would own the account. */
@Injectable()
export class PresentPassword {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * The user, where the password is right. It is guessed no faster here than at the sign-in; that it was right is for the caller to count
   * (`SignInLimits.succeeded`), who may ask for more.
   * @throws ProblemError that names the field, or 429 after `wait` was told how many seconds are to be waited.
   */
  async shown(
    viewer: Viewer,
    { password, field, purpose }: Asked,
    { address, requestId }: From,
    wait: (seconds: number) => void,
  ): Promise<UserEntity> {
    const { id, name } = withPassword(viewer);
    await this.limits.assertMayTry({ name, address }, requestId, wait);
    const user = await this.users.byName(name);
    if (user?.id === id && (await isRight(password, user.passwordHash))) return user;
    const detail = `the present password, ${purpose}`;
    await this.audit.tell({ event: 'sign-in-failed', actor: id, subject: id, address, requestId, detail });
    throw invalidRequest({ field, message: 'is wrong' });
  }

  /** As it is kept at the moment, where it is not asked for: what is done by it must not outlive it. */
  async kept(id: string): Promise<string | null> {
    return (await this.store.getRepository(UserEntity).findOneByOrFail({ id })).passwordHash;
  }
}

/** The guard has let somebody in, so there is one. */
export function ownOf({ user }: Viewer): NonNullable<Viewer['user']> {
  if (user === null) throw notSignedIn();
  return user;
}

/** @throws ProblemError where they have no password here. */
export function withPassword(viewer: Viewer): NonNullable<Viewer['user']> {
  const user = ownOf(viewer);
  if (user.hasPassword) return user;
  throw new ProblemError('forbidden', 'Users of the demo and of an identity provider have no password here.');
}
