import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import {
  type ContributionsAnswer,
  contributionsAnswer,
  type ContributionsQuestion,
  contributionsQuestion,
} from '@beltline/contract';
import { Answers } from '../platform/http/answers.decorator.ts';
import { VintageEtagInterceptor } from '../sources/vintage-etag.interceptor.ts';
import { ContributionsService } from './contributions.service.ts';

@Controller('contributions')
@UseInterceptors(VintageEtagInterceptor)
export class ContributionsController {
  constructor(@Inject(ContributionsService) private readonly contributions: ContributionsService) {}

  @Get()
  @Answers({
    name: 'ContributionsAnswer',
    schema: contributionsAnswer,
    summary: 'The change of a total, split into parts that add up to it',
  })
  split(
    @Query({ schema: contributionsQuestion }) question: ContributionsQuestion,
  ): Promise<ContributionsAnswer> {
    return this.contributions.split(question);
  }
}
