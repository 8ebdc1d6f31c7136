import { Module } from '@nestjs/common';
import { BeltsModule } from '../belts/belts.module.ts';
import { FiguresModule } from '../figures/figures.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { GrowthController } from './growth.controller.ts';
import { GrowthService } from './growth.service.ts';

@Module({
  imports: [BeltsModule, FiguresModule, SourcesModule],
  controllers: [GrowthController],
  providers: [GrowthService],
})
export class GrowthModule {}
