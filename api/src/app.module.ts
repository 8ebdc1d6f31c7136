import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { PostgresStore } from '@beltline/sql/postgres';
import { AccessModule } from './access/access.module.ts';
import { BenchmarkModule } from './benchmark/benchmark.module.ts';
import { DataModule } from './data/data.module.ts';
import type { EngineAccess } from './platform/clickhouse/engine-access.ts';
import { MailModule } from './mail/mail.module.ts';
import { OpenapiModule } from './openapi/openapi.controller.ts';
import { ConfigModule } from './platform/config/config.module.ts';
import type { ApiConfig } from './platform/config/config.ts';
import { questionPipe } from './platform/http/question.pipe.ts';
import type { Logger } from './platform/logging/logger.ts';
import { PostgresModule } from './platform/postgres/postgres.module.ts';
import { ProblemFilter } from './platform/problem/problem.filter.ts';
import { QuestionsModule } from './questions/questions.module.ts';
import { ReleasesModule } from './releases/releases.module.ts';
import { ReportsModule } from './reports/reports.module.ts';

/** What the API is made from: everything that is opened outside of it. */
export interface AppParts {
  readonly config: ApiConfig;
  readonly engine: EngineAccess;
  readonly store: PostgresStore;
  readonly loading: () => boolean;
  readonly logger: Logger;
}

/** The questions, on the data, on the platform. */
@Module({})
export class AppModule {
  static of({ config, engine, store, loading, logger }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        PostgresModule.of(store),
        AccessModule,
        DataModule.of(engine, logger),
        QuestionsModule.of(loading),
        ReleasesModule,
        ReportsModule,
        BenchmarkModule,
        MailModule,
        OpenapiModule,
      ],
      providers: [
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
        { provide: APP_PIPE, useValue: questionPipe() },
      ],
    };
  }
}
