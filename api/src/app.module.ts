import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { PostgresStore } from '@beltline/sql/postgres';
import { AnnotationsModule } from './annotations/annotations.module.ts';
import { ContributionsModule } from './contributions/contributions.module.ts';
import { DefinitionsModule } from './definitions/definitions.module.ts';
import { LineageModule } from './lineage/lineage.module.ts';
import { LoadsModule } from './loads/loads.module.ts';
import { BeltsModule } from './belts/belts.module.ts';
import { GrowthModule } from './growth/growth.module.ts';
import { BreadthModule } from './breadth/breadth.module.ts';
import { ExplanationsModule } from './explanations/explanations.module.ts';
import { NowcastModule } from './nowcast/nowcast.module.ts';
import { IntegrityModule } from './integrity/integrity.module.ts';
import { HealthModule } from './health/health.module.ts';
import { ClickHouseModule } from './platform/clickhouse/clickhouse.module.ts';
import type { EngineAccess } from './platform/clickhouse/engine-access.ts';
import { OpenapiModule } from './openapi/openapi.controller.ts';
import { ConfigModule } from './platform/config/config.module.ts';
import type { ApiConfig } from './platform/config/config.ts';
import { questionPipe } from './platform/http/question.pipe.ts';
import type { Logger } from './platform/logging/logger.ts';
import { PostgresModule } from './platform/postgres/postgres.module.ts';
import { ProblemFilter } from './platform/problem/problem.filter.ts';
import { RecoveryModule } from './recovery/recovery.module.ts';
import { SeriesModule } from './series/series.module.ts';
import { SourcesModule } from './sources/sources.module.ts';

/** What the API is made from: everything that is opened outside of it. */
export interface AppParts {
  readonly config: ApiConfig;
  readonly engine: EngineAccess;
  readonly store: PostgresStore;
  readonly loading: () => boolean;
  readonly logger: Logger;
}

/** The feature slices, on the platform. */
@Module({})
export class AppModule {
  static of({ config, engine, store, loading, logger }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        ClickHouseModule.of(engine),
        PostgresModule.of(store),
        IntegrityModule.of(logger),
        HealthModule.of(loading),
        SourcesModule,
        BeltsModule,
        GrowthModule,
        ContributionsModule,
        SeriesModule,
        RecoveryModule,
        NowcastModule,
        ExplanationsModule,
        BreadthModule,
        LoadsModule,
        LineageModule,
        AnnotationsModule,
        DefinitionsModule,
        OpenapiModule,
      ],
      providers: [
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
        { provide: APP_PIPE, useValue: questionPipe() },
      ],
    };
  }
}
