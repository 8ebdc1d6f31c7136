/**
 * Links by which somebody sets a password, once: a new user their first, and who has forgotten theirs another. Until it is used the
 * password before stays good, so that a link made by mistake locks nobody out.
 */
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { LinkUse, OneTimeLink } from '@beltline/contract';
import { OneTimeLinkEntity, UserEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { invalidRequest, ProblemError } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { endsWithin } from './lifetime.ts';
import { LINK_MS, linkDigest, makeLinks } from './new-links.ts';
import { whyNoPassword } from './passwords.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { type HalfSignedIn, type SignedIn, type SignInFrom, SignInService } from './sign-in.service.ts';
import { UsersService } from './users.service.ts';

@Injectable()
export class LinksService {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** A new link, in the place of the one before; its token is told this once. */
  async make(userId: string, now = new Date()): Promise<OneTimeLink> {
    const [link] = await makeLinks(this.store.manager, [userId], now);
    return link as OneTimeLink;
  }

  /**
   * Sets the password, ends the user's sessions, and lets them in, or asks for the code of their second factor. A link that was used, is over, or was never there is refused alike,
   * and no more often tried than a password.
   * @throws ProblemError 401, 400 for the password, or 429 after `wait` was told how many seconds are to be waited.
   */
  async use(
    { token, password }: LinkUse,
    from: SignInFrom,
    wait: (seconds: number) => void,
  ): Promise<SignedIn | HalfSignedIn> {
    const { address, requestId } = from;
    const digest = linkDigest(token);
    // By address alone: whoever tries links elsewhere must not keep others from theirs.
    const attempt = { name: `link ${address}`, address };
    await this.limits.assertMayTry(attempt, requestId, wait);
    const user = await this.userOf(digest);
    if (user === null) return this.refuse(from);
    await this.limits.succeeded(attempt);
    const fault = whyNoPassword(password, user.name);
    if (fault !== null) throw invalidRequest({ field: 'password', message: fault });
    const told = { actor: user.id, subject: user.id, address, requestId };
    await this.audit.tell({ event: 'link-used', ...told });
    const passwordHash = await this.users.setPassword(user.id, password, { link: digest });
    if (passwordHash === null) return this.refuse(from);
    await this.sessions.endAll(user.id);
    // Who has forgotten a password has tried it before.
    await this.limits.succeeded({ name: user.name, address });
    return this.door.enter({ id: user.id, passwordHash }, from);
  }

  private async refuse({ address, requestId }: SignInFrom): Promise<never> {
    await this.audit.tell({ event: 'link-failed', address, requestId });
    throw new ProblemError(
      'not-signed-in',
      'This link was used, is over, or there is none; ask for a new one.',
    );
  }

  private async userOf(digest: Buffer, now = new Date()): Promise<UserEntity | null> {
    const link = await this.store
      .getRepository(OneTimeLinkEntity)
      .findOneBy({ digest, endsAt: endsWithin(LINK_MS, now) });
    if (link === null) return null;
    const user = await this.store.getRepository(UserEntity).findOneBy({ id: link.userId, isDemo: false });
    return user?.disabledAt === null ? user : null;
  }
}
