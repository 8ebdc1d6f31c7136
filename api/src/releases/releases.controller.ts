import { Header, Inject } from '@nestjs/common';
import {
  type ReleaseAnswer,
  releaseAnswer,
  releasePath,
  type ReleasesAnswer,
  releasesAnswer,
  releasesQuestion,
} from '@beltline/contract';
import type { z } from 'zod';
import { AskedBy, type Viewer } from '../access/viewer.ts';
import { Answers, Controller, Get, Param, Query } from '../platform/http/routes.ts';
import { ReleasesService } from './releases.service.ts';

/** What disclosure control has let out. Nothing of it is kept by a browser: the same address answers each of its readers otherwise. */
@Controller('releases')
export class ReleasesController {
  constructor(@Inject(ReleasesService) private readonly releases: ReleasesService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'ReleasesAnswer',
    schema: releasesAnswer,
    summary: 'Months that disclosure control has let out, and how far the making of the others is',
    access: 'read-releases',
  })
  list(
    @AskedBy() viewer: Viewer,
    @Query({ schema: releasesQuestion }) { source }: z.output<typeof releasesQuestion>,
  ): Promise<ReleasesAnswer> {
    return this.releases.list(viewer, source);
  }

  @Get(':month')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'ReleaseAnswer',
    schema: releaseAnswer,
    summary:
      'One released month: the belts and whole cities that are the caller’s, with their provinces and the nation',
    access: 'read-releases',
    problems: [404],
  })
  one(
    @AskedBy() viewer: Viewer,
    @Param({ schema: releasePath }) { month }: z.output<typeof releasePath>,
    @Query({ schema: releasesQuestion }) { source }: z.output<typeof releasesQuestion>,
  ): Promise<ReleaseAnswer> {
    return this.releases.one(viewer, month, source);
  }
}
