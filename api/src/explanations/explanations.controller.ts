import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import {
  type ConcentrationAnswer,
  concentrationAnswer,
  type ExplanationQuestion,
  explanationQuestion,
  type MarginsAnswer,
  marginsAnswer,
  type PricesAnswer,
  pricesAnswer,
  type TurnoverAnswer,
  turnoverAnswer,
} from '@beltline/contract';
import { Answers } from '../platform/http/answers.decorator.ts';
import { VintageEtagInterceptor } from '../sources/vintage-etag.interceptor.ts';
import { ConcentrationService } from './concentration.service.ts';
import { MarginsService } from './margins.service.ts';
import { PricesService } from './prices.service.ts';
import { TurnoverService } from './turnover.service.ts';

@Controller()
@UseInterceptors(VintageEtagInterceptor)
export class ExplanationsController {
  constructor(
    @Inject(MarginsService) private readonly byMargin: MarginsService,
    @Inject(TurnoverService) private readonly byMerchant: TurnoverService,
    @Inject(PricesService) private readonly byPrice: PricesService,
    @Inject(ConcentrationService) private readonly spread: ConcentrationService,
  ) {}

  @Get('margins')
  @Answers({
    name: 'MarginsAnswer',
    schema: marginsAnswer,
    summary: 'The change of GMV by merchants, buyers per merchant, orders per buyer and value per order',
  })
  margins(@Query({ schema: explanationQuestion }) question: ExplanationQuestion): Promise<MarginsAnswer> {
    return this.byMargin.margins(question);
  }

  @Get('turnover')
  @Answers({
    name: 'TurnoverAnswer',
    schema: turnoverAnswer,
    summary: 'The change of GMV by entrants, exits, expanding and contracting merchants; same-store growth',
  })
  turnover(@Query({ schema: explanationQuestion }) question: ExplanationQuestion): Promise<TurnoverAnswer> {
    return this.byMerchant.turnover(question);
  }

  @Get('prices')
  @Answers({
    name: 'PricesAnswer',
    schema: pricesAnswer,
    summary: 'The change of GMV by price and volume, from SKUs sold in both periods',
  })
  prices(@Query({ schema: explanationQuestion }) question: ExplanationQuestion): Promise<PricesAnswer> {
    return this.byPrice.prices(question);
  }

  @Get('concentration')
  @Answers({
    name: 'ConcentrationAnswer',
    schema: concentrationAnswer,
    summary: 'How GMV is spread over merchants: HHI, Gini, the top fifth, the Lorenz curve',
  })
  concentration(
    @Query({ schema: explanationQuestion }) question: ExplanationQuestion,
  ): Promise<ConcentrationAnswer> {
    return this.spread.concentration(question);
  }
}
