import { Header, Inject } from '@nestjs/common';
import {
  benchmarkAnswer,
  type BenchmarkAnswer,
  type BenchmarkQuestion,
  type BenchmarkDefinitionsAnswer,
  benchmarkDefinitionsAnswer,
  benchmarkQuestion,
  noQuestion,
} from '@beltline/contract';
import { AskedBy, type Viewer } from '../access/viewer.ts';
import { Answers, Controller, Get, Query } from '../platform/http/routes.ts';
import { BENCHMARK_DEFINITIONS } from './benchmark-definitions.ts';
import { BenchmarkService } from './benchmark.service.ts';

/** A merchant's own page. Nothing of it is kept by a browser: the same address answers each merchant otherwise. */
@Controller('benchmark')
export class BenchmarkController {
  constructor(@Inject(BenchmarkService) private readonly benchmark: BenchmarkService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'BenchmarkAnswer',
    schema: benchmarkAnswer,
    summary: 'Where a legal owner of the caller’s stands among peers in a quarter, and their own figures',
    access: 'read-benchmark',
    problems: [404],
  })
  one(
    @AskedBy() viewer: Viewer,
    @Query({ schema: benchmarkQuestion }) question: BenchmarkQuestion,
  ): Promise<BenchmarkAnswer> {
    return this.benchmark.of(viewer, question);
  }

  @Get('definitions')
  @Header('cache-control', 'no-cache')
  @Answers({
    name: 'BenchmarkDefinitionsAnswer',
    schema: benchmarkDefinitionsAnswer,
    summary: 'What each figure of a merchant’s page means',
    access: 'read-benchmark',
  })
  definitions(@Query({ schema: noQuestion }) _question: object): BenchmarkDefinitionsAnswer {
    return { definitions: [...BENCHMARK_DEFINITIONS] };
  }
}
