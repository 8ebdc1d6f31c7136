import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Bilingual, ChangeCounts, FigureChange, ReportArea, ReportLanguage } from '@beltline/contract';
import {
  holdPublications,
  NOT_NEXT,
  OVERTAKEN,
  PublicationEntity,
  PublicationFileEntity,
  PublicationNumberEntity,
  PublicationStateEntity,
  PublicationWithdrawalEntity,
} from '@beltline/sql/postgres';
import { DataSource, type EntityManager, In, QueryFailedError } from 'typeorm';
import { firstDayOf, type Month, monthOf } from '../../core/calendar.ts';
import type { AreaBelt } from '../../releases/released-areas.service.ts';
import type { AreaKey } from '../../releases/releases.service.ts';
import type { MadeFile, MadeFormat } from '../files/report-files.ts';

/** What is kept of a publication beside its data set, to be listed and to know who may see it. */
export interface About {
  readonly sourceName: Bilingual;
  readonly regionName: Bilingual;
  readonly dataVersion: number;
  /** Those that decide who may see it. */
  readonly belts: readonly AreaBelt[];
  /** Months that it needs, as far as they were released when it was prepared. */
  readonly months: readonly Month[];
  readonly monthsSince: readonly Month[];
  /** Whether it was told since who sells no more; left out: not. */
  readonly leaversSince?: true;
  readonly changes: ChangeCounts;
}
export type Row = Omit<PublicationStateEntity, 'about' | 'kind'> & {
  readonly about: About;
  readonly kind: ReportArea;
};

/** Editions of the same source, month and area take each other's place. */
export interface EditionKey extends AreaKey {
  readonly source: string;
  readonly month: Month;
}
export interface Draft {
  readonly of: EditionKey;
  readonly id: string;
  readonly about: About;
  readonly dataSet: Buffer;
  readonly revises: string | null;
  readonly reason: string | null;
  readonly revised: readonly FigureChange[];
  readonly preparedAt: Date;
}

export interface Filter {
  readonly sources: 'all' | readonly string[];
  readonly kind?: ReportArea | undefined;
  readonly region?: string | undefined;
  readonly year?: number | undefined;
  readonly month?: Month | undefined;
  readonly states: readonly Row['state'][];
  /** Only numbers before this one. */
  readonly before?: Numbered | undefined;
}
export interface Numbered {
  readonly year: number;
  readonly no: number;
}

/** Publications in PostgreSQL, to which rows are added and nothing else is done. */
@Injectable()
export class PublicationStore {
  constructor(@InjectDataSource() private readonly store: DataSource) {}

  /** By its number, or by its id. */
  async one(which: Numbered | string): Promise<Row | null> {
    const where = typeof which === 'string' ? { id: which } : { year: which.year, no: which.no };
    const found = await this.store.getRepository(PublicationStateEntity).findOneBy(where);
    return found && rowOf(found);
  }

  /** What is prepared first, then by number, the newest first. */
  async page(
    { sources, kind, region, year, month, states, before }: Filter,
    skip: number,
    take: number,
  ): Promise<Row[]> {
    const query = this.store
      .getRepository(PublicationStateEntity)
      .createQueryBuilder('one')
      .where('one.state IN (:...states)', { states })
      .orderBy('one.year', 'DESC', 'NULLS FIRST')
      .addOrderBy('one.no', 'DESC')
      .addOrderBy('one.month', 'DESC')
      .addOrderBy('one.kind')
      .addOrderBy('one.region')
      .addOrderBy('one.id')
      .offset(skip)
      .limit(take);
    if (sources !== 'all') query.andWhere('one.source IN (:...sources)', { sources: [...sources, ''] });
    if (kind !== undefined) query.andWhere('one.kind = :kind', { kind });
    if (region !== undefined) query.andWhere('one.region = :region', { region });
    if (year !== undefined) query.andWhere('one.year = :year', { year });
    if (month !== undefined) query.andWhere('one.month = :month', { month: firstDayOf(month) });
    if (before !== undefined)
      query.andWhere('(one.year < :inYear OR (one.year = :inYear AND one.no < :no))', {
        inYear: before.year,
        no: before.no,
      });
    return (await query.getMany()).map(rowOf);
  }

