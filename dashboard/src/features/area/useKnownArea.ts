import type { AreaQuestion, BeltsAnswer } from '@beltline/contract';
import { computed, type ComputedRef } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery, type Query } from '../../api/useQuery.ts';
import { beltsOf } from './area-belts.ts';
import type { AreaRoute } from './area-route.ts';

interface KnownArea {
  /** All belts of the source; not asked for where the area is the nation, which is always there. */
  belts: Query<BeltsAnswer>;
  /** How the area is asked about; null until it is known to have belts. */
  area: ComputedRef<AreaQuestion | null>;
  missing: ComputedRef<boolean>;
}

/**
 * An area exists by having belts, and their list is short and mostly remembered. Once known it stays known while the list is asked for again,
 * as after a load: its page stands, and a note that is being written on it is not lost.
 */
export function useKnownArea(route: () => AreaRoute, source: () => string): KnownArea {
  const isNation = computed(() => route().level === 'nation');
  const belts = useQuery(() => (isNation.value ? null : questions.belts({ source: source() })));
  const isThere = computed(
    () => isNation.value || beltsOf(belts.data.value?.belts ?? [], route().question).length > 0,
  );
  const known = computed<{ area: AreaQuestion; of: string } | null>((before) => {
    const area = route().question;
    const of = JSON.stringify([source(), area]);
    const isAwaited = belts.data.value === null && !belts.error.value?.isRefusal;
    if (before?.of === of && (isThere.value || isAwaited)) return before;
    return isThere.value ? { area, of } : null;
  });
  return {
    belts,
    area: computed(() => known.value?.area ?? null),
    // A remembered list may be older than the area.
    missing: computed(
      () => belts.data.value !== null && !belts.stale.value && !belts.kept.value && !isThere.value,
    ),
  };
}
