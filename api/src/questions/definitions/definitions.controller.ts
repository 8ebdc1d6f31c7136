import { Header } from '@nestjs/common';
import { definitionsAnswer, noQuestion } from '@beltline/contract';
import type { z } from 'zod';
import { Answers, Controller, Get, Query } from '../../platform/http/routes.ts';
import { DEFINITIONS } from './definitions.ts';

@Controller('definitions')
export class DefinitionsController {
  @Get()
  @Header('cache-control', 'no-cache')
  @Answers({
    name: 'DefinitionsAnswer',
    schema: definitionsAnswer,
    summary: 'What each indicator, track and mark means',
    access: 'read-catalogue',
  })
  list(@Query({ schema: noQuestion }) _question: object): z.output<typeof definitionsAnswer> {
    return { definitions: [...DEFINITIONS] };
  }
}