  /** Of each area, as it was when its belts were these: the latest month of which a report stands. */
  async latestMonths(
    source: string,
  ): Promise<{ readonly kind: ReportArea; readonly belts: About['belts']; readonly month: Month }[]> {
    const rows = await this.store
      .getRepository(PublicationStateEntity)
      .createQueryBuilder('one')
      .select('one.kind', 'kind')
      .addSelect("one.about -> 'belts'", 'belts')
      .addSelect('max(one.month)::text', 'month')
      .where("one.source = :source AND one.state = 'released'", { source })
      .groupBy("one.kind, one.region, one.about -> 'belts'")
      .getRawMany<{ kind: ReportArea; belts: About['belts']; month: string }>();
    return rows.map(({ kind, belts, month }) => ({ kind, belts, month: monthOf(month) }));
  }

  /** What is released of a month and area, and what is prepared after it. */
  async current(
    { source, month, kind, id: region }: EditionKey,
    manager: EntityManager = this.store.manager,
  ): Promise<{ readonly released: Row | null; readonly prepared: Row | null }> {
    const rows = await manager.findBy(PublicationStateEntity, {
      ...{ source, month: firstDayOf(month), kind, region },
      state: In(['prepared', 'released']),
    });
    const of = (state: Row['state']) => rows.map(rowOf).find((row) => row.state === state) ?? null;
    return { released: of('released'), prepared: of('prepared') };
  }

  /**
   * Adds what `work` gives, unless it gives nothing; nobody else prepares anything meanwhile. It asks by its manager alone: the embedded store has one
   * session, which is the transaction's.
   */
  async prepare(work: (manager: EntityManager) => Promise<Draft | null>): Promise<void> {
    await this.store.transaction(async (manager) => {
      await holdPublications(manager);
      const draft = await work(manager);
      if (!draft) return;
      const { of, dataSet, ...rest } = draft;
      await manager.insert(PublicationEntity, {
        ...{ source: of.source, month: firstDayOf(of.month), kind: of.kind, region: of.id },
        ...{ ...rest, dataSet, digest: sha256(dataSet) },
        ...{ about: rest.about as object, revised: rest.revised as object },
      });
    });
  }

