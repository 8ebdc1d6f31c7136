import type { AreaQuestion } from '@beltline/contract';
import { computed } from 'vue';
import { useView } from '../../shell/useView.ts';
import { useComparison } from '../growth/useComparison.ts';

/** What every split of a change is asked with: the chosen periods and track, of one area. Its measure is always GMV. */
export function useDecomposition(area: () => AreaQuestion) {
  const { state } = useView();
  const compared = useComparison();
  return computed(() => ({ ...compared.value, asOf: state.value.asOf, track: state.value.track, ...area() }));
}
