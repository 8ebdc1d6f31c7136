import { Header, HttpCode, Inject, Ip, Req } from '@nestjs/common';
import {
  type AuditAnswer,
  auditAnswer,
  type AuditChain,
  auditChain,
  type AuditQuestion,
  auditQuestion,
  type ExportTold,
  exportTold,
} from '@beltline/contract';
import type { FastifyRequest } from 'fastify';
import { Answers, Body, Controller, Get, Post, Query } from '../platform/http/routes.ts';
import { AuditRecordsService } from './audit-records.service.ts';
import { AuditService } from './audit.service.ts';
import { AskedBy, type Viewer } from './viewer.ts';

/** Who did what, when and from where. */
@Controller('audit')
export class AuditController {
  constructor(
    @Inject(AuditRecordsService) private readonly records: AuditRecordsService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'AuditAnswer',
    schema: auditAnswer,
    summary: 'A page of the audit, the newest first',
    access: 'read-audit',
  })
  list(@Query({ schema: auditQuestion }) question: AuditQuestion): Promise<AuditAnswer> {
    return this.records.list(question);
  }

  /** Files are made by the browser of answers that reading gives as well: this is the word of its page, and who reads by a program gives none. */
  @Post('exports')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Tells the audit that rows of a page are about to be kept as a file',
    access: 'own-session',
    problems: [413, 415],
    status: 204,
  })
  async exported(
    @AskedBy() { user }: Viewer,
    @Body({ schema: exportTold }) { what, rows, filter }: ExportTold,
    @Ip() address: string,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<void> {
    const detail = `${what}: ${rows} rows${filter === '' ? '' : ` (${filter})`}`;
    await this.audit.tell({ event: 'exported', actor: user?.id ?? null, address, requestId, detail });
  }

  @Get('chain')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'AuditChain',
    schema: auditChain,
    summary: 'Whether every record of the audit follows from the one before',
    access: 'read-audit',
  })
  chain(): Promise<AuditChain> {
    return this.records.chain();
  }
}
