import type { Annotation, AnnotationsAnswer } from '@beltline/contract';
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { ask, type Question } from '../../api/http-client.ts';
import { ProblemError } from '../../api/problem-error.ts';

export interface FurtherNotes {
  further: Readonly<ShallowRef<readonly Annotation[]>>;
  missing: Readonly<ShallowRef<ProblemError | null>>;
}

/**
 * The pages after a first one, each as it comes; the pages of another first one are begun anew. What was there stays until
 * then, so that marks do not vanish from charts while a list is asked again.
 */
export function useFurtherNotes(
  first: Readonly<ShallowRef<AnnotationsAnswer | null>>,
  page: (after: string) => Question<AnnotationsAnswer>,
): FurtherNotes {
  const further = shallowRef<readonly Annotation[]>([]);
  const missing = shallowRef<ProblemError | null>(null);
  let controller: AbortController | null = null;

  async function read(answer: AnnotationsAnswer): Promise<void> {
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    missing.value = null;
    const found: Annotation[] = [];
    try {
      for (let { next } = answer; next !== null;) {
        const following = await ask(page(next), mine.signal);
        found.push(...following.annotations);
        next = following.next;
      }
    } catch (cause) {
      if (controller !== mine) return;
      missing.value = cause instanceof ProblemError ? cause : new ProblemError({ code: 'unreadable' });
    }
    if (controller === mine) further.value = found;
  }

  watch(first, (answer) => void read(answer ?? { annotations: [], next: null }), { immediate: true });
  onScopeDispose(() => {
    controller?.abort();
    controller = null;
  });
  return { further, missing };
}
