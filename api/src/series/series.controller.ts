import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { type SeriesAnswer, seriesAnswer, type SeriesQuestion, seriesQuestion } from '@beltline/contract';
import { Answers } from '../platform/http/answers.decorator.ts';
import { VintageEtagInterceptor } from '../sources/vintage-etag.interceptor.ts';
import { SeriesService } from './series.service.ts';

@Controller('series')
@UseInterceptors(VintageEtagInterceptor)
export class SeriesController {
  constructor(@Inject(SeriesService) private readonly service: SeriesService) {}

  @Get()
  @Answers({
    name: 'SeriesAnswer',
    schema: seriesAnswer,
    summary: 'One measure by month or day, a line a track, with the year before',
  })
  series(@Query({ schema: seriesQuestion }) question: SeriesQuestion): Promise<SeriesAnswer> {
    return this.service.series(question);
  }
}
