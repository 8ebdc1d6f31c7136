import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { type BreadthAnswer, breadthAnswer, type BreadthQuestion, breadthQuestion } from '@beltline/contract';
import { Answers } from '../platform/http/answers.decorator.ts';
import { VintageEtagInterceptor } from '../sources/vintage-etag.interceptor.ts';
import { BreadthService } from './breadth.service.ts';

@Controller('breadth')
@UseInterceptors(VintageEtagInterceptor)
export class BreadthController {
  constructor(@Inject(BreadthService) private readonly service: BreadthService) {}

  @Get()
  @Answers({
    name: 'BreadthAnswer',
    schema: breadthAnswer,
    summary: 'How many merchants of an area rise and fall, month by month',
  })
  curve(@Query({ schema: breadthQuestion }) question: BreadthQuestion): Promise<BreadthAnswer> {
    return this.service.curve(question);
  }
}
