import { Header, Inject, Req, Res } from '@nestjs/common';
import { type BenchmarkFileQuestion, benchmarkFileQuestion } from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditService } from '../../access/audit.service.ts';
import { doerOf } from '../../access/doer.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { Answers, Controller, Get, Query } from '../../platform/http/routes.ts';
import { MEDIA_TYPES } from '../files/report-files.ts';
import { StandingFiles } from './standing-files.service.ts';

/** A merchant's own page as a file. Each that is handed out is told to the audit, to programs as well. */
@Controller('benchmark')
export class StandingFilesController {
  constructor(
    @Inject(StandingFiles) private readonly files: StandingFiles,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  @Get('file')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'BenchmarkFile',
    schema: null,
    media: [MEDIA_TYPES.pdf, MEDIA_TYPES.xlsx],
    summary: 'Where a legal owner of the caller’s stands among peers, as a document (PDF/UA) or a workbook',
    access: 'read-benchmark',
    problems: [404],
  })
  async one(
    @AskedBy() viewer: Viewer,
    @Query({ schema: benchmarkFileQuestion }) question: BenchmarkFileQuestion,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { name, type, bytes } = await this.files.one(viewer, question);
    await this.audit.tell({ event: 'exported', ...doerOf(request, viewer), detail: `standing: ${name}` });
    void reply
      .type(type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    return bytes;
  }
}
