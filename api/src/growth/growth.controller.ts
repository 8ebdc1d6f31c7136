import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import {
  type GrowthAnswer,
  growthAnswer,
  type GrowthByBeltAnswer,
  growthByBeltAnswer,
  type GrowthByBeltQuestion,
  growthByBeltQuestion,
  type GrowthQuestion,
  growthQuestion,
} from '@beltline/contract';
import { Answers } from '../platform/http/answers.decorator.ts';
import { VintageEtagInterceptor } from '../sources/vintage-etag.interceptor.ts';
import { GrowthService } from './growth.service.ts';

@Controller('growth')
@UseInterceptors(VintageEtagInterceptor)
export class GrowthController {
  constructor(@Inject(GrowthService) private readonly growth: GrowthService) {}

  @Get()
  @Answers({
    name: 'GrowthAnswer',
    schema: growthAnswer,
    summary: 'Growth of every track by every measure, of one belt or of all',
  })
  headline(@Query({ schema: growthQuestion }) question: GrowthQuestion): Promise<GrowthAnswer> {
    return this.growth.headline(question);
  }

  @Get('by-belt')
  @Answers({
    name: 'GrowthByBeltAnswer',
    schema: growthByBeltAnswer,
    summary: 'Belts ranked by one measure of one track',
  })
  byBelt(
    @Query({ schema: growthByBeltQuestion }) question: GrowthByBeltQuestion,
  ): Promise<GrowthByBeltAnswer> {
    return this.growth.byBelt(question);
  }
}
