import { Header, HttpCode, Inject, Ip, Req, Res } from '@nestjs/common';
import { type LinkUse, linkUse, type Session, session } from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Body, Controller, Post } from '../platform/http/routes.ts';
import { LinksService } from './links.service.ts';
import { entered, fromOf } from './session.controller.ts';

/** Where the link leads by which somebody sets their password. */
@Controller('session')
export class LinkController {
  constructor(@Inject(LinksService) private readonly links: LinksService) {}

  @Post('link')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Session',
    schema: session,
    summary:
      'Sets the password by a one-time link, and signs in; 401 `code-needed` where a second factor is on',
    access: 'public',
    status: 201,
    problems: [401, 403, 413, 415, 429],
  })
  async use(
    @Body({ schema: linkUse }) body: LinkUse,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const wait = (seconds: number) => reply.header('retry-after', String(seconds));
    return entered(reply, await this.links.use(body, fromOf(request, address), wait));
  }
}
