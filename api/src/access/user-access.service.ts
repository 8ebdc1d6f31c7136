import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ApiToken, OwnSession } from '@beltline/contract';
import { UserEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { notFound, sought } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { SessionsService } from './sessions.service.ts';
import { TokensService } from './tokens.service.ts';
import type { Doer } from './users.service.ts';

/** Where a user is signed in and which tokens they have, as an administrator sees and ends it. */
@Injectable()
export class UserAccessService {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(TokensService) private readonly tokens: TokensService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** `asking`: the session of who asks, which may be one of these. */
  async sessionsOf(id: string, asking: string | null): Promise<OwnSession[]> {
    await this.nameOf(id);
    return this.sessions.of(id, asking);
  }

  /** @throws ProblemError where they have no such session. */
  async endSession(id: string, sessionId: string, by: Doer): Promise<void> {
    const session = (await this.sessionsOf(id, null)).find((one) => one.id === sessionId);
    if (session === undefined)
      throw sought(notFound('There is no session of this id, or it has ended.'), 'session', null);
    const detail = `of ${session.begunAt} from ${session.address}`;
    await this.audit.tell({ event: 'session-ended', ...by, subject: id, detail });
    await this.sessions.endNamed(id, sessionId);
  }

  async endSessions(id: string, by: Doer): Promise<void> {
    const { length } = await this.sessionsOf(id, null);
    await this.audit.tell({ event: 'session-ended', ...by, subject: id, detail: `all ${length}` });
    await this.sessions.endAll(id);
  }

  async tokensOf(id: string): Promise<ApiToken[]> {
    await this.nameOf(id);
    return this.tokens.list(id);
  }

  /** @throws ProblemError where they have no such token. */
  async revokeToken(id: string, tokenId: string, by: Doer): Promise<void> {
    await this.tokens.revoke(id, tokenId, by, await this.nameOf(id));
  }

  async revokeTokens(id: string, by: Doer): Promise<void> {
    await this.tokens.revokeAll(id, by, await this.nameOf(id));
  }

  /** @throws ProblemError where there is no such user. */
  private async nameOf(id: string): Promise<string> {
    const user = await this.store.getRepository(UserEntity).findOneBy({ id });
    if (user === null) throw sought(notFound('There is no user of this id.'), 'user', null);
    return user.name;
  }
}
