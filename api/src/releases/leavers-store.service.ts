import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ReleaseLeaversEntity } from '@beltline/sql/postgres';
import { LRUCache } from 'lru-cache';
import { DataSource, In, IsNull, Not } from 'typeorm';
import type { VersionOf } from '../data/versions/vintage.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import type { GatedLeavers, ToldLeavers } from './gated-leavers.ts';
import { settingsHash } from './release-rules.ts';

/** Of the rules that leavers are let out by: another one makes other patterns. */
export const LEAVERS_REVISION = 1;

/** Releases of so many months, some kilobytes each. */
const KEPT = 28;

/** Of areas by `level:area`; null: withheld. */
export type LeaversOf = ReadonlyMap<string, number | null>;

/** What is told of those who sell no more, beside releases: rows are added, and nothing else is done. */
@Injectable()
export class LeaversStore {
  /** What is told never changes, and each page of its month asks for it. */
  private readonly known = new LRUCache<string, LeaversOf>({ max: KEPT });

  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** Null where nothing is told beside that release. */
  async of(releaseId: string): Promise<LeaversOf | null> {
    const known = this.known.get(releaseId);
    if (known) return known;
    const found = await this.store
      .getRepository(ReleaseLeaversEntity)
      .findOneBy({ releaseId, shares: Not(IsNull()) });
    if (!found) return null;
    const told = new Map(
      (found.shares as readonly ToldLeavers[]).map(({ level, area, share }) => [`${level}:${area}`, share]),
    );
    this.known.set(releaseId, told);
    return told;
  }

  /** Releases of those named beside which leavers are told. */
  async told(releaseIds: readonly string[]): Promise<Set<string>> {
    if (releaseIds.length === 0) return new Set();
    const found = await this.store.getRepository(ReleaseLeaversEntity).find({
      where: { releaseId: In([...releaseIds]), shares: Not(IsNull()) },
      select: { releaseId: true },
    });
    return new Set(found.map(({ releaseId }) => releaseId));
  }

  /** Those beside which nothing is to be tried any more: told, or refused as this version has it under the rules as they are set. */
  async done(version: VersionOf, releaseIds: readonly string[]): Promise<Set<string>> {
    if (releaseIds.length === 0) return new Set();
    const releaseId = In([...releaseIds]);
    const found = await this.store.getRepository(ReleaseLeaversEntity).find({
      where: [
        { releaseId, shares: Not(IsNull()) },
        { releaseId, ...this.tryOf(version) },
      ],
      select: { releaseId: true },
    });
    return new Set(found.map((one) => one.releaseId));
  }

  /** `gated`: null where it could not be looked at. Whoever comes second changes nothing. */
  async keep(
    version: VersionOf,
    releaseId: string,
    gated: GatedLeavers | null,
    why: string | null = null,
  ): Promise<void> {
    const isTold = gated?.report.breaches === 0 && gated.report.share.breaches === 0;
    await this.store
      .createQueryBuilder()
      .insert()
      .into(ReleaseLeaversEntity)
      .values({
        ...{ releaseId, ...this.tryOf(version), madeAt: new Date() },
        audit: { ...gated?.report, ...(why === null ? {} : { why }) } as never,
        ...(isTold ? { shares: gated.told as never } : {}),
      })
      .orIgnore()
      .execute();
  }

  private tryOf({ dataVersion, publishedAt }: VersionOf) {
    return {
      dataVersion,
      versionPublishedAt: new Date(publishedAt),
      rulesRevision: LEAVERS_REVISION,
      settingsHash: settingsHash(this.config),
    };
  }
}
