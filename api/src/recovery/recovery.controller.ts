import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import {
  type ClockAnswer,
  clockAnswer,
  type ClockQuestion,
  clockQuestion,
  type FestivalAnswer,
  festivalAnswer,
  type FestivalQuestion,
  festivalQuestion,
  type RecoveryAnswer,
  recoveryAnswer,
  type RecoveryQuestion,
  recoveryQuestion,
  type StatesAnswer,
  statesAnswer,
  type StatesQuestion,
  statesQuestion,
} from '@beltline/contract';
import { Answers } from '../platform/http/answers.decorator.ts';
import { VintageEtagInterceptor } from '../sources/vintage-etag.interceptor.ts';
import { ClockService } from './clock.service.ts';
import { FestivalService } from './festival.service.ts';
import { RecoveryService } from './recovery.service.ts';
import { StatesService } from './states.service.ts';

@Controller('recovery')
@UseInterceptors(VintageEtagInterceptor)
export class RecoveryController {
  constructor(
    @Inject(RecoveryService) private readonly service: RecoveryService,
    @Inject(FestivalService) private readonly festivals: FestivalService,
    @Inject(StatesService) private readonly states: StatesService,
    @Inject(ClockService) private readonly clocks: ClockService,
  ) {}

  @Get()
  @Answers({
    name: 'RecoveryAnswer',
    schema: recoveryAnswer,
    summary: 'Recovery of an area: level, adjusted series, aligned growth, nowcast, turning points and state',
  })
  recovery(@Query({ schema: recoveryQuestion }) question: RecoveryQuestion): Promise<RecoveryAnswer> {
    return this.service.recovery(question);
  }

  @Get('festival')
  @Answers({
    name: 'FestivalAnswer',
    schema: festivalAnswer,
    summary: 'The days around each New Year side by side',
  })
  festival(@Query({ schema: festivalQuestion }) question: FestivalQuestion): Promise<FestivalAnswer> {
    return this.festivals.festival(question);
  }

  @Get('states')
  @Answers({
    name: 'StatesAnswer',
    schema: statesAnswer,
    summary: 'The state of recovery of every area of a level, and what changed in a month',
  })
  all(@Query({ schema: statesQuestion }) question: StatesQuestion): Promise<StatesAnswer> {
    return this.states.states(question);
  }

  @Get('clock')
  @Answers({
    name: 'ClockAnswer',
    schema: clockAnswer,
    summary: 'Every area of a level on the clock of the cycle, month by month',
  })
  clock(@Query({ schema: clockQuestion }) question: ClockQuestion): Promise<ClockAnswer> {
    return this.clocks.clock(question);
  }
}
