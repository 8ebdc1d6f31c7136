import { deserialize, serialize } from 'node:v8';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { KeptSeriesEntity, pruneKeptSeries } from '@beltline/sql/postgres';
import { DataSource, In } from 'typeorm';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { figureMaker } from '../../platform/config/figure-settings.ts';
import { within } from '../../platform/within.ts';
import { IntegrityService } from '../integrity/integrity.service.ts';
import type { VersionOf } from './vintage.ts';

const [packed, unpacked] = [promisify(gzip), promisify(gunzip)];

/** Nobody waits longer for what can be computed: a server of PostgreSQL that does not answer would hold figures up. */
const READ_MS = 2_000;

/** What is kept: of `versions` versions of a source, those that were made last. */
export interface KeptKind {
  readonly name: string;
  readonly versions: number;
}

/**
 * What takes seconds to compute of a data version, kept in PostgreSQL, so that a program that was just started, or another one beside it, need not compute it again. Only the same
 * build with the same settings takes it. Nothing rests on it: where PostgreSQL does not answer, what was asked for is computed. What was kept of a source that was found damaged is
 * forgotten: it may have been computed of the damage.
 */
@Injectable()
export class KeptSeries {
  private readonly maker: string;
  /** Sources of which what is kept is still to be forgotten. */
  private readonly doubted = new Set<string>();
  private readonly writing = new Set<Promise<void>>();
  /** How often damage was found: what was computed before is not kept after. */
  private findings = 0;

  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(IntegrityService) private readonly integrity: IntegrityService,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.maker = figureMaker(config);
    integrity.onDamaged((source) => {
      this.findings += 1;
      this.doubted.add(source);
      void this.forgetDoubted();
    });
  }

  /** What was kept of a version, of each question in their order; null where nothing is, or it cannot be read now. */
  async read<T extends object>(
    version: VersionOf,
    { name }: KeptKind,
    questions: readonly object[],
  ): Promise<(T | null)[]> {
    const asked = questions.map((question) => JSON.stringify(question));
    const found = await within(this.found(version, name, asked), READ_MS);
    return asked.map((question) => (found?.get(question) as T | undefined) ?? null);
  }

  /**
   * Keeps what was computed, once what is stored has been compared with its seals since. Waits for that, and never fails: what is missing is computed
   * again.
   */
  async keep(
    version: VersionOf,
    kind: KeptKind,
    values: readonly (readonly [question: object, value: object])[],
  ): Promise<void> {
    const keeping = this.write(version, kind, values).catch(() => undefined);
    this.writing.add(keeping);
    await keeping;
    this.writing.delete(keeping);
  }

  /** Forgets all that this build made, for measuring. */
  async forget(): Promise<void> {
    await Promise.all(this.writing);
    await this.store.getRepository(KeptSeriesEntity).delete({ maker: this.maker });
  }

  private async write(
    version: VersionOf,
    { name, versions }: KeptKind,
    values: readonly (readonly [question: object, value: object])[],
  ): Promise<void> {
    const { findings } = this;
    await this.integrity.whenCompared();
    const key = this.keyOf(version, name);
    for (const [question, value] of values) {
      if (!(await this.isSound(version)) || this.findings > findings) return;
      const row = { ...key, question: JSON.stringify(question), madeAt: new Date() };
      await this.store
        .createQueryBuilder()
        .insert()
        .into(KeptSeriesEntity)
        .values({ ...row, value: await packed(serialize(value)) })
        .orIgnore()
        .execute();
    }
    await pruneKeptSeries(this.store, { ...key, versions });
  }

  private async found(version: VersionOf, name: string, questions: readonly string[]) {
    if (this.doubted.size > 0 && !(await this.forgetDoubted())) return null;
    const rows = await this.store
      .getRepository(KeptSeriesEntity)
      .findBy({ ...this.keyOf(version, name), question: In(questions) });
    const values = await Promise.all(
      rows.map(async ({ question, value }) => [question, deserialize(await unpacked(value))] as const),
    );
    return new Map<string, object>(values as [string, object][]);
  }

  private async isSound({ source, dataVersion }: VersionOf): Promise<boolean> {
    return this.integrity.isCompared && (await this.integrity.isSound(source, dataVersion));
  }

  private keyOf({ source, dataVersion, publishedAt }: VersionOf, name: string) {
    return { source, dataVersion, publishedAt, name, maker: this.maker };
  }

  /** Whether all of it is forgotten; where PostgreSQL does not answer, it is tried again at the next question, and nothing is read until then. */
  private async forgetDoubted(): Promise<boolean> {
    try {
      await Promise.all(this.writing);
      for (const source of [...this.doubted]) {
        await this.store.getRepository(KeptSeriesEntity).delete({ source });
        this.doubted.delete(source);
      }
      return true;
    } catch {
      return false;
    }
  }
}
