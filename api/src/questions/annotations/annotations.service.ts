import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type Annotation,
  type AnnotationBody,
  type AnnotationsAnswer,
  annotationsQuestion,
} from '@beltline/contract';
import { AnnotationEntity } from '@beltline/sql/postgres';
import { Brackets, In, type Repository, type SelectQueryBuilder } from 'typeorm';
import type { z } from 'zod';
import type { Viewer } from '../../access/viewer.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { invalidRequest, notFound, ProblemError, sought } from '../../platform/problem/problem-error.ts';
import { keyOfCursor, noteCursor } from './annotation-cursor.ts';
import { annotationOf, mayChange } from './note-answer.ts';
import type { Expected } from './note-tag.ts';

/** Answers tell milliseconds, and so does a cursor. */
const CREATED = "date_trunc('milliseconds', note.created_at)";

const NO_SUCH = 'id: there is no such annotation';

/**
 * Dated notes of people on belts or the nation. Who sees one is decided by where it stands (`ContextService.seesPlace`). A change names the
 * state that it changes, so that no writer overwrites another unseen.
 */
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
    const nation = { source: context.vintage.source, beltId: null };
    const seesNation = await this.contexts.seesPlace(viewer, nation);
    const query = this.notes()
      .where('note.source = :source', { source: context.vintage.source })
      .andWhere(
        new Brackets((place) => {
          place.where(seesNation ? 'note.belt_id IS NULL' : 'FALSE');
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
    const found = (await query.getMany()).map((note) => annotationOf(viewer, note));
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
    const author = { authorId: viewer.user?.id ?? null, changedById: viewer.user?.id ?? null };
    const made = { id: randomUUID(), ...body, createdAt: now, updatedAt: now, revision: 1, ...author };
    const note = { ...made, addedUnder: key, addedAs: key === null ? null : digestOf(body) };
    // The unique key decides, and not a look beforehand: two of the same may be on their way at once.
    const { raw } = await this.store
      .createQueryBuilder()
      .insert()
      .values(note)
      .orIgnore()
      .returning('id')
      .execute();
    if (key === null || (raw as unknown[]).length > 0)
      return annotationOf(viewer, { ...note, author: viewer.user });
    const earlier = await this.notes().where('note.added_under = :key', { key }).getOne();
    if (!earlier || !(await this.contexts.seesPlace(viewer, earlier))) throw noSuch(earlier);
    const isSame = earlier.addedAs === note.addedAs && earlier.authorId === note.authorId;
    if (!isSame) throw addedOtherwise(annotationOf(viewer, earlier));
    return annotationOf(viewer, earlier);
  }

  /** @throws ProblemError where there is no such note among those that the viewer sees. */
  async one(viewer: Viewer, id: string): Promise<Annotation> {
    return annotationOf(viewer, await this.seen(viewer, id));
  }

  /**
   * @throws ProblemError where there is no such note, it is another's, or it is in another state than expected, which comes with it.
   */
  async change(viewer: Viewer, id: string, expected: Expected, body: AnnotationBody): Promise<Annotation> {
    await this.changeable(viewer, id); // where it stands now, beside where it is moved to
    await this.assertPlace(viewer, body);
    return this.store.manager.transaction(async (manager) => {
      const store = manager.getRepository(AnnotationEntity);
      const { affected } = await store.update(inState(id, expected), {
        ...body,
        updatedAt: new Date(),
        changedById: viewer.user?.id ?? null,
        revision: () => 'revision + 1',
      });
      const note = annotationOf(viewer, await this.seen(viewer, id, store));
      if (!affected) throw inOtherState(note);
      return note;
    });
  }

  /** @throws ProblemError as `change`. */
  async remove(viewer: Viewer, id: string, expected: Expected): Promise<void> {
    await this.changeable(viewer, id);
    const { affected } = await this.store.delete(inState(id, expected));
    if (!affected) throw inOtherState(await this.one(viewer, id));
  }

  /** What is written of a note is read with the names of who wrote it, and nothing else of them. */
  private notes(store = this.store): SelectQueryBuilder<AnnotationEntity> {
    return store
      .createQueryBuilder('note')
      .leftJoin('note.author', 'author')
      .leftJoin('note.changedBy', 'changer')
      .addSelect(['author.id', 'author.name', 'changer.id', 'changer.name']);
  }

  private async seen(viewer: Viewer, id: string, store = this.store): Promise<AnnotationEntity> {
    const note = await this.notes(store).where('note.id = :id', { id }).getOne();
    if (!note || !(await this.contexts.seesPlace(viewer, note))) throw noSuch(note);
    return note;
  }

  private async changeable(viewer: Viewer, id: string): Promise<void> {
    if (!mayChange(viewer, await this.seen(viewer, id)))
      throw new ProblemError(
        'forbidden',
        'This note is another’s: its author may change and remove it, and who may do so with all.',
      );
  }

  /** A note on a belt or source that does not exist would never be shown. */
  private async assertPlace(viewer: Viewer, { source, beltId }: AnnotationBody): Promise<void> {
    const context = await this.contexts.declared(viewer, { source });
    await this.contexts.assertBelt(context, beltId, 'beltId');
    if (await this.contexts.seesPlace(viewer, { source: context.vintage.source, beltId })) return;
    throw invalidRequest({
      field: 'beltId',
      message: 'notes on the nation are strategists’; name a belt of yours',
    });
  }
}

const inState = (id: string, expected: Expected) =>
  expected === 'any' ? { id } : { id, revision: In([...expected]) };

/** The fields are in the order of the schema, whatever order they were sent in. */
const digestOf = (body: AnnotationBody): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('hex');

const noSuch = (note: AnnotationEntity | null): ProblemError =>
  sought(notFound(NO_SUCH), 'note', note?.id ?? null);

const addedOtherwise = (current: Annotation): ProblemError =>
  new ProblemError(
    'key-reused',
    'Another note was added under this Idempotency-Key. Nothing was written; `current` is that note as it is now.',
    { current },
  );

const inOtherState = (current: Annotation): ProblemError =>
  new ProblemError(
    'precondition-failed',
    'The note has been changed since it was read. Nothing was written; `current` is the note as it is now.',
    { current },
  );
