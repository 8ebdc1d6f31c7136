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

/** A belt by its own answer; sooner where a list of belts that was asked for before has it, so that its page need not wait. */
export function useBelt(beltId: () => string, source: () => string): KnownBelt {
  const query = useQuery(() => questions.belt(beltId(), { source: source() }));
  const missing = computed(() => query.error.value?.code === 'not-found');
  const belt = computed(() => {
    const answered = query.data.value?.belt;
    if (answered?.beltId === beltId()) return answered;
    if (missing.value) return null;
    const listed = recalled(questions.belts({ source: source() }))?.belts;
    return listed?.find((one) => one.beltId === beltId()) ?? null;
  });
  return { query, belt, missing };
}
