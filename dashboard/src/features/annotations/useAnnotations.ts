import type { Annotation, AnnotationBody, AnnotationsAnswer } from '@beltline/contract';
import { computed, type ComputedRef } from 'vue';
import { annotationCommands, questions } from '../../api/questions.ts';
import { useQuery, type Query } from '../../api/useQuery.ts';
import { useView } from '../../shell/useView.ts';

export interface Annotations {
  query: Query<AnnotationsAnswer>;
  notes: ComputedRef<readonly Annotation[]>;
  beltId: ComputedRef<string | undefined>;
  /** Adds a note, or changes the one with this id; the list is then asked again. Rejects with a `ProblemError`. */
  save(body: AnnotationBody, id?: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * The notes of a belt together with the nation's, or the nation's alone, of all months of the source. A belt of null asks
 * for none.
 */
export function useAnnotations(belt: () => string | undefined | null): Annotations {
  const { state } = useView();
  const beltId = computed(() => belt() ?? undefined);
  const query = useQuery(() =>
    belt() === null ? null : questions.annotations({ source: state.value.source, belt: beltId.value }),
  );
  const notes = computed(() =>
    [...(query.data.value?.annotations ?? [])].sort(
      (a, b) => b.day.localeCompare(a.day) || a.id.localeCompare(b.id),
    ),
  );
  return {
    query,
    notes,
    beltId,
    async save(body, id) {
      await (id === undefined ? annotationCommands.add(body) : annotationCommands.change(id, body));
      query.reload();
    },
    async remove(id) {
      await annotationCommands.remove(id);
      query.reload();
    },
  };
}
