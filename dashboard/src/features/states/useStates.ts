import type { RecoveryStateName } from '@beltline/contract';
import { computed } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { STATE_ORDER } from '../../format/state-style.ts';
import { oneOf, type Query, queryText } from '../../shell/view-state.ts';
import { useView } from '../../shell/useView.ts';
import { flowMeasureOf, LEVELS } from '../../shell/vocabulary.ts';
import { inOrder, nextOrder, readOrder, type StateSort } from './state-order.ts';

const readState = (query: Query): RecoveryStateName | null =>
  STATE_ORDER.find((name) => name === queryText(query, 'state')) ?? null;

/** States of all areas of a level, with the level, the order and the state that rows are narrowed to in the URL. */
export function useStates() {
  const { state, query: urlQuery, choose } = useView();
  const level = computed(() => oneOf(LEVELS, queryText(urlQuery.value, 'level'), 'belt'));
  const chosen = computed(() => readState(urlQuery.value));
  const asked = computed(() => ({
    source: state.value.source,
    asOf: state.value.asOf,
    track: state.value.track,
    measure: flowMeasureOf(state.value.measure),
    level: level.value,
    month: state.value.month,
    reference: state.value.reference,
  }));
  const query = useQuery(() => questions.states(asked.value));
  /** A year and a month take longer than one: they are asked for when this month's states are there. */
  const history = useQuery(() => (query.data.value === null ? null : questions.stateHistory(asked.value)));
  const order = computed(() => readOrder(queryText(urlQuery.value, 'by')));
  const rows = computed(() => query.data.value?.rows ?? []);
  return {
    query,
    history,
    level,
    chosen,
    order,
    shown: computed(() => {
      const inState = rows.value.filter((row) => chosen.value === null || row.now.state === chosen.value);
      return inOrder(inState, order.value);
    }),
    moved: computed(() => rows.value.filter((row) => row.changed)),
    chooseLevel: (next: string) => choose({ level: next === 'belt' ? undefined : next }),
    sortBy: (key: StateSort) =>
      choose((before) => ({ by: nextOrder(readOrder(queryText(before, 'by')), key) })),
    /** A second choice of the same state takes the filter away. */
    chooseState: (next: RecoveryStateName | null) =>
      choose((before) => ({ state: next === null || next === readState(before) ? undefined : next })),
  };
}
