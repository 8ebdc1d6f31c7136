import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.ts';
import { FiguresModule } from '../figures/figures.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { ConcentrationService } from './concentration.service.ts';
import { ExplainedService } from './explained.service.ts';
import { ExplanationsController } from './explanations.controller.ts';
import { MarginsService } from './margins.service.ts';
import { MerchantValuesService } from './merchant-values.service.ts';
import { PricesService } from './prices.service.ts';
import { TurnoverService } from './turnover.service.ts';

@Module({
  imports: [AreasModule, FiguresModule, SourcesModule],
  controllers: [ExplanationsController],
  providers: [
    ExplainedService,
    MerchantValuesService,
    MarginsService,
    TurnoverService,
    PricesService,
    ConcentrationService,
  ],
})
export class ExplanationsModule {}
