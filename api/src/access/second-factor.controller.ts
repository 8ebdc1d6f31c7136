import { Header, HttpCode, Inject, Ip, Req, Res } from '@nestjs/common';
import {
  type BegunSecondFactor,
  begunSecondFactor,
  type BothShown,
  bothShown,
  type CodeShown,
  codeShown,
  type MadeRecoveryCodes,
  madeRecoveryCodes,
  type OwnSecondFactor,
  ownSecondFactor,
  type SecondFactorStart,
  secondFactorStart,
  type Session,
  session,
} from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Body, Controller, Get, Post, Put } from '../platform/http/routes.ts';
import { halfIdOf } from './half-cookie.ts';
import { OwnSecondFactorService } from './own-second-factor.service.ts';
import { SecondStepService } from './second-step.service.ts';
import { entered, fromOf } from './session.controller.ts';
import { AskedBy, type Viewer } from './viewer.ts';

/** The second factor of one's own account, and the step of signing in that asks for it. */
@Controller('session')
export class SecondFactorController {
  constructor(
    @Inject(OwnSecondFactorService) private readonly own: OwnSecondFactorService,
    @Inject(SecondStepService) private readonly step: SecondStepService,
  ) {}

  @Post('code')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Session',
    schema: session,
    summary:
      'The second step of signing in: a code of the authenticator or a recovery code. 401 `code-needed` where another can be tried, 401 `not-signed-in` where it is to be begun again',
    access: 'public',
    status: 201,
    problems: [401, 403, 413, 415, 429],
  })
  async show(
    @Body({ schema: codeShown }) { code }: CodeShown,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const from = fromOf(request, address);
    return entered(reply, await this.step.finish(halfIdOf(request), code, from, waitOn(reply)));
  }

  @Get('second-factor')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'OwnSecondFactor',
    schema: ownSecondFactor,
    summary:
      'Whether a second factor is on, how many recovery codes are left, and why it cannot be turned on',
    access: 'own-session',
  })
  read(@AskedBy() viewer: Viewer): Promise<OwnSecondFactor> {
    return this.own.of(viewer);
  }

  @Post('second-factor')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'BegunSecondFactor',
    schema: begunSecondFactor,
    summary: 'Begins a second factor: a secret for an authenticator, told this once; nothing asks for it yet',
    access: 'own-second-factor',
    status: 201,
    problems: [413, 415, 429],
  })
  begin(
    @AskedBy() viewer: Viewer,
    @Body({ schema: secondFactorStart }) { password }: SecondFactorStart,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BegunSecondFactor> {
    return this.own.begin(viewer, password, fromOf(request, address), waitOn(reply));
  }

  @Put('second-factor')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MadeRecoveryCodes',
    schema: madeRecoveryCodes,
    summary:
      'Turns on the second factor that was begun, by a code that it makes; ends all sessions and begins one; recovery codes are told this once',
    access: 'own-second-factor',
    problems: [404, 413, 415, 429],
  })
  async confirm(
    @AskedBy() viewer: Viewer,
    @Body({ schema: codeShown }) { code }: CodeShown,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MadeRecoveryCodes> {
    const made = await this.own.confirm(viewer, code, fromOf(request, address), waitOn(reply));
    return { recoveryCodes: made.recoveryCodes, session: entered(reply, made.signedIn) };
  }

  @Post('second-factor/off')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Session',
    schema: session,
    summary: 'Turns the second factor off, by password and code; ends all sessions and begins one',
    access: 'own-session',
    problems: [404, 413, 415, 429],
  })
  async end(
    @AskedBy() viewer: Viewer,
    @Body({ schema: bothShown }) body: BothShown,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    return entered(reply, await this.own.end(viewer, body, fromOf(request, address), waitOn(reply)));
  }

  @Post('second-factor/recovery-codes')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MadeRecoveryCodes',
    schema: madeRecoveryCodes,
    summary:
      'Makes recovery codes in the place of all that are left, by password and code; ends all sessions and begins one',
    access: 'own-session',
    problems: [404, 413, 415, 429],
  })
  async renewCodes(
    @AskedBy() viewer: Viewer,
    @Body({ schema: bothShown }) body: BothShown,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MadeRecoveryCodes> {
    const made = await this.own.renewCodes(viewer, body, fromOf(request, address), waitOn(reply));
    return { recoveryCodes: made.recoveryCodes, session: entered(reply, made.signedIn) };
  }
}

const waitOn = (reply: FastifyReply) => (seconds: number) =>
  void reply.header('retry-after', String(seconds));
