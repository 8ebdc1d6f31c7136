import { Header, Inject } from '@nestjs/common';
import {
  type AuditAnswer,
  auditAnswer,
  type AuditChain,
  auditChain,
  type AuditQuestion,
  auditQuestion,
} from '@beltline/contract';
import { Answers, Controller, Get, Query } from '../platform/http/routes.ts';
import { AuditRecordsService } from './audit-records.service.ts';

/** Who did what, when and from where. */
@Controller('audit')
export class AuditController {
  constructor(@Inject(AuditRecordsService) private readonly records: AuditRecordsService) {}

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
