import { z } from 'zod';
import { isSeen } from './seen.ts';
import { beltId, day, sourceId } from './vocabulary.ts';

/** Characters (code points) of a note at most, without blanks about it. */
export const LONGEST_NOTE = 200;

/** PostgreSQL keeps no U+0000, and half a surrogate pair would be kept as another character than was sent. */
const noteText = z
  .string()
  .trim()
  .min(1, { error: 'must not be empty', abort: true })
  .max(LONGEST_NOTE)
  .refine(isSeen, 'must not be empty: it holds invisible characters only')
  .refine((text) => !text.includes('\0'), 'must not hold the character U+0000')
  .refine((text) => !/\p{Cs}/u.test(text), 'must not hold half a character (a lone surrogate)');

/** No order is older, and a year of two digits is a slip of the pen. Nor does any question reach further than the last one. */
export const EARLIEST_NOTE = '1990-01-01';
export const LATEST_NOTE = '2100-12-31';
const lastNoteDay = day.refine((text) => text <= LATEST_NOTE, `must not be after ${LATEST_NOTE}`);
const noteDay = lastNoteDay.refine((text) => text >= EARLIEST_NOTE, `must not be before ${EARLIEST_NOTE}`);

/** A dated note (policy, holiday, outage) on a belt, or on the nation where `beltId` is null. */
export const annotationKind = z.enum(['policy', 'holiday', 'outage', 'other']);
export const annotationBody = z
  .strictObject({
    source: sourceId,
    beltId: beltId.nullable(),
    kind: annotationKind,
    day: noteDay,
    /** Last day of the event; null = a single day. */
    lastDay: lastNoteDay.nullable().default(null),
    text: noteText,
  })
  .refine((note) => note.lastDay === null || note.lastDay >= note.day, {
    message: 'the last day must not be before the first',
    path: ['lastDay'],
  });
export type AnnotationBody = z.infer<typeof annotationBody>;

/** `Idempotency-Key` of `POST /annotations`: the same key with the same note, sent again because no answer came, adds none. */
export const annotationKey = z.uuid();

/**
 * Who sees a note: on the nation strategists, on a belt also the officials of it. It follows from where the note stands, and nobody
 * chooses it: what was written for colleagues is not shown elsewhere by a slip.
 */
export const noteVisibility = z.enum(['strategists', 'belt']);
export type NoteVisibility = z.infer<typeof noteVisibility>;

export const annotation = z.object({
  id: z.uuid(),
  source: sourceId,
  beltId: z.string().nullable(),
  kind: annotationKind,
  day,
  lastDay: day.nullable(),
  text: z.string(),
  createdAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
  visibility: noteVisibility,
  /** Name of whoever wrote it, by their session or token; null of notes from before that was kept. */
  author: z.string().nullable(),
  /** Name of whoever changed it last, where that is not the author; null where nobody else did. */
  changedBy: z.string().nullable(),
  /** Whether who asks may change and remove it. */
  mayChange: z.boolean(),
  /** Names this state of the note; `If-Match` of whoever changes or removes it. */
  etag: z.string(),
});
export type Annotation = z.infer<typeof annotation>;
/** `GET /annotations`: a page of notes by day, the earliest first; `next`: the `after` of the following page. */
export const annotationsAnswer = z.object({
  annotations: z.array(annotation),
  next: z.string().nullable(),
});
export type AnnotationsAnswer = z.infer<typeof annotationsAnswer>;
