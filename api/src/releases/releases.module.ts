import { Module, type Type } from '@nestjs/common';
import { LeaversStore } from './leavers-store.service.ts';
import { LeaversWork } from './leavers-work.service.ts';
import { MonthHoldingsService } from './month-holdings.service.ts';
import { ReleaseMaker } from './release-maker.service.ts';
import { ReleaseQueue } from './release-queue.service.ts';
import { ReleasedAreas } from './released-areas.service.ts';
import { ReleaseStore } from './release-store.service.ts';
import { ReleasesController } from './releases.controller.ts';
import { ReleasesService } from './releases.service.ts';

export const RELEASE_CONTROLLERS: readonly Type[] = [ReleasesController];

/** What disclosure control lets out: made once a month in the background, kept, and shown to whose it is. */
@Module({
  controllers: [...RELEASE_CONTROLLERS],
  providers: [
    LeaversStore,
    LeaversWork,
    MonthHoldingsService,
    ReleasedAreas,
    ReleaseMaker,
    ReleaseQueue,
    ReleaseStore,
    ReleasesService,
  ],
  exports: [ReleasedAreas, ReleaseQueue, ReleasesService],
})
export class ReleasesModule {}
