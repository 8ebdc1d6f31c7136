import { computed } from 'vue';
import { useView } from '../../shell/useView.ts';

/** The part of the view that every compared question takes. */
export function useComparison() {
  const { state } = useView();
  return computed(() => {
    const { source, asOf, from, to, comparison } = state.value;
    return { source, asOf, from, to, comparison };
  });
}
