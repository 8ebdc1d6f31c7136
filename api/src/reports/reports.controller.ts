import { Header, Inject, Req, Res } from '@nestjs/common';
import { releasePath, reportQuestion, type ReportQuestion } from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AuditService } from '../access/audit.service.ts';
import { doerOf } from '../access/doer.ts';
import { AskedBy, type Viewer } from '../access/viewer.ts';
import { Answers, Controller, Get, Param, Query } from '../platform/http/routes.ts';
import { ReportsService } from './reports.service.ts';

/** Released months as documents. Each that is handed out is told to the audit, to programs as well. */
@Controller('releases')
export class ReportsController {
  constructor(
    @Inject(ReportsService) private readonly reports: ReportsService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  @Get(':month/report')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Report',
    schema: null,
    media: ['application/pdf', 'application/json'],
    summary: 'One released month of one province as a document (PDF/UA), or the data set that it is made of',
    access: 'read-releases',
    problems: [404],
  })
  async one(
    @AskedBy() viewer: Viewer,
    @Param({ schema: releasePath }) { month }: z.output<typeof releasePath>,
    @Query({ schema: reportQuestion }) question: ReportQuestion,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { name, type, bytes } = await this.reports.one(viewer, month, question);
    await this.audit.tell({ event: 'exported', ...doerOf(request, viewer), detail: `report: ${name}` });
    void reply
      .type(type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    return bytes;
  }
}
