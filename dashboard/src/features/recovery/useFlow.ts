import type { AreaQuestion, RecoveryAnswer, RecoveryUncertaintyAnswer } from '@beltline/contract';
import { computed, type ComputedRef } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { isOfSame } from '../growth/same-question.ts';
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

/** Rates of a month with their intervals. */
export type SureRates = RecoveryUncertaintyAnswer['points'][number];

/** How sure the rates of each month of an answer are. That follows the answer, which it takes longer than; null = not known (yet). */
export function useMonthCertainty(area: () => AreaQuestion, shown: () => RecoveryAnswer) {
  const { state } = useView();
  const query = useQuery(() => {
    const { source, asOf } = state.value;
    const { track, measure } = shown();
    return questions.recoveryUncertainty({
      ...{ source, asOf, track, measure, reference: state.value.reference },
      ...area(),
    });
  });
  return computed((): ReadonlyMap<string, SureRates> | null => {
    const [found, answer] = [query.data.value, shown()];
    return found !== null && isOfSame(found, answer)
      ? new Map(found.points.map((point) => [point.month, point]))
      : null;
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

/** `GET /recovery/volume` of an area, asked for itself: prices take longer than what stands above them. */
export function useRecoveryVolume(area: () => AreaQuestion | null) {
  const { state } = useView();
  const flow = useFlow();
  return useQuery(() => {
    const asked = area();
    if (asked === null) return null;
    const { month, reference } = state.value;
    return questions.recoveryVolume({ ...flow.value, ...asked, month, reference });
  });
}
