import { Header, HttpCode, Inject, Req } from '@nestjs/common';
import {
  type ApiTokensAnswer,
  apiTokens,
  type MadeToken,
  madeToken,
  type NewToken,
  newToken,
  tokenPath,
} from '@beltline/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, Body, Controller, Delete, Get, Param, Post } from '../platform/http/routes.ts';
import { ownOf } from './present-password.ts';
import { TokensService } from './tokens.service.ts';
import { doerOf } from './doer.ts';
import { AskedBy, type Viewer } from './viewer.ts';

/** One's own API tokens. */
@Controller('tokens')
export class TokensController {
  constructor(@Inject(TokensService) private readonly tokens: TokensService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'ApiTokens',
    schema: apiTokens,
    summary: 'One’s own API tokens, the newest first',
    access: 'own-tokens',
  })
  async list(@AskedBy() viewer: Viewer): Promise<ApiTokensAnswer> {
    return { tokens: await this.tokens.list(ownOf(viewer).id) };
  }

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'MadeToken',
    schema: madeToken,
    summary: 'Makes an API token; it is told this once, to be sent as `Authorization: Bearer belt_…`',
    access: 'own-tokens',
    status: 201,
    problems: [413, 415],
  })
  make(
    @AskedBy() viewer: Viewer,
    @Body({ schema: newToken }) body: NewToken,
    @Req() request: FastifyRequest,
  ): Promise<MadeToken> {
    return this.tokens.make(viewer, ownOf(viewer).id, body, doerOf(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Revokes an API token: it is refused from the next request on',
    access: 'own-tokens',
    status: 204,
    problems: [404],
  })
  async revoke(
    @AskedBy() viewer: Viewer,
    @Param({ schema: tokenPath }) { id }: z.output<typeof tokenPath>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.tokens.revoke(ownOf(viewer).id, id, doerOf(request));
  }
}
