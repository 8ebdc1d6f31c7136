import { Header, HttpCode, Inject, Req } from '@nestjs/common';
import { type MailLink, mailLink } from '@beltline/contract';
import type { FastifyRequest } from 'fastify';
import { doerOf } from '../access/doer.ts';
import { AskedBy, type Viewer } from '../access/viewer.ts';
import { Answers, Body, Controller, Post, Query } from '../platform/http/routes.ts';
import { MailService } from './mail.service.ts';

/** Where links of mails lead: for whoever holds one, signed in or not. */
@Controller('mail')
export class MailLinksController {
  constructor(@Inject(MailService) private readonly mail: MailService) {}

  @Post('confirm')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailConfirmed',
    schema: null,
    summary: 'Confirms an address by the link that was sent there',
    access: 'public',
    status: 204,
    problems: [403, 404, 413, 415],
  })
  confirm(
    @AskedBy() viewer: Viewer,
    @Body({ schema: mailLink }) { token }: MailLink,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.mail.confirmBy(token, doerOf(request, viewer));
  }

  @Post('unsubscribe')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailEnded',
    schema: null,
    summary: 'Ends what a mail came from, by one request of a mail program (RFC 8058), whatever its body',
    access: 'public',
    status: 204,
    problems: [403, 404, 413],
  })
  unsubscribe(
    @AskedBy() viewer: Viewer,
    @Query({ schema: mailLink }) { token }: MailLink,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.mail.unsubscribeBy(token, doerOf(request, viewer));
  }
}
