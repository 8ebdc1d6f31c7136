import { Header, Headers, HttpCode, Inject, Req } from '@nestjs/common';
import {
  type ImportDone,
  importDone,
  type ImportFile,
  importFile,
  type ImportPlan,
  importPlan,
} from '@beltline/contract';
import type { FastifyRequest } from 'fastify';
import { Answers, Body, Controller, Post } from '../platform/http/routes.ts';
import { UserImportService } from './user-import.service.ts';
import { doerOf } from './doer.ts';
import { AskedBy, type Viewer } from './viewer.ts';

/** Many users by a file: planned first, then carried out as planned. */
@Controller('users/import')
export class UserImportController {
  constructor(@Inject(UserImportService) private readonly imports: UserImportService) {}

  @Post('plan')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'ImportPlan',
    schema: importPlan,
    summary: 'What a CSV file of users would add and change, and what of it is refused; nothing is done',
    access: 'manage-users',
    problems: [413, 415],
  })
  async plan(
    @AskedBy() { user }: Viewer,
    @Body({ schema: importFile }) { content }: ImportFile,
  ): Promise<ImportPlan> {
    const plan = await this.imports.plan(Buffer.from(content, 'base64'), user?.id ?? null);
    return {
      ...plan,
      users: plan.users.map(({ line, name, action, before, after }) => ({
        ...{ line, name, action, before, after },
      })),
    };
  }

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'ImportDone',
    schema: importDone,
    summary:
      'Carries out the plan of a file that If-Match names, all or nothing; the links of who was added are told this once',
    access: 'manage-users',
    status: 201,
    problems: [412, 413, 415, 428],
    requires: ['If-Match'],
  })
  carryOut(
    @Body({ schema: importFile }) { content }: ImportFile,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<ImportDone> {
    return this.imports.carryOut(Buffer.from(content, 'base64'), ifMatch, doerOf(request));
  }
}
