import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../platform/http/routes.ts';

/** Nest has set the status of an answer before a handler begins, and Fastify would keep it. */
const SEE_OTHER = 303;

/**
 * The link of one request, opened by a person whose mail program knows no such request: leads to the page that asks. Looking at it does nothing, because whatever
 * scans mail looks at all links. For browsers alone, and not part of the described API.
 */
@Controller('mail')
export class MailEndPageController {
  @Get('unsubscribe')
  @Access('public')
  async page(@Query('token') token: unknown, @Res() reply: FastifyReply): Promise<void> {
    const known = typeof token === 'string' ? encodeURIComponent(token) : '';
    await reply.header('cache-control', 'no-store').redirect(`/mail/unsubscribe#${known}`, SEE_OTHER);
  }
}
