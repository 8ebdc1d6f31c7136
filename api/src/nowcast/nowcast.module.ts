import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.ts';
import { DailyModule } from '../daily/daily.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { NowcastController } from './nowcast.controller.ts';
import { NowcastService } from './nowcast.service.ts';

@Module({
  imports: [AreasModule, DailyModule, SourcesModule],
  controllers: [NowcastController],
  providers: [NowcastService],
  exports: [NowcastService],
})
export class NowcastModule {}
