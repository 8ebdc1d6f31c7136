import { computed } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { useView } from '../../shell/useView.ts';
import { flowMeasureOf } from '../../shell/vocabulary.ts';

/** The quality of the data version in view, of all belts. */
export function useQuality() {
  const { state } = useView();
  const query = useQuery(() =>
    questions.quality({
      source: state.value.source,
      asOf: state.value.asOf,
      measure: flowMeasureOf(state.value.measure),
      month: state.value.month,
    }),
  );
  return { query, answer: computed(() => query.data.value) };
}
