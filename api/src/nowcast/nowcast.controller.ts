import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import {
  type BacktestAnswer,
  backtestAnswer,
  type BacktestQuestion,
  backtestQuestion,
} from '@beltline/contract';
import { Answers } from '../platform/http/answers.decorator.ts';
import { VintageEtagInterceptor } from '../sources/vintage-etag.interceptor.ts';
import { NowcastService } from './nowcast.service.ts';

@Controller('nowcast')
@UseInterceptors(VintageEtagInterceptor)
export class NowcastController {
  constructor(@Inject(NowcastService) private readonly service: NowcastService) {}

  @Get('backtest')
  @Answers({
    name: 'BacktestAnswer',
    schema: backtestAnswer,
    summary: "The nowcast's past errors, beside those of two naive rules",
  })
  backtest(@Query({ schema: backtestQuestion }) question: BacktestQuestion): Promise<BacktestAnswer> {
    return this.service.backtest(question);
  }
}
