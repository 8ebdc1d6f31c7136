import { Header, HttpCode, Inject, Ip, Req, Res } from '@nestjs/common';
import { demoSignIn, type Session, session, signIn, type WaysIn, waysIn } from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, Body, Controller, Delete, Get, Post } from '../platform/http/routes.ts';
import { notSignedIn } from './access.guard.ts';
import { DemoUsers } from './demo-users.ts';
import { IdentityProvider } from './identity-provider.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { forgetHalfCookie, halfIdOf, setHalfCookie } from './half-cookie.ts';
import { forgetCookie, sessionIdOf, setCookie } from './session-cookie.ts';
import { type OpenSession, SessionsService } from './sessions.service.ts';
import { type HalfSignedIn, type SignedIn, type SignInFrom, SignInService } from './sign-in.service.ts';

/** One's own session: made by signing in, looked at, and ended. */
@Controller('session')
export class SessionController {
  constructor(
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(DemoUsers) private readonly demo: DemoUsers,
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
  ) {}

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Session',
    schema: session,
    summary:
      'Signs in; the cookie of the session comes with the answer. 401 `code-needed` where the password was right and a second factor is on',
    access: 'public',
    status: 201,
    problems: [401, 403, 413, 415, 429],
  })
  async begin(
    @Body({ schema: signIn }) { name, password }: z.output<typeof signIn>,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const wait = (seconds: number) => reply.header('retry-after', String(seconds));
    return entered(reply, await this.door.signIn({ name, password }, fromOf(request, address), wait));
  }

  @Get('ways')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'WaysIn',
    schema: waysIn,
    summary:
      'How one may come in beside name and password: whom a demo on this machine offers, and by an identity provider',
    access: 'public',
  })
  async ways(): Promise<WaysIn> {
    return { demo: await this.demo.offered(), provider: this.provider.isConfigured };
  }

  @Post('demo')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Session',
    schema: session,
    summary: 'Signs in as one of a demo, without a password',
    access: 'public',
    status: 201,
    problems: [401, 403, 413, 415],
  })
  async beginDemo(
    @Body({ schema: demoSignIn }) { name }: z.output<typeof demoSignIn>,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    return entered(reply, await this.door.signInToDemo(name, fromOf(request, address)));
  }

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({ name: 'Session', schema: session, summary: 'Who is signed in', access: 'own-session' })
  async read(@Req() request: FastifyRequest): Promise<Session> {
    const id = sessionIdOf(request);
    const opened = id === null ? null : await this.sessions.find(id);
    if (!opened) throw notSignedIn();
    return sessionAnswer(opened);
  }

  @Delete()
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Signs out; nothing happens where nobody is signed in',
    access: 'public',
    status: 204,
    problems: [403],
  })
  async end(
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const id = sessionIdOf(request);
    if (id !== null) await this.door.signOut(id, { address, requestId: request.id });
    forgetCookie(reply);
  }
}

/** The session and its cookie; or the cookie of the half, and that a code is needed. @throws ProblemError 401 of the half */
export function entered(reply: FastifyReply, by: SignedIn | HalfSignedIn): Session {
  if ('opened' in by) {
    setCookie(reply, by.id);
    if (halfIdOf(reply.request) !== null) forgetHalfCookie(reply);
    return sessionAnswer(by.opened);
  }
  setHalfCookie(reply, by.half);
  throw new ProblemError(
    'code-needed',
    'The password was right; show a code of the second factor within five minutes (POST /session/code).',
  );
}

export const fromOf = (request: FastifyRequest, address: string): SignInFrom => ({
  address,
  agent: request.headers['user-agent'] ?? '',
  requestId: request.id,
  before: sessionIdOf(request),
});

export const sessionAnswer = ({ viewer, endsAt }: OpenSession): Session => ({
  user: { id: viewer.user?.id ?? '', name: viewer.user?.name ?? '' },
  isDemo: viewer.user?.isDemo ?? false,
  hasPassword: viewer.user?.hasPassword ?? false,
  roles: [...viewer.roles],
  permissions: [...viewer.permissions],
  endsAt: endsAt.toISOString(),
});
