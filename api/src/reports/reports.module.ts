import { Module, type Type } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ReleasesModule } from '../releases/releases.module.ts';
import { ReportsController } from './reports.controller.ts';
import { ReportsService } from './reports.service.ts';
import { Typesetter } from './typesetter.service.ts';

export const REPORT_CONTROLLERS: readonly Type[] = [ReportsController];

/** What was released, as documents to print, quote and file. */
@Module({
  imports: [AccessModule, ReleasesModule],
  controllers: [...REPORT_CONTROLLERS],
  providers: [ReportsService, Typesetter],
})
export class ReportsModule {}
