import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.ts';
import { FiguresModule } from '../figures/figures.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { SeriesController } from './series.controller.ts';
import { SeriesService } from './series.service.ts';

@Module({
  imports: [AreasModule, FiguresModule, SourcesModule],
  controllers: [SeriesController],
  providers: [SeriesService],
})
export class SeriesModule {}
