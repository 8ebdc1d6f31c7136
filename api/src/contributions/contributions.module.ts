import { Module } from '@nestjs/common';
import { BeltsModule } from '../belts/belts.module.ts';
import { FiguresModule } from '../figures/figures.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { ContributionsController } from './contributions.controller.ts';
import { ContributionsService } from './contributions.service.ts';

@Module({
  imports: [BeltsModule, FiguresModule, SourcesModule],
  controllers: [ContributionsController],
  providers: [ContributionsService],
})
export class ContributionsModule {}
