import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.ts';
import { BreadthModule } from '../breadth/breadth.module.ts';
import { DailyModule } from '../daily/daily.module.ts';
import { NowcastModule } from '../nowcast/nowcast.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { AdjustedSeriesService } from './adjusted-series.service.ts';
import { ClockService } from './clock.service.ts';
import { FestivalService } from './festival.service.ts';
import { RecoveryBasisService } from './recovery-basis.service.ts';
import { RecoveryController } from './recovery.controller.ts';
import { RecoveryService } from './recovery.service.ts';
import { StatesService } from './states.service.ts';

@Module({
  imports: [AreasModule, BreadthModule, DailyModule, NowcastModule, SourcesModule],
  controllers: [RecoveryController],
  providers: [
    AdjustedSeriesService,
    RecoveryBasisService,
    RecoveryService,
    FestivalService,
    StatesService,
    ClockService,
  ],
})
export class RecoveryModule {}
