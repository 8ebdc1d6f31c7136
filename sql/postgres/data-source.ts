import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { AnnotationEntity } from './annotation.entity.ts';
import { Annotations1764000000001 } from './migrations/0001-annotations.ts';
import { takeOwnership } from './owner-file.ts';
import { pgliteDriver } from './pglite-pool.ts';

type PostgresDataSourceOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** Where PostgreSQL is: a server by URL, or embedded on a data directory. */
export interface PostgresLocation {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
}

/** An open, migrated database of what people write. */
export interface PostgresStore {
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

const schema: PostgresDataSourceOptions = {
  type: 'postgres',
  entities: [AnnotationEntity],
  migrations: [Annotations1764000000001],
  migrationsTableName: 'schema_migrations',
  synchronize: false,
  installExtensions: false, // ids are made by the program; a managed server often forbids extensions
  logging: false,
};

/**
 * Opens PostgreSQL and brings it up to the migrations.
 * @throws StoreBusyError where another process has the embedded one open.
 */
export async function openPostgres(location: PostgresLocation): Promise<PostgresStore> {
  if (location.databaseUrl) {
    const options: PostgresDataSourceOptions = {
      ...schema,
      url: location.databaseUrl,
      applicationName: 'beltline',
      connectTimeoutMS: 5000,
      poolSize: 10,
      extra: { query_timeout: 15_000, statement_timeout: 15_000 },
    };
    return open(options, () => undefined);
  }
  const folder = join(location.dataDir, 'postgres');
  const giveBack = takeOwnership(join(location.dataDir, 'postgres.owner'));
  try {
    return await open({ ...schema, driver: pgliteDriver(folder) }, giveBack);
  } catch (error) {
    giveBack();
    throw error;
  }
}

async function open(options: PostgresDataSourceOptions, closed: () => void): Promise<PostgresStore> {
  const dataSource = await new DataSource(options).initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return {
    dataSource,
    close: async () => {
      if (dataSource.isInitialized) await dataSource.destroy(); // else the application has closed it already
      closed();
    },
  };
}
