import { closeSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { lockOwner, NotPlainError, takeLock } from '../engine/kernel-lock.ts';
import { makeFolder } from '../engine/private-folder.ts';
import { ApiTokenEntity } from './access/api-token.entity.ts';
import { AttemptEntity } from './access/attempt.entity.ts';
import { AuditEntity } from './access/audit.entity.ts';
import { HalfSignInEntity } from './access/half-sign-in.entity.ts';
import { IdentityEntity } from './access/identity.entity.ts';
import { OneTimeLinkEntity } from './access/one-time-link.entity.ts';
import { RecoveryCodeEntity, SecondFactorEntity } from './access/second-factor.entity.ts';
import { SessionEntity } from './access/session.entity.ts';
import { UserEntity, UserGrantEntity } from './access/user.entity.ts';
import { AnnotationEntity } from './annotation.entity.ts';
import { PeerBuyersEntity } from './benchmark/peer-buyers.entity.ts';
import { MailAddressEntity, MailDeliveryEntity, MailSubscriptionEntity } from './mail/mail.entity.ts';
import { PeerTurnoverEntity } from './benchmark/peer-turnover.entity.ts';
import { Annotations1764000000001 } from './migrations/0001-annotations.ts';
import { AnnotationRevisions1764000000002 } from './migrations/0002-annotation-revisions.ts';
import { AnnotationKeys1764000000003 } from './migrations/0003-annotation-keys.ts';
import { Users1764000000004 } from './migrations/0004-users.ts';
import { Audit1764000000005 } from './migrations/0005-audit.ts';
import { LinksAndTokens1764000000006 } from './migrations/0006-links-and-tokens.ts';
import { AuditFilters1764000000007 } from './migrations/0007-audit-filters.ts';
import { Identities1764000000008 } from './migrations/0008-identities.ts';
import { SecondFactors1764000000009 } from './migrations/0009-second-factors.ts';
import { AnnotationAuthors1764000000011 } from './migrations/0011-annotation-authors.ts';
import { AccessChanges1764000000012 } from './migrations/0012-access-changes.ts';
import { Releases1764000000013 } from './migrations/0013-releases.ts';
import { Publications1764000000014 } from './migrations/0014-publications.ts';
import { PublicationsOfAreas1764000000015 } from './migrations/0015-publications-of-areas.ts';
import { PeerBuyers1764000000018 } from './migrations/0018-peer-buyers.ts';
import { Mail1764000000019 } from './migrations/0019-mail.ts';
import { PeerTurnover1764000000020 } from './migrations/0020-peer-turnover.ts';
import { ReleasedService1764000000021 } from './migrations/0021-released-service.ts';
import { AskedAddresses1764000000022 } from './migrations/0022-asked-addresses.ts';
import { ReleasedCarriers1764000000024 } from './migrations/0024-released-carriers.ts';
import { ReleasedLeavers1764000000027 } from './migrations/0027-released-leavers.ts';
import { KeptSeries1764000000030 } from './migrations/0030-kept-series.ts';
import { ReleasedStructure1764000000032 } from './migrations/0032-released-structure.ts';
import { ReleasedPartitions1764000000033 } from './migrations/0033-released-partitions.ts';
import {
  damagedStore,
  unopenedStore,
  type EmbeddedFolder,
  embeddedFolder,
  inTheWay,
  moveAside,
  stillThere,
  StoreDamagedError,
} from './embedded-folder.ts';
import {
  PublicationEntity,
  PublicationFileEntity,
  PublicationNumberEntity,
  PublicationStateEntity,
  PublicationWithdrawalEntity,
} from './publications/publication.entity.ts';
import { ReleaseAreaEntity, ReleaseEntity, ReleaseLeaversEntity } from './releases/release.entity.ts';
import { pgliteDriver } from './pglite-pool.ts';
import { accountOf, grantToProgram } from './server-accounts.ts';
import { openServer, type StoreUnreachableError } from './server-store.ts';
import { KeptSeriesEntity } from './versions/kept-series.entity.ts';
import { assertWholeTables } from './whole-tables.ts';

type PostgresDataSourceOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** Another running process has the embedded PostgreSQL of this data directory open. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/** Where PostgreSQL is: a server by URL, or embedded on a data directory. */
export interface PostgresLocation {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** Called when a server that could not be reached has been opened after all. */
  readonly onReturn?: () => void;
}

/** The database of what people write: open and migrated, known to be damaged, or a server that is waited for. */
export interface PostgresStore {
  /** Where the store is damaged it is not open, and whatever is asked of it fails with `damage`. */
  readonly dataSource: DataSource;
  readonly damage: StoreDamagedError | null;
  /** What keeps a server from being used for now; whatever is asked of it meanwhile fails with it. */
  waiting(): StoreUnreachableError | null;
  /** Says what was left of a first start that was cut short, and where it was moved. */
  readonly moved: string | null;
  close(): Promise<void>;
}

const schema: PostgresDataSourceOptions = {
  type: 'postgres',
  entities: [
    AnnotationEntity,
    ApiTokenEntity,
    AttemptEntity,
    AuditEntity,
    HalfSignInEntity,
    IdentityEntity,
    KeptSeriesEntity,
    MailAddressEntity,
    MailDeliveryEntity,
    MailSubscriptionEntity,
    OneTimeLinkEntity,
    PeerBuyersEntity,
    PeerTurnoverEntity,
    PublicationEntity,
    PublicationFileEntity,
    PublicationNumberEntity,
    PublicationStateEntity,
    PublicationWithdrawalEntity,
    RecoveryCodeEntity,
    ReleaseAreaEntity,
    ReleaseEntity,
    ReleaseLeaversEntity,
    SecondFactorEntity,
    SessionEntity,
    UserEntity,
    UserGrantEntity,
  ],
  migrations: [
    Annotations1764000000001,
    AnnotationRevisions1764000000002,
    AnnotationKeys1764000000003,
    Users1764000000004,
    Audit1764000000005,
    LinksAndTokens1764000000006,
    AuditFilters1764000000007,
    Identities1764000000008,
    SecondFactors1764000000009,
    AnnotationAuthors1764000000011,
    AccessChanges1764000000012,
    Releases1764000000013,
    Publications1764000000014,
    PublicationsOfAreas1764000000015,
    PeerBuyers1764000000018,
    Mail1764000000019,
    PeerTurnover1764000000020,
    ReleasedService1764000000021,
    AskedAddresses1764000000022,
    ReleasedCarriers1764000000024,
    ReleasedLeavers1764000000027,
    KeptSeries1764000000030,
    ReleasedStructure1764000000032,
    ReleasedPartitions1764000000033,
  ],
  migrationsTableName: 'schema_migrations',
  synchronize: false,
  installExtensions: false, // ids are made by the program; a managed server often forbids extensions
  logging: false,
};

/**
 * Opens PostgreSQL and brings it up to the migrations. An embedded one that is damaged is returned as such and left as
 * it is, and a server that cannot be used is tried again in the background: figures need neither.
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
    const migrate = async (): Promise<void> => (await migrated({ ...options, poolSize: 1 })).destroy();
    return { ...(await openServer(options, migrate, location.onReturn)), damage: null, moved: null };
  }
  return openEmbedded(location.dataDir);
}

/**
 * Brings a server up to the migrations as the owner of its tables, and gives the account of the program what that does with them.
 * @returns the account, and the tables. @throws Error where either cannot be done; then neither account has other rights than before.
 */
export async function prepareServer({
  ownerUrl,
  databaseUrl,
  installJobs,
}: {
  readonly ownerUrl: string;
  readonly databaseUrl: string;
  /** Makes the tables of the queue of jobs, or brings them up to its version. */
  readonly installJobs: (owner: DataSource) => Promise<void>;
}): Promise<{ account: string; tables: readonly string[] }> {
  const account = accountOf(databaseUrl);
  const owner = await migrated({ ...schema, url: ownerUrl, connectTimeoutMS: 5000, poolSize: 1 });
  try {
    await installJobs(owner);
    return { account, tables: await grantToProgram(owner, account) };
  } finally {
    await owner.destroy();
  }
}

async function openEmbedded(dataDir: string): Promise<PostgresStore> {
  makeFolder(dataDir);
  let lock: number | null = null;
  try {
    lock = lockStore(dataDir);
    const held = lock;
    const { dataSource, moved } = await openFolder(dataDir);
    let open = true;
    const close = async () => {
      await closed(dataSource);
      if (open) closeSync(held);
      open = false;
    };
    return { dataSource, damage: null, moved, waiting: () => null, close };
  } catch (error) {
    if (lock !== null) closeSync(lock);
    if (!(error instanceof StoreDamagedError)) throw error;
    return {
      dataSource: new DamagedDataSource(error),
      damage: error,
      moved: null,
      waiting: () => null,
      close: async () => undefined,
    };
  }
}

/** PGlite has no lock of its own, and two processes on one directory destroy it. */
function lockStore(dataDir: string): number {
  const file = join(dataDir, 'postgres.owner');
  let lock: number | null;
  try {
    lock = takeLock(file);
  } catch (error) {
    if (error instanceof NotPlainError)
      throw inTheWay(`${file} is no plain file, and says who uses the database`, error);
    throw damagedStore(dataDir, `${file} cannot be locked (${(error as Error).message})`, error);
  }
  if (lock !== null) return lock;
  throw new StoreBusyError(`${lockOwner(file)} uses the embedded PostgreSQL of ${dataDir}. Stop it first.`);
}

/** In the place of a store that is not opened: whatever is asked of it fails with the reason. */
class DamagedDataSource extends DataSource {
  constructor(private readonly damage: StoreDamagedError) {
    super(schema);
  }
  override createQueryRunner(): never {
    throw this.damage;
  }
  override getMetadata(): never {
    throw this.damage;
  }
}

/** @throws StoreDamagedError */
async function openFolder(dataDir: string): Promise<{ dataSource: DataSource; moved: string | null }> {
  const folder = embeddedFolder(dataDir);
  try {
    return { dataSource: await openWhole(dataDir, folder), moved: folder.moved };
  } catch (error) {
    if (!folder.halfMade) throw error;
  }
  // A first start was cut short, and what it left is no whole database of ours: nobody can have written to it.
  const moved = moveAside(dataDir);
  return { dataSource: await openWhole(dataDir, embeddedFolder(dataDir)), moved };
}

/** @throws StoreDamagedError where the database does not open, or does not hold what its own index says. */
async function openWhole(dataDir: string, folder: EmbeddedFolder): Promise<DataSource> {
  let dataSource: DataSource | null = null;
  try {
    const options = { ...schema, driver: pgliteDriver(realpathSync(folder.path), stillThere(dataDir)) };
    dataSource = await migrated(options, async (opened) => {
      if (folder.mustHold) await assertNotNew(opened);
      await assertWholeTables(opened); // before a migration or a first start takes what is lost for what never was
    });
    folder.opened();
    return dataSource;
  } catch (error) {
    await dataSource?.destroy().catch(() => undefined);
    throw unopenedStore(dataDir, `${folder.path} does not open (${saidBy(error)})`, error);
  }
}

/** The file system of PGlite throws what is no `Error`, with a number of its own. */
function saidBy(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  const { name, errno } = (error ?? {}) as { name?: unknown; errno?: unknown };
  return errno === undefined ? String(error) : `${String(name ?? 'error')} ${String(errno)}`;
}

/** Where a database was, one without our tables is one that was made over its remains. */
async function assertNotNew(dataSource: DataSource): Promise<void> {
  const [row] = (await dataSource.query(`SELECT to_regclass('annotations')::text AS notes`)) as [
    { notes: string | null },
  ];
  if (row.notes === null) throw new Error('it holds no table of notes');
}

async function migrated(
  options: PostgresDataSourceOptions,
  before?: (dataSource: DataSource) => Promise<void>,
): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  try {
    await before?.(dataSource);
    await dataSource.runMigrations({ transaction: 'each' });
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function closed(dataSource: DataSource): Promise<void> {
  if (dataSource.isInitialized) await dataSource.destroy(); // else the application has closed it already
}
