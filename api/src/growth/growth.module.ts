import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.ts';
import { BeltsModule } from '../belts/belts.module.ts';
import { FiguresModule } from '../figures/figures.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { GrowthController } from './growth.controller.ts';
import { GrowthService } from './growth.service.ts';

@Module({
  imports: [AreasModule, BeltsModule, FiguresModule, SourcesModule],
  controllers: [GrowthController],
  providers: [GrowthService],
})
export class GrowthModule {}
