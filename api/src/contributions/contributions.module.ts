import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.ts';
import { BeltsModule } from '../belts/belts.module.ts';
import { FiguresModule } from '../figures/figures.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { ContributionsController } from './contributions.controller.ts';
import { ContributionsService } from './contributions.service.ts';

@Module({
  imports: [AreasModule, BeltsModule, FiguresModule, SourcesModule],
  controllers: [ContributionsController],
  providers: [ContributionsService],
})
export class ContributionsModule {}
