import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { PostgresStore } from '@beltline/sql/postgres';

/** TypeORM for every slice, on a database that is open and migrated already. Whoever opened it closes it. */
@Module({})
export class PostgresModule {
  static of(store: PostgresStore): DynamicModule {
    return {
      module: PostgresModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...store.dataSource.options, manualInitialization: true }),
          dataSourceFactory: async () => store.dataSource,
        }),
      ],
    };
  }
}
