import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Audience, Bilingual } from '@beltline/contract';
import { ReleaseAreaEntity, ReleaseEntity } from '@beltline/sql/postgres';
import { LRUCache } from 'lru-cache';
import { DataSource, In, QueryFailedError } from 'typeorm';
import { firstDayOf, type Month, monthOf } from '../core/calendar.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { VersionOf } from '../data/versions/vintage.ts';
import { type GatedArea, type GatedMonth, RULES_REVISION } from './gated-month.ts';
import { settingsHash } from './release-rules.ts';

/** For whom releases are made, and which edition: there is one of a month, because a second cannot be defended yet (ADR 42). */
export const AUDIENCE: Audience = 'officials';
export const EDITION = 1;

/** What a release says of an area beside its cells. `belts`: how many lie in it. */
export interface AreaAbout {
  readonly name: Bilingual;
  readonly belts: number;
  /** Of larger areas, which: a border may change. */
  readonly beltIds?: readonly string[];
  /** Of a belt, where it lies. */
  readonly adcode?: string;
  readonly province?: string;
  readonly city?: string;
  readonly goods?: Bilingual;
}

/** An area as it is stored; `about` is null of what no answer names, as merchants without a belt. */
export interface StoredArea extends GatedArea {
  readonly about: AreaAbout | null;
}

export type Release = Pick<
  ReleaseEntity,
  'id' | 'source' | 'month' | 'edition' | 'dataVersion' | 'versionPublishedAt' | 'madeAt'
>;

/** Areas a statement: the embedded store does each in one step of the one thread. */
const AREAS_A_STATEMENT = 20;
/** In memory, some megabytes each with all belts of a country: a page needs a month, its neighbour and both of the year before. */
const RELEASES_KEPT = 28;
const UNIQUE_VIOLATION = '23505';

/** Releases in PostgreSQL, to which rows are added and nothing else is done. */
@Injectable()
export class ReleaseStore {
  private readonly contents = new LRUCache<string, Promise<readonly StoredArea[]>>({ max: RELEASES_KEPT });

  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** Those that are published, the latest month first. */
  async published(source: string): Promise<Release[]> {
    return this.store.getRepository(ReleaseEntity).find({
      where: { source, audience: AUDIENCE, edition: EDITION, isPublished: true },
      order: { month: 'DESC' },
    });
  }

  async ofMonth(source: string, month: Month): Promise<Release | null> {
    return this.store.getRepository(ReleaseEntity).findOneBy({
      ...{ source, audience: AUDIENCE, edition: EDITION, isPublished: true },
      month: firstDayOf(month),
    });
  }

  /** Months that the auditor refused as this version has them, under the rules as they are set. */
  async refused(version: VersionOf): Promise<Month[]> {
    const found = await this.store.getRepository(ReleaseEntity).find({
      where: { ...this.tryOf(version), isPublished: false },
      select: { id: true, month: true },
    });
    return found.map(({ month }) => monthOf(month));
  }

  /** All areas of a release with where they lie: what is to be known before it is chosen who may see which. */
  async abouts(releaseId: string): Promise<readonly Pick<StoredArea, 'level' | 'area' | 'about'>[]> {
    return this.content(releaseId);
  }

  /** Some areas of a level, in the order of their names. */
  async areas(releaseId: string, level: string, areas: readonly string[]): Promise<StoredArea[]> {
    const asked = new Set(areas);
    return (await this.content(releaseId)).filter((one) => one.level === level && asked.has(one.area));
  }

  /** Every area of a release, which never changes: read once while it is asked for. */
  private content(releaseId: string): Promise<readonly StoredArea[]> {
    const known = this.contents.get(releaseId);
    if (known) return known;
    const read = this.read(releaseId);
    this.contents.set(releaseId, read);
    read.catch(() => this.contents.delete(releaseId));
    return read;
  }

  private async read(releaseId: string): Promise<readonly StoredArea[]> {
    const found = await this.store
      .getRepository(ReleaseAreaEntity)
      .find({ where: { releaseId }, order: { area: 'ASC' } });
    return found as unknown as StoredArea[];
  }

  /** One area in several releases, each by its release's id. */
  async areaOver(
    releaseIds: readonly string[],
    level: string,
    area: string,
  ): Promise<ReadonlyMap<string, StoredArea>> {
    if (releaseIds.length === 0) return new Map();
    const found = await this.store
      .getRepository(ReleaseAreaEntity)
      .findBy({ releaseId: In([...releaseIds]), level, area });
    return new Map(found.map((one) => [one.releaseId, one as unknown as StoredArea]));
  }

  /** Every area with its cells. */
  async everything(releaseId: string): Promise<StoredArea[]> {
    return (await this.store
      .getRepository(ReleaseAreaEntity)
      .findBy({ releaseId })) as unknown as StoredArea[];
  }

  /**
   * Keeps what was made of a month: published with its areas where the auditor found nothing, else as refused, without.
   * @returns whether it is published; null where somebody else was before us.
   */
  async keep(
    version: VersionOf,
    month: Month,
    { report }: Pick<GatedMonth, 'report'>,
    areas: readonly StoredArea[],
  ): Promise<boolean | null> {
    const isPublished = report.breaches === 0;
    const id = randomUUID();
    try {
      await this.store.transaction(async (manager) => {
        await manager.insert(ReleaseEntity, {
          ...{ id, month: firstDayOf(month), ...this.tryOf(version) },
          ...{ madeAt: new Date(), isPublished, audit: { ...report } },
        });
        if (!isPublished) return;
        for (let at = 0; at < areas.length; at += AREAS_A_STATEMENT) {
          const values = areas.slice(at, at + AREAS_A_STATEMENT);
          await manager.insert(
            ReleaseAreaEntity,
            values.map(({ level, area, about, cells, service, carriers, structure, partitions }) => ({
              releaseId: id,
              level,
              area,
              about: about ?? {},
              cells,
              // Of nothing that is kept the column has no value, not one of JSON.
              ...(service ? { service } : {}),
              ...(carriers ? { carriers } : {}),
              ...(structure ? { structure } : {}),
              ...(partitions ? { partitions } : {}),
            })),
          );
          await new Promise(setImmediate);
        }
      });
    } catch (error) {
      if (error instanceof QueryFailedError && codeOf(error) === UNIQUE_VIOLATION) return null;
      throw error;
    }
    return isPublished;
  }

  private tryOf({ source, dataVersion, publishedAt }: VersionOf) {
    return {
      ...{ source, audience: AUDIENCE, edition: EDITION, dataVersion },
      versionPublishedAt: new Date(publishedAt),
      rulesRevision: RULES_REVISION,
      settingsHash: settingsHash(this.config),
    };
  }
}

const codeOf = (error: QueryFailedError): unknown =>
  (error.driverError as { readonly code?: unknown } | undefined)?.code;
