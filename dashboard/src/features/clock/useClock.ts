import { computed } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { oneOf, queryText } from '../../shell/view-state.ts';
import { useView } from '../../shell/useView.ts';
import { flowMeasureOf, LEVELS } from '../../shell/vocabulary.ts';
import { monthsToAsk } from './clock-points.ts';
import { usePlayer } from './usePlayer.ts';

const MONTH_MS = 900;

/** The clock with its level, month and chosen area in the URL; what moves by itself leaves one step in the history. */
export function useClock() {
  const { source, state, query: urlQuery, choose, adjust } = useView();
  const level = computed(() => oneOf(LEVELS, queryText(urlQuery.value, 'level'), 'belt'));
  const query = useQuery(() =>
    questions.clock({
      source: state.value.source,
      asOf: state.value.asOf,
      track: state.value.track,
      measure: flowMeasureOf(state.value.measure),
      level: level.value,
      months: monthsToAsk(state.value.month, source.value.completeMonths?.to),
    }),
  );
  const months = computed(() => query.data.value?.months ?? []);
  const last = computed(() => months.value.length - 1);
  const index = computed(() => {
    const asked = months.value.indexOf(state.value.month ?? '');
    return asked === -1 ? last.value : asked;
  });
  /** The month that a link asks for and the clock has not got: another one is not passed off as it. */
  const unknownMonth = computed(() => {
    const asked = state.value.month;
    const isKnown = asked === undefined || months.value.includes(asked);
    return isKnown || months.value.length === 0 || query.stale.value ? null : asked;
  });
  const askedArea = computed(() => queryText(urlQuery.value, 'area'));
  const chosen = computed(
    () => query.data.value?.areas.find(({ area }) => area.id === askedArea.value) ?? null,
  );
  const monthAt = (at: number) => ({ month: at >= last.value ? undefined : months.value[at] });

  let moved = false;
  const player = usePlayer(() => {
    const next = moved ? index.value + 1 : (index.value + 1) % months.value.length;
    if (next > last.value) return false;
    (moved ? adjust : choose)(monthAt(next));
    moved = true;
    return true;
  }, MONTH_MS);

  return {
    query,
    level,
    months,
    index,
    unknownMonth,
    askedArea,
    chosen,
    playing: player.playing,
    toggle() {
      moved = false;
      if (player.playing.value) player.stop();
      else player.play();
    },
    /** `dragging`: a further step of one movement. */
    goTo(at: number, dragging = false) {
      player.stop();
      (dragging ? adjust : choose)(monthAt(at));
    },
    chooseLevel(next: string) {
      player.stop();
      choose({ level: next === 'belt' ? undefined : next, area: undefined });
    },
    chooseArea: (id: string | undefined) => choose({ area: id }),
  };
}
