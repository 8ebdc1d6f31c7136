import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.ts';
import { DailyModule } from '../daily/daily.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { BreadthController } from './breadth.controller.ts';
import { BreadthService } from './breadth.service.ts';

@Module({
  imports: [AreasModule, DailyModule, SourcesModule],
  controllers: [BreadthController],
  providers: [BreadthService],
  exports: [BreadthService],
})
export class BreadthModule {}
