import type { Belt, BeltAnswer } from '@beltline/contract';
import { computed, type ComputedRef } from 'vue';
import { questions } from '../../api/questions.ts';
import { recalled, useQuery, type Query } from '../../api/useQuery.ts';

interface KnownBelt {
  query: Query<BeltAnswer>;
  /** Null until it is known to exist. */
  belt: ComputedRef<Belt | null>;
  missing: ComputedRef<boolean>;
}

/**
 * A belt by its own answer; sooner where a list of belts that was asked for before has it, so that its page need not wait. Once known it stays
 * known while it is asked for again, as after a load: its page stands, and a note that is being written on it is not lost.
 */
export function useBelt(beltId: () => string, source: () => string): KnownBelt {
  const query = useQuery(() => questions.belt(beltId(), { source: source() }));
  const missing = computed(() => query.error.value?.code === 'not-found');
  const found = computed(() => {
    const answered = query.data.value?.belt;
    if (answered?.beltId === beltId()) return answered;
    const listed = recalled(questions.belts({ source: source() }))?.belts;
    return listed?.find((one) => one.beltId === beltId()) ?? null;
  });
  const known = computed<{ belt: Belt; of: string } | null>((before) => {
    const of = questions.belt(beltId(), { source: source() }).path;
    if (query.error.value?.isRefusal) return null;
    if (found.value !== null) return { belt: found.value, of };
    return before?.of === of ? before : null;
  });
  return { query, belt: computed(() => known.value?.belt ?? null), missing };
}
