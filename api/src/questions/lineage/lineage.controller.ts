import { Header, Inject } from '@nestjs/common';
import { type LineageAnswer, lineageAnswer, lineageQuestion } from '@beltline/contract';
import type { z } from 'zod';
import { Answers, Controller, Get, Query } from '../../platform/http/routes.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { LineageService } from './lineage.service.ts';

@Controller('lineage')
export class LineageController {
  constructor(@Inject(LineageService) private readonly service: LineageService) {}

  @Get()
  @Header('cache-control', 'no-cache')
  @Answers({
    name: 'LineageAnswer',
    schema: lineageAnswer,
    summary: 'The batches that loaded the lines behind figures',
    access: 'read-lineage',
  })
  lineage(
    @AskedBy() viewer: Viewer,
    @Query({ schema: lineageQuestion }) question: z.output<typeof lineageQuestion>,
  ): Promise<LineageAnswer> {
    return this.service.lineage(viewer, question);
  }
}
