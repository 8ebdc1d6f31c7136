import { z } from 'zod';
import { beltId, day, sourceId } from './vocabulary.ts';

/** A dated note (policy, holiday, outage) on a belt, or on the nation where `beltId` is null. */
export const annotationKind = z.enum(['policy', 'holiday', 'outage', 'other']);
export const annotationBody = z
  .strictObject({
    source: sourceId,
    beltId: beltId.nullable(),
    kind: annotationKind,
    day,
    /** Last day of the event; null = a single day. */
    lastDay: day.nullable().default(null),
    text: z.string().trim().min(1).max(200),
  })
  .refine((note) => note.lastDay === null || note.lastDay >= note.day, {
    message: 'the last day must not be before the first',
    path: ['lastDay'],
  });
export type AnnotationBody = z.infer<typeof annotationBody>;

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
});
export type Annotation = z.infer<typeof annotation>;
export const annotationsAnswer = z.object({ annotations: z.array(annotation) });
export type AnnotationsAnswer = z.infer<typeof annotationsAnswer>;
