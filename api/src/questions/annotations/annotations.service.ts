import { createHash, randomUUID } from 'node:crypto';
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
import { Brackets, In, type Repository } from 'typeorm';
import type { z } from 'zod';
import type { Viewer } from '../../access/viewer.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { notFound, ProblemError } from '../../platform/problem/problem-error.ts';
import { keyOfCursor, noteCursor } from './annotation-cursor.ts';
import { type Expected, noteTag } from './note-tag.ts';

const annotationOf = (note: AnnotationEntity): Annotation => ({
  id: note.id,
  source: note.source,
  beltId: note.beltId,
  kind: annotationKind.parse(note.kind),
  day: note.day,
  lastDay: note.lastDay,
  text: note.text,
  createdAt: note.createdAt.toISOString(),
  updatedAt: note.updatedAt.toISOString(),
  etag: noteTag(note.revision),
});

/** Answers tell milliseconds, and so does a cursor. */
const CREATED = "date_trunc('milliseconds', note.created_at)";

const NO_SUCH = 'id: there is no such annotation';

/** Dated notes of people on belts or the nation. A change names the state that it changes, so that no writer overwrites
 * another unseen. */
@Injectable()
export class AnnotationsService {
  constructor(
    @InjectRepository(AnnotationEntity) private readonly store: Repository<AnnotationEntity>,
    @Inject(ContextService) private readonly contexts: ContextService,
  ) {}

  /** Notes that touch the days asked for, on the nation and, where one is named, on a belt. */
  async list(viewer: Viewer, question: z.output<typeof annotationsQuestion>): Promise<AnnotationsAnswer> {
    const { source, belt, from, to, limit, after } = question;
    const context = await this.contexts.declared(viewer, { source });
    await this.contexts.assertBelt(context, belt);
    const query = this.store
      .createQueryBuilder('note')
      .where('note.source = :source', { source: context.vintage.source })
      .andWhere(
        new Brackets((place) => {
          place.where('note.belt_id IS NULL');
          if (belt !== undefined) place.orWhere('note.belt_id = :belt', { belt });
        }),
      )
      .orderBy('note.day')
      .addOrderBy(CREATED)
      .addOrderBy('note.id')
      .limit(limit + 1);
    if (from !== undefined) query.andWhere('COALESCE(note.last_day, note.day) >= :from', { from });
    if (to !== undefined) query.andWhere('note.day <= :to', { to });
    if (after !== undefined) {
      const [day, created, id] = keyOfCursor(after);
      query.andWhere(`(note.day, ${CREATED}, note.id) > (:day::date, :created::timestamptz, :id::uuid)`, {
        day,
        created,
        id,
      });
    }
    const found = (await query.getMany()).map(annotationOf);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      annotations: page,
      next: found.length > limit && last ? noteCursor([last.day, last.createdAt, last.id]) : null,
    };
  }

  /**
   * Adds a note. Under a key that one was added under it answers that one, as it is now, and adds none: whoever got no answer
   * can send the same again.
   * @throws ProblemError where another note was added under the key, which comes with it.
   */
  async add(viewer: Viewer, body: AnnotationBody, key: string | null): Promise<Annotation> {
    await this.assertPlace(viewer, body);
    const now = new Date();
    const made = { id: randomUUID(), ...body, createdAt: now, updatedAt: now, revision: 1 };
    const note = { ...made, addedUnder: key, addedAs: key === null ? null : digestOf(body) };
    // The unique key decides, and not a look beforehand: two of the same may be on their way at once.
    const { raw } = await this.store
      .createQueryBuilder()
      .insert()
      .values(note)
      .orIgnore()
      .returning('id')
      .execute();
    if (key === null || (raw as unknown[]).length > 0) return annotationOf(note);
    const earlier = await this.store.findOneBy({ addedUnder: key });
    if (!earlier || !this.contexts.seesPlace(viewer, earlier)) throw notFound(NO_SUCH);
    if (earlier.addedAs !== note.addedAs) throw addedOtherwise(earlier);
    return annotationOf(earlier);
  }

  /** @throws ProblemError where there is no such note. */
  async one(viewer: Viewer, id: string): Promise<Annotation> {
    const note = await this.store.findOneBy({ id });
    if (!note || !this.contexts.seesPlace(viewer, note)) throw notFound(NO_SUCH);
    return annotationOf(note);
  }

  /** @throws ProblemError where there is no such note, or it is in another state than expected, which comes with it. */
  async change(viewer: Viewer, id: string, expected: Expected, body: AnnotationBody): Promise<Annotation> {
    await this.one(viewer, id); // where it stands now, beside where it is moved to
    await this.assertPlace(viewer, body);
    return this.store.manager.transaction(async (manager) => {
      const store = manager.getRepository(AnnotationEntity);
      const { affected } = await store.update(inState(id, expected), {
        ...body,
        updatedAt: new Date(),
        revision: () => 'revision + 1',
      });
      const note = await store.findOneBy({ id });
      if (!affected || !note) throw inOtherState(note);
      return annotationOf(note);
    });
  }

  /** @throws ProblemError as `change`. */
  async remove(viewer: Viewer, id: string, expected: Expected): Promise<void> {
    await this.one(viewer, id);
    const { affected } = await this.store.delete(inState(id, expected));
    if (!affected) throw inOtherState(await this.store.findOneBy({ id }));
  }

  /** A note on a belt or source that does not exist would never be shown. */
  private async assertPlace(viewer: Viewer, { source, beltId }: AnnotationBody): Promise<void> {
    const context = await this.contexts.declared(viewer, { source });
    await this.contexts.assertBelt(context, beltId, 'beltId');
  }
}

const inState = (id: string, expected: Expected) =>
  expected === 'any' ? { id } : { id, revision: In([...expected]) };

/** The fields are in the order of the schema, whatever order they were sent in. */
const digestOf = (body: AnnotationBody): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('hex');

const addedOtherwise = (note: AnnotationEntity): ProblemError =>
  new ProblemError(
    'key-reused',
    'Another note was added under this Idempotency-Key. Nothing was written; `current` is that note as it is now.',
    { current: annotationOf(note) },
  );

const inOtherState = (note: AnnotationEntity | null): ProblemError =>
  note
    ? new ProblemError(
        'precondition-failed',
        'The note has been changed since it was read. Nothing was written; `current` is the note as it is now.',
        { current: annotationOf(note) },
      )
    : notFound(NO_SUCH);
