import type { Annotation, AnnotationBody, AnnotationsAnswer } from '@beltline/contract';
import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { annotationCommands, type KnownNote, questions } from '../../api/questions.ts';
import type { ProblemError } from '../../api/problem-error.ts';
import { useQuery, type Query } from '../../api/useQuery.ts';
import { useView } from '../../shell/useView.ts';
import { addOnce } from './add-once.ts';
import { useFurtherNotes } from './useFurtherNotes.ts';

export interface Annotations {
  /** The first page. */
  query: Query<AnnotationsAnswer>;
  /** Notes of all pages, the newest first. */
  notes: ComputedRef<readonly Annotation[]>;
  /** Why notes are missing, where a further page could not be read. */
  missing: Readonly<ShallowRef<ProblemError | null>>;
  beltId: ComputedRef<string | undefined>;
  /**
   * Adds a note, once under a key however often it is tried, or changes one as it is known; the list is then asked again.
   * Rejects with a `ProblemError`, which brings the note along where somebody else has changed it meanwhile.
   */
  save(
    body: AnnotationBody,
    as: { readonly note: KnownNote | undefined; readonly key: string },
  ): Promise<void>;
  remove(note: KnownNote): Promise<void>;
}

/**
 * The notes of a belt together with the nation's, or the nation's alone, of all months of the source: charts mark them, so
 * all pages are read. A belt of null asks for none.
 */
export function useAnnotations(belt: () => string | undefined | null): Annotations {
  const { state } = useView();
  const beltId = computed(() => belt() ?? undefined);
  const asked = () => ({ source: state.value.source, belt: beltId.value });
  const query = useQuery(() => (belt() === null ? null : questions.annotations(asked())));
  const { further, missing } = useFurtherNotes(query.data, (after) =>
    questions.annotations({ ...asked(), after }),
  );
  const notes = computed(() => {
    const all = [...(query.data.value?.annotations ?? []), ...further.value];
    // A note whose day was changed between two pages is on both.
    const each = new Map(all.map((note) => [note.id, note]));
    return [...each.values()].sort((a, b) => b.day.localeCompare(a.day) || a.id.localeCompare(b.id));
  });
  return {
    query,
    notes,
    missing,
    beltId,
    async save(body, { note, key }) {
      await (note === undefined ? addOnce(body, key) : annotationCommands.change(note, body));
      query.reload();
    },
    async remove(note) {
      await annotationCommands.remove(note);
      query.reload();
    },
  };
}
