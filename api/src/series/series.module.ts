import { Module } from '@nestjs/common';
import { BeltsModule } from '../belts/belts.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { SeriesController } from './series.controller.ts';
import { SeriesService } from './series.service.ts';

@Module({
  imports: [BeltsModule, SourcesModule],
  controllers: [SeriesController],
  providers: [SeriesService],
})
export class SeriesModule {}
