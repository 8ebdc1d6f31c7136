import { Header, HttpCode, Inject, Req } from '@nestjs/common';
import {
  type MailAnswer,
  mailAnswer,
  type MailAreasAnswer,
  mailAreasAnswer,
  type MailTroublesAnswer,
  mailTroublesAnswer,
  type NewMailAddress,
  newMailAddress,
  type NewSubscription,
  newSubscription,
  subscriptionPath,
} from '@beltline/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ownOf } from '../access/present-password.ts';
import { doerOf } from '../access/doer.ts';
import { AskedBy, type Viewer } from '../access/viewer.ts';
import { Answers, Body, Controller, Delete, Get, Param, Put } from '../platform/http/routes.ts';
import { MailService } from './mail.service.ts';

/** One's own address and what is sent there. */
@Controller('mail')
export class MailController {
  constructor(@Inject(MailService) private readonly mail: MailService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailAnswer',
    schema: mailAnswer,
    summary: 'One’s own address, what is sent there, and what became of it; and whether mail is set up',
    access: 'own-mail',
  })
  own(@AskedBy() viewer: Viewer): Promise<MailAnswer> {
    return this.mail.of(ownOf(viewer).id);
  }

  @Put('address')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailAnswer',
    schema: mailAnswer,
    summary:
      'Sets the address; it is asked first whether it is one’s own, and nothing else is sent there before',
    access: 'own-mail',
    problems: [404, 413, 415, 429],
  })
  async setAddress(
    @AskedBy() viewer: Viewer,
    @Body({ schema: newMailAddress }) body: NewMailAddress,
    @Req() request: FastifyRequest,
  ): Promise<MailAnswer> {
    const { id } = ownOf(viewer);
    await this.mail.setAddress(id, body, doerOf(request, viewer));
    return this.mail.of(id);
  }

  @Delete('address')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailAddressRemoved',
    schema: null,
    summary: 'Removes the address, and ends all that is sent there',
    access: 'own-mail',
    status: 204,
  })
  removeAddress(@AskedBy() viewer: Viewer, @Req() request: FastifyRequest): Promise<void> {
    return this.mail.removeAddress(ownOf(viewer).id, doerOf(request, viewer));
  }

  @Get('areas')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailAreasAnswer',
    schema: mailAreasAnswer,
    summary: 'Of which areas one can have reports sent: those of the latest month that one sees whole',
    access: 'own-mail',
  })
  areas(@AskedBy() viewer: Viewer): Promise<MailAreasAnswer> {
    return this.mail.choices(viewer);
  }

  @Put('subscriptions')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailAnswer',
    schema: mailAnswer,
    summary: 'Subscribes to the reports of an area, or to the monthly mail of one’s own page; or changes how',
    access: 'own-mail',
    problems: [404, 413, 415],
  })
  async subscribe(
    @AskedBy() viewer: Viewer,
    @Body({ schema: newSubscription }) body: NewSubscription,
    @Req() request: FastifyRequest,
  ): Promise<MailAnswer> {
    const { id } = ownOf(viewer);
    await this.mail.subscribe(viewer, id, body, doerOf(request, viewer));
    return this.mail.of(id);
  }

  @Delete('subscriptions/:id')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Unsubscribed',
    schema: null,
    summary: 'Ends a subscription of one’s own',
    access: 'own-mail',
    status: 204,
    problems: [404],
  })
  unsubscribe(
    @AskedBy() viewer: Viewer,
    @Param({ schema: subscriptionPath }) { id }: z.output<typeof subscriptionPath>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.mail.unsubscribe(ownOf(viewer).id, id, doerOf(request, viewer));
  }

  @Get('troubles')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MailTroublesAnswer',
    schema: mailTroublesAnswer,
    summary: 'Mail of anybody’s that was refused, given up or is put off, and whose address refused too many',
    access: 'read-mail',
  })
  troubles(): Promise<MailTroublesAnswer> {
    return this.mail.troubles();
  }
}
