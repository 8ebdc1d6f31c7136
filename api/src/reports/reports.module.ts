import { Inject, Module, type OnModuleInit, type Type } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { BenchmarkModule } from '../benchmark/benchmark.module.ts';
import { ReleaseQueue } from '../releases/release-queue.service.ts';
import { ReleasesModule } from '../releases/releases.module.ts';
import { CollectionsController } from './publications/collections.controller.ts';
import { PublicationAgenda } from './publications/publication-agenda.service.ts';
import { PublicationMaker } from './publications/publication-maker.service.ts';
import { PublicationStore } from './publications/publication-store.service.ts';
import { PublicationWork } from './publications/publication-work.ts';
import { PublicationsController } from './publications/publications.controller.ts';
import { Publications } from './publications/publications.service.ts';
import { ReportsController } from './reports.controller.ts';
import { ReportsService } from './reports.service.ts';
import { StandingFilesController } from './standing/standing-files.controller.ts';
import { StandingFiles } from './standing/standing-files.service.ts';
import { Typesetter } from './files/typesetter.service.ts';

export const REPORT_CONTROLLERS: readonly Type[] = [
  ReportsController,
  CollectionsController,
  PublicationsController,
  StandingFilesController,
];

/** What was released, as documents to print, quote and file; and those that are published, under their numbers. */
@Module({
  imports: [AccessModule, BenchmarkModule, ReleasesModule],
  controllers: [...REPORT_CONTROLLERS],
  providers: [
    Publications,
    PublicationAgenda,
    PublicationMaker,
    PublicationStore,
    PublicationWork,
    ReportsService,
    StandingFiles,
    Typesetter,
  ],
  exports: [PublicationStore],
})
export class ReportsModule implements OnModuleInit {
  constructor(
    @Inject(ReleaseQueue) private readonly queue: ReleaseQueue,
    @Inject(PublicationWork) private readonly work: PublicationWork,
  ) {}

  onModuleInit(): void {
    this.queue.also(this.work);
  }
}
