import { Inject, UseInterceptors } from '@nestjs/common';
import {
  type BeltAnswer,
  beltAnswer,
  beltId,
  type BeltsAnswer,
  beltsAnswer,
  beltsQuestion,
  sourceQuestion,
} from '@beltline/contract';
import { z } from 'zod';
import { Answers, Controller, Get, Param, Query } from '../../platform/http/routes.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { VersionEtagInterceptor } from '../../data/context/version-etag.interceptor.ts';
import { BeltsService } from './belts.service.ts';

const beltPath = z.strictObject({ beltId });

@Controller('belts')
@UseInterceptors(VersionEtagInterceptor)
export class BeltsController {
  constructor(@Inject(BeltsService) private readonly belts: BeltsService) {}

  @Get()
  @Answers({
    name: 'BeltsAnswer',
    schema: beltsAnswer,
    summary: 'Industrial belts of a source, all or those that match',
    access: 'read-figures',
  })
  list(
    @AskedBy() viewer: Viewer,
    @Query({ schema: beltsQuestion }) question: z.output<typeof beltsQuestion>,
  ): Promise<BeltsAnswer> {
    return this.belts.list(viewer, question);
  }

  @Get(':beltId')
  @Answers({
    name: 'BeltAnswer',
    schema: beltAnswer,
    summary: 'One industrial belt',
    access: 'read-figures',
    problems: [404],
  })
  one(
    @AskedBy() viewer: Viewer,
    @Param({ schema: beltPath }) path: z.output<typeof beltPath>,
    @Query({ schema: sourceQuestion }) question: z.output<typeof sourceQuestion>,
  ): Promise<BeltAnswer> {
    return this.belts.one(viewer, path.beltId, question.source);
  }
}
