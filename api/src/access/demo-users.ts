/**
 * Users of each kind whom the sign-in page of a demo offers by one click, without a password. They see the source `demo` alone, and are there
 * only where nobody but the people at this machine can reach the product, and nothing but the demo is in it.
 */
import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DemoUser, type Role, ROLES } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { type GrantKind, UserEntity, UserGrantEntity } from '@beltline/sql/postgres';
import { DataSource, In } from 'typeorm';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { AuditService } from './audit.service.ts';
import { SessionsService } from './sessions.service.ts';
import { NAMES_ONLY } from './viewer.ts';

export const DEMO_SOURCE = 'demo';
export const NOT_SETTLED = 'Users of the demo were neither made nor ended';

interface Given {
  readonly name: string;
  readonly role: Role;
  /** Prefixes of GB/T 2260. */
  readonly regions?: readonly string[];
  /** Legal owners, each under its source. */
  readonly owners?: readonly string[];
}
/** The two merchants are of one peer group: belt, category and size are the same. */
const USERS: readonly Given[] = [
  { name: 'demo-strategist', role: 'strategist' },
  { name: 'demo-official-zhejiang', role: 'official', regions: ['33'] },
  { name: 'demo-official-guangdong', role: 'official', regions: ['44'] },
  { name: 'demo-merchant-1', role: 'merchant', owners: [`${DEMO_SOURCE}:L000001`] },
  { name: 'demo-merchant-2', role: 'merchant', owners: [`${DEMO_SOURCE}:L000006`] },
  { name: 'demo-engineer', role: 'engineer' },
];
/** An engine that does not say what is in it is asked again after so long. */
const AGAIN_MS = 2_000;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

@Injectable()
export class DemoUsers implements OnModuleDestroy {
  private readonly logger = new Logger('demo users');
  private again: NodeJS.Timeout | null = null;
  private isEnding = false;

  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
  ) {}

  /**
   * Makes those that are missing and lets all in again where the demo may be shown; elsewhere lets those that are there in no more. An engine that is too busy
   * to answer at the start says nothing of either: then nobody is offered, and it is asked again until it answers.
   */
  async settle(): Promise<void> {
    const isAllowed = await this.areAllowed();
    if (isAllowed === null) return this.settleLater();
    const found = await this.store.getRepository(UserEntity).findBy({ isDemo: true });
    if (isAllowed) {
      for (const user of USERS) if (!found.some(({ name }) => name === user.name)) await this.add(user);
    }
    const changed = found.filter(({ disabledAt }) => (disabledAt === null) !== isAllowed);
    if (changed.length === 0) return;
    const ids = changed.map(({ id }) => id);
    const event = isAllowed ? 'user-enabled' : 'user-disabled';
    for (const subject of ids) await this.audit.tell({ event, subject, detail: 'demo' });
    await this.store
      .getRepository(UserEntity)
      .update({ id: In(ids) }, { disabledAt: isAllowed ? null : new Date() });
    for (const id of ids) await this.sessions.endAll(id);
  }

  /** Whom the sign-in page may offer at this moment. */
  async offered(): Promise<DemoUser[]> {
    if ((await this.areAllowed()) !== true) return [];
    const found = await this.store
      .getRepository(UserEntity)
      .find({ where: { isDemo: true }, relations: { grants: true } });
    const inOrder = USERS.map((user) => found.find(({ name }) => name === user.name));
    return inOrder.filter((user) => user !== undefined && user.disabledAt === null).map(offer);
  }

  /** One of those who are offered; null for everybody else. */
  async byName(name: string): Promise<UserEntity | null> {
    if (!USERS.some((user) => user.name === name) || (await this.areAllowed()) !== true) return null;
    return this.store.getRepository(UserEntity).findOneBy({ name, isDemo: true });
  }

  /**
   * A loopback address, the stores that the product brings, no further name under which a proxy would serve it, and no orders but the
   * demo's. Null where the engine does not say what there is; then nobody is offered either.
   */
  private async areAllowed(): Promise<boolean | null> {
    const { BELTLINE_DEMO, HOST, DATABASE_URL, CLICKHOUSE_URL } = this.config;
    const { BELTLINE_ALLOWED_HOSTS, BELTLINE_TRUSTED_PROXIES, BELTLINE_PUBLIC_URL } = this.config;
    if (BELTLINE_DEMO === 'off' || !LOOPBACK.test(HOST) || BELTLINE_PUBLIC_URL !== undefined) return false;
    if (BELTLINE_ALLOWED_HOSTS.length > 0 || BELTLINE_TRUSTED_PROXIES !== undefined) return false;
    if (DATABASE_URL !== undefined || CLICKHOUSE_URL !== undefined) return false;
    try {
      const versions = await this.clickhouse.askNow(NAMES_ONLY, queries.currentVersions, { seen: [] });
      return versions.every(({ source }) => source === DEMO_SOURCE);
    } catch {
      return null;
    }
  }

  private settleLater(): void {
    if (this.isEnding || this.again) return;
    this.again = setTimeout(() => {
      this.again = null;
      this.settle().catch((error: Error) => this.logger.warn(`${NOT_SETTLED}: ${error.message}`));
    }, AGAIN_MS);
    this.again.unref();
  }

  onModuleDestroy(): void {
    this.isEnding = true;
    if (this.again) clearTimeout(this.again);
  }

  private async add({ name, role, regions = [], owners = [] }: Given): Promise<void> {
    const id = randomUUID();
    const given: [GrantKind, readonly string[]][] = [
      ['role', [role]],
      ['source', [DEMO_SOURCE]],
      ['region', regions],
      ['owner', owners],
    ];
    await this.audit.tell({ event: 'user-added', subject: id, detail: `demo, ${role}` });
    await this.store.transaction(async (manager) => {
      await manager.insert(UserEntity, {
        ...{ id, name, passwordHash: null, isDemo: true, createdAt: new Date() },
      });
      await manager.insert(
        UserGrantEntity,
        given.flatMap(([kind, values]) => values.map((value) => ({ userId: id, kind, value }))),
      );
    });
  }
}

function offer(user: UserEntity | undefined): DemoUser {
  const { name = '', grants = [] } = user ?? {};
  const given = (kind: GrantKind) => grants.filter((grant) => grant.kind === kind).map(({ value }) => value);
  return {
    name,
    roles: ROLES.filter((role) => given('role').includes(role)),
    regions: given('region').sort(),
  };
}
