import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ClickHouseService } from './clickhouse.service.ts';
import { ENGINE, type EngineAccess } from './engine-access.ts';
import { ScopeService } from './scope.ts';

/** ClickHouse for every slice: the one way to ask it, and the one place where a scope is made. */
@Global()
@Module({})
export class ClickHouseModule {
  static of(engine: EngineAccess): DynamicModule {
    return {
      module: ClickHouseModule,
      providers: [{ provide: ENGINE, useValue: engine }, ClickHouseService, ScopeService],
      exports: [ClickHouseService, ScopeService],
    };
  }
}
