import { Header, Inject } from '@nestjs/common';
import { noQuestion, type SourcesAnswer, sourcesAnswer } from '@beltline/contract';
import { Answers, Controller, Get, Query } from '../../platform/http/routes.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { SourcesService } from './sources.service.ts';

@Controller('sources')
export class SourcesController {
  constructor(@Inject(SourcesService) private readonly sources: SourcesService) {}

  @Get()
  @Header('cache-control', 'no-cache')
  @Answers({
    name: 'SourcesAnswer',
    schema: sourcesAnswer,
    summary: 'Sources of orders that have been published',
    access: 'read-catalogue',
  })
  list(@AskedBy() viewer: Viewer, @Query({ schema: noQuestion }) _question: object): Promise<SourcesAnswer> {
    return this.sources.list(viewer);
  }
}
