import { Header, Inject } from '@nestjs/common';
import {
  type DataVersionsAnswer,
  dataVersionsAnswer,
  type LoadAnswer,
  loadAnswer,
  type LoadsAnswer,
  loadsAnswer,
  loadsQuestion,
  type RejectsAnswer,
  rejectsAnswer,
  rejectsQuestion,
  sourceQuestion,
} from '@beltline/contract';
import { z } from 'zod';
import { Answers, Controller, Get, Param, Query } from '../../platform/http/routes.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { LoadsService } from './loads.service.ts';

const batchPath = z.strictObject({
  batchId: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, 'a batch is a number')
    .transform(Number),
});
type BatchPath = z.output<typeof batchPath>;

@Controller()
export class LoadsController {
  constructor(@Inject(LoadsService) private readonly loads: LoadsService) {}

  @Get('loads')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'LoadsAnswer',
    schema: loadsAnswer,
    summary: 'Loads of a source, the newest first',
    access: 'read-loads',
  })
  list(
    @AskedBy() viewer: Viewer,
    @Query({ schema: loadsQuestion }) question: z.output<typeof loadsQuestion>,
  ): Promise<LoadsAnswer> {
    return this.loads.list(viewer, question);
  }

  @Get('loads/:batchId')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'LoadAnswer',
    schema: loadAnswer,
    summary: 'One load with its files',
    access: 'read-loads',
    problems: [404],
  })
  one(@AskedBy() viewer: Viewer, @Param({ schema: batchPath }) path: BatchPath): Promise<LoadAnswer> {
    return this.loads.one(viewer, path.batchId);
  }

  @Get('loads/:batchId/rejects')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'RejectsAnswer',
    schema: rejectsAnswer,
    summary: 'Rows that a load rejected, and why',
    access: 'read-loads',
    problems: [404],
  })
  rejects(
    @AskedBy() viewer: Viewer,
    @Param({ schema: batchPath }) path: BatchPath,
    @Query({ schema: rejectsQuestion }) question: z.output<typeof rejectsQuestion>,
  ): Promise<RejectsAnswer> {
    return this.loads.rejects(viewer, path.batchId, question);
  }

  @Get('data-versions')
  @Header('cache-control', 'no-cache')
  @Answers({
    name: 'DataVersionsAnswer',
    schema: dataVersionsAnswer,
    summary: 'Data versions that a source has published',
    access: 'read-catalogue',
  })
  versions(
    @AskedBy() viewer: Viewer,
    @Query({ schema: sourceQuestion }) question: z.output<typeof sourceQuestion>,
  ): Promise<DataVersionsAnswer> {
    return this.loads.versions(viewer, question.source);
  }
}