  /**
   * Takes back what is prepared, for good. `tell`: what is done in the same transaction, last.
   * @returns whether it was; not where it has a number meanwhile, or was withdrawn
   */
  async withdraw(
    id: string,
    withdrawnAt: Date,
    tell: (manager: EntityManager) => Promise<void>,
  ): Promise<boolean> {
    try {
      await this.store.transaction(async (manager) => {
        await manager.insert(PublicationWithdrawalEntity, { publicationId: id, withdrawnAt });
        await tell(manager);
      });
      return true;
    } catch (error) {
      const code = error instanceof QueryFailedError ? codeOf(error) : null;
      if (code === OVERTAKEN || code === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }

  /** Whether what says the same was withdrawn: by itself it is not prepared again. */
  async isWithdrawn({ source, month, kind, id: region }: EditionKey, digest: Buffer): Promise<boolean> {
    return this.store
      .getRepository(PublicationEntity)
      .createQueryBuilder('one')
      .innerJoin(PublicationWithdrawalEntity, 'gone', 'gone.publicationId = one.id')
      .where({ source, month: firstDayOf(month), kind, region, digest })
      .getExists();
  }

  async dataSet(id: string, manager: EntityManager = this.store.manager): Promise<Buffer> {
    const { dataSet } = await manager.findOneOrFail(PublicationEntity, {
      where: { id },
      select: { id: true, dataSet: true },
    });
    return Buffer.from(dataSet);
  }

  async revised(id: string): Promise<FigureChange[]> {
    const { revised } = await this.store.getRepository(PublicationEntity).findOneOrFail({
      where: { id },
      select: { id: true, revised: true as never },
    });
    return revised as FigureChange[];
  }

  /** The number that the next one of a year gets, if nobody is before us. */
  async nextNo(year: number): Promise<number> {
    const last = await this.store.getRepository(PublicationNumberEntity).maximum('no', { year });
    return (last ?? 0) + 1;
  }

  /**
   * Releases a publication under a number with its files, all or nothing. `tell`: what is done in the same transaction, last.
   * @returns `taken` where the number is not the next any more, `overtaken` where another edition came in between; then nothing was done.
   */
  async release(
    id: string,
    { year, no }: Numbered,
    releasedAt: Date,
    files: readonly MadeFile[],
    tell: (manager: EntityManager) => Promise<void>,
  ): Promise<'released' | 'taken' | 'overtaken'> {
    try {
      await this.store.transaction(async (manager) => {
        await manager.insert(PublicationNumberEntity, { publicationId: id, year, no, releasedAt });
        for (const { language, format, bytes } of files)
          await manager.insert(PublicationFileEntity, {
            ...{ publicationId: id, language, format, bytes, digest: sha256(bytes) },
          });
        await tell(manager);
      });
      return 'released';
    } catch (error) {
      const code = error instanceof QueryFailedError ? codeOf(error) : null;
      if (code === NOT_NEXT) return 'taken';
      // Its own number was given meanwhile: whoever did so was before us.
      if (code === OVERTAKEN || code === UNIQUE_VIOLATION) return 'overtaken';
      throw error;
    }
  }

  async files(
    id: string,
  ): Promise<{ language: ReportLanguage; format: MadeFormat; bytes: number; sha256: string }[]> {
    const rows = await this.store
      .getRepository(PublicationFileEntity)
      .createQueryBuilder('file')
      .select(['file.language AS language', 'file.format AS format', 'octet_length(file.bytes) AS bytes'])
      .addSelect(`encode(file.digest, 'hex')`, 'sha256')
      .where({ publicationId: id })
      .getRawMany<{ language: ReportLanguage; format: MadeFormat; bytes: number; sha256: string }>();
    return rows;
  }

  async file(id: string, language: ReportLanguage, format: MadeFormat): Promise<Buffer | null> {
    const found = await this.store
      .getRepository(PublicationFileEntity)
      .findOneBy({ publicationId: id, language, format });
    return found && Buffer.from(found.bytes);
  }

  /** Publications that a file is of, the newest first. The data set is in no language. */
  async byDigest(
    digest: Buffer,
  ): Promise<{ row: Row; language: ReportLanguage | null; format: MadeFormat | 'json' }[]> {
    const files = await this.store.getRepository(PublicationFileEntity).find({
      where: { digest },
      select: { publicationId: true, language: true, format: true },
    });
    const rows = await this.store.getRepository(PublicationStateEntity).find({
      where: [{ digest }, { id: In(files.map(({ publicationId }) => publicationId)) }],
      order: { year: 'DESC', no: 'DESC' },
    });
    return rows.map(rowOf).map((row) => {
      const file = files.find(({ publicationId }) => publicationId === row.id);
      return {
        row,
        language: (file?.language ?? null) as ReportLanguage | null,
        format: (file?.format ?? 'json') as MadeFormat | 'json',
      };
    });
  }
}

/** Drivers give bytes in types of their own. */
const rowOf = (found: PublicationStateEntity): Row => ({
  ...found,
  about: found.about as About,
  kind: found.kind as ReportArea,
  digest: Buffer.from(found.digest),
});

export const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const UNIQUE_VIOLATION = '23505';
const codeOf = (error: QueryFailedError): unknown =>
  (error.driverError as { readonly code?: unknown } | undefined)?.code;
