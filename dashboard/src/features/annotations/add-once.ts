import type { Annotation, AnnotationBody } from '@beltline/contract';
import { ProblemError } from '../../api/problem-error.ts';
import { annotationCommands } from '../../api/questions.ts';

/**
 * Adds a note under the key of its form. Where an earlier try had come through and only its answer was lost, what has been
 * written in the form since then is a change of the note that it added.
 */
export async function addOnce(body: AnnotationBody, key: string): Promise<Annotation> {
  try {
    return await annotationCommands.add(body, key);
  } catch (cause) {
    const added = cause instanceof ProblemError && cause.code === 'key-reused' ? cause.current : null;
    if (added === null) throw cause;
    // Others may have changed it since then: they are not overwritten unseen.
    if (added.updatedAt !== added.createdAt)
      throw new ProblemError({ code: 'precondition-failed', current: added });
    return annotationCommands.change(added, body);
  }
}
