import type { AreaQuestion } from '@beltline/contract';
import { computed, type ComputedRef } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { useView } from '../../shell/useView.ts';
import { flowMeasureOf } from '../../shell/vocabulary.ts';

/** The track and measure of the view, as questions about days take them: distinct units do not add up over days. */
export function useFlow() {
  const { state } = useView();
  return computed(() => {
    const { source, asOf, track, measure } = state.value;
    return { source, asOf, track, measure: flowMeasureOf(measure) };
  });
}

/** `GET /recovery` of an area, asked once for all panels that show a part of it. No area: nothing is asked. */
export function useRecovery(area: ComputedRef<AreaQuestion | null>) {
  const { state } = useView();
  const flow = useFlow();
  return useQuery(() => {
    if (area.value === null) return null;
    const { month, reference } = state.value;
    return questions.recovery({ ...flow.value, ...area.value, month, reference });
  });
}
