import { Header, HttpCode, Inject, Req } from '@nestjs/common';
import {
  type UserSessionsAnswer,
  userPath,
  userSessionPath,
  userSessions,
  type UserTokensAnswer,
  userTokenPath,
  userTokens,
} from '@beltline/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, Controller, Delete, Get, Param } from '../platform/http/routes.ts';
import { sessionIdOf } from './session-cookie.ts';
import { UserAccessService } from './user-access.service.ts';
import { doerOf } from './doer.ts';

type UserPath = z.output<typeof userPath>;

/** Sessions and tokens of others. What they hold is told to nobody; what they are called is. */
@Controller('users')
export class UserAccessController {
  constructor(@Inject(UserAccessService) private readonly access: UserAccessService) {}

  @Get(':id/sessions')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'UserSessions',
    schema: userSessions,
    summary: 'Where a user is signed in',
    access: 'manage-users',
    problems: [404],
  })
  async sessions(
    @Param({ schema: userPath }) { id }: UserPath,
    @Req() request: FastifyRequest,
  ): Promise<UserSessionsAnswer> {
    return { sessions: await this.access.sessionsOf(id, sessionIdOf(request)) };
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Signs a user out everywhere',
    access: 'manage-users',
    status: 204,
    problems: [404],
  })
  endSessions(@Param({ schema: userPath }) { id }: UserPath, @Req() request: FastifyRequest): Promise<void> {
    return this.access.endSessions(id, doerOf(request));
  }

  @Delete(':id/sessions/:sessionId')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Ends one session of a user',
    access: 'manage-users',
    status: 204,
    problems: [404],
  })
  endSession(
    @Param({ schema: userSessionPath }) { id, sessionId }: z.output<typeof userSessionPath>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.access.endSession(id, sessionId, doerOf(request));
  }

  @Get(':id/tokens')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'UserTokens',
    schema: userTokens,
    summary: 'API tokens of a user, the newest first; never what is sent as one',
    access: 'manage-users',
    problems: [404],
  })
  async tokens(@Param({ schema: userPath }) { id }: UserPath): Promise<UserTokensAnswer> {
    return { tokens: await this.access.tokensOf(id) };
  }

  @Delete(':id/tokens')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Revokes all API tokens of a user: they are refused from the next request on',
    access: 'manage-users',
    status: 204,
    problems: [404],
  })
  revokeTokens(@Param({ schema: userPath }) { id }: UserPath, @Req() request: FastifyRequest): Promise<void> {
    return this.access.revokeTokens(id, doerOf(request));
  }

  @Delete(':id/tokens/:tokenId')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Revokes one API token of a user',
    access: 'manage-users',
    status: 204,
    problems: [404],
  })
  revokeToken(
    @Param({ schema: userTokenPath }) { id, tokenId }: z.output<typeof userTokenPath>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.access.revokeToken(id, tokenId, doerOf(request));
  }
}
