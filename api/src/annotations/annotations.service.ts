import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type Annotation,
  type AnnotationBody,
  annotationKind,
  type AnnotationsAnswer,
  annotationsQuestion,
} from '@beltline/contract';
import { AnnotationEntity } from '@beltline/sql/postgres';
import { Brackets, type Repository } from 'typeorm';
import type { z } from 'zod';
import { BeltsService } from '../belts/belts.service.ts';
import { notFound } from '../platform/problem/problem-error.ts';
import { VintageService } from '../sources/vintage.service.ts';

const annotationOf = ({ createdAt, updatedAt, kind, ...note }: AnnotationEntity): Annotation => ({
  ...note,
  kind: annotationKind.parse(kind),
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

const NO_SUCH = 'id: there is no such annotation';

/** Dated notes of people on belts or the nation. Each write is one statement, so none can be half done. */
@Injectable()
export class AnnotationsService {
  constructor(
    @InjectRepository(AnnotationEntity) private readonly store: Repository<AnnotationEntity>,
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(BeltsService) private readonly belts: BeltsService,
  ) {}

  /** Notes that touch the days asked for, on the nation and, where one is named, on a belt. */
  async list({ source, belt, from, to }: z.output<typeof annotationsQuestion>): Promise<AnnotationsAnswer> {
    const vintage = await this.vintages.of(source);
    await this.belts.assertKnown(vintage, belt);
    const query = this.store
      .createQueryBuilder('note')
      .where('note.source = :source', { source: vintage.source })
      .andWhere(
        new Brackets((place) => {
          place.where('note.belt_id IS NULL');
          if (belt !== undefined) place.orWhere('note.belt_id = :belt', { belt });
        }),
      )
      .orderBy('note.day')
      .addOrderBy('note.created_at')
      .addOrderBy('note.id');
    if (from !== undefined) query.andWhere('COALESCE(note.last_day, note.day) >= :from', { from });
    if (to !== undefined) query.andWhere('note.day <= :to', { to });
    return { annotations: (await query.getMany()).map(annotationOf) };
  }

  async add(body: AnnotationBody): Promise<Annotation> {
    await this.assertPlace(body);
    const now = new Date();
    const note = { id: randomUUID(), ...body, createdAt: now, updatedAt: now };
    await this.store.insert(note);
    return annotationOf(note);
  }

  async change(id: string, body: AnnotationBody): Promise<Annotation> {
    await this.assertPlace(body);
    const { affected } = await this.store.update({ id }, { ...body, updatedAt: new Date() });
    const note = affected ? await this.store.findOneBy({ id }) : null;
    if (!note) throw notFound(NO_SUCH);
    return annotationOf(note);
  }

  async remove(id: string): Promise<void> {
    const { affected } = await this.store.delete({ id });
    if (!affected) throw notFound(NO_SUCH);
  }

  /** A note on a belt or source that does not exist would never be shown. */
  private async assertPlace({ source, beltId }: AnnotationBody): Promise<void> {
    const vintage = await this.vintages.of(source);
    await this.belts.assertKnown(vintage, beltId ?? undefined, 'beltId');
  }
}
