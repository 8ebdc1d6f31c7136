import { Header, HttpCode, Inject, Ip, Req, Res } from '@nestjs/common';
import {
  type OwnSessionsAnswer,
  ownSessions,
  type PasswordChange,
  passwordChange,
  type Session,
  session,
} from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Body, Controller, Delete, Get, Put } from '../platform/http/routes.ts';
import { AccountService } from './account.service.ts';
import { forgetCookie, sessionIdOf, setCookie } from './session-cookie.ts';
import { fromOf, sessionAnswer } from './session.controller.ts';
import { AskedBy, type Viewer } from './viewer.ts';

/** One's own password, and everywhere that one is signed in. */
@Controller('session')
export class AccountController {
  constructor(@Inject(AccountService) private readonly account: AccountService) {}

  @Put('password')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Session',
    schema: session,
    summary:
      'Changes one’s own password: ends all sessions, and begins the one whose cookie comes with the answer',
    access: 'own-session',
    problems: [413, 415, 429],
  })
  async change(
    @AskedBy() viewer: Viewer,
    @Body({ schema: passwordChange }) body: PasswordChange,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const { id, opened } = await this.account.changePassword(
      viewer,
      body,
      fromOf(request, address),
      (seconds) => reply.header('retry-after', String(seconds)),
    );
    setCookie(reply, id);
    return sessionAnswer(opened);
  }

  @Get('all')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'OwnSessions',
    schema: ownSessions,
    summary: 'Where one is signed in; the session that asks first',
    access: 'own-session',
  })
  async all(@AskedBy() viewer: Viewer, @Req() request: FastifyRequest): Promise<OwnSessionsAnswer> {
    return { sessions: await this.account.sessionsOf(viewer, sessionIdOf(request)) };
  }

  @Delete('all')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Signs out everywhere, here as well',
    access: 'own-session',
    status: 204,
  })
  async endAll(
    @AskedBy() viewer: Viewer,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.account.signOutEverywhere(viewer, { address, requestId: request.id });
    forgetCookie(reply);
  }
}
