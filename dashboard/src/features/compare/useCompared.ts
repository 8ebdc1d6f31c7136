import type { Area } from '@beltline/contract';
import { MEASURE } from '@beltline/contract/measures';
import { computed, shallowRef, watchEffect } from 'vue';
import type { Question } from '../../api/http-client.ts';
import { questions } from '../../api/questions.ts';
import { type Query, useQuery } from '../../api/useQuery.ts';
import { dayIn } from '../../format/day-in.ts';
import { useUnknownChoice } from '../../shell/unknown-choices.ts';
import { useView } from '../../shell/useView.ts';
import { queryText } from '../../shell/view-state.ts';
import { flowMeasureOf } from '../../shell/vocabulary.ts';
import { useComparison } from '../growth/useComparison.ts';
import {
  areaName,
  areaQuestion,
  type ComparedArea,
  isSameArea,
  knownArea,
  MOST_COMPARED,
  readAreas,
  withArea,
  withFirst,
  writtenAreas,
} from './compared-areas.ts';

/** Areas side by side: which they are is in the address, and so are the dates once they are known, so that a link goes on to show the same. */
export function useCompared() {
  const { source, state, query: urlQuery, choose, adjust, link } = useView();
  const compared = useComparison();
  const belts = useQuery(() => questions.belts({ source: state.value.source }));
  const named = computed(() => readAreas(urlQuery.value));
  /** With their names, once the belts are known; what none of them lies in is left out, and said above the page. */
  const areas = computed<Area[]>(() => {
    const known = belts.data.value?.belts;
    return known === undefined ? [] : named.value.flatMap((one) => knownArea(one, known) ?? []);
  });
  const unknownAreas = () => {
    const asked = queryText(urlQuery.value, 'areas');
    if (asked === undefined || belts.data.value === null) return undefined;
    const known = new Set(areas.value.map(areaName));
    const left = asked.split(',').filter((one) => !known.has(one));
    return left.length === 0 ? undefined : left.join(',');
  };
  useUnknownChoice('areas', unknownAreas, () => writtenAreas(areas.value));
  const isEnough = computed(() => areas.value.length > 1);
  const asked = computed(() => ({
    source: state.value.source,
    asOf: state.value.asOf,
    track: state.value.track,
    measure: flowMeasureOf(state.value.measure),
  }));
  const together = computed(() => ({
    ...asked.value,
    areas: areas.value.map(areaName),
    month: state.value.month,
  }));
  const differences = useQuery(() =>
    isEnough.value ? questions.differences({ ...together.value, reference: state.value.reference }) : null,
  );
  /** Prices are made from every item that was sold: they are asked for when the rest is there. */
  const prices = useQuery(() =>
    isEnough.value && differences.data.value !== null && MEASURE[asked.value.measure].unit === 'money'
      ? questions.priceDifferences(together.value)
      : null,
  );
  const levels = useEach(areas, (area) =>
    isEnough.value
      ? questions.recoveryUncertainty({
          ...asked.value,
          ...areaQuestion(area),
          reference: state.value.reference,
        })
      : null,
  );
  const growths = useEach(areas, (area) =>
    isEnough.value ? questions.growthUncertainty({ ...compared.value, ...areaQuestion(area) }) : null,
  );

  // Dates that were left to the product stand in the address as soon as they are known.
  watchEffect(() => {
    if (!isEnough.value) return;
    const { from, to, month, reference } = state.value;
    const answer = differences.data.value;
    const resolved = {
      from,
      to,
      month: month ?? answer?.month ?? undefined,
      reference: String(reference ?? answer?.reference ?? '') || undefined,
    };
    const isMissing = (Object.keys(resolved) as (keyof typeof resolved)[]).some(
      (key) => resolved[key] !== undefined && queryText(urlQuery.value, key) === undefined,
    );
    if (isMissing) adjust({ ...resolved });
  });

  const put = (next: readonly ComparedArea[]) => choose({ areas: writtenAreas(next) });
  return {
    ...{ areas, named, belts, differences, prices, levels, growths, isEnough },
    isFull: computed(() => named.value.length >= MOST_COMPARED),
    toggle: (area: ComparedArea) => put(withArea(named.value, area)),
    makeFirst: (area: ComparedArea) => put(withFirst(named.value, area)),
    /** Of the address as it is now, with the day of the data version: whoever opens it sees these figures, whatever was published meanwhile. */
    fixedLink: computed(() => {
      const meta = differences.data.value?.meta;
      if (meta === undefined) return null;
      const day = state.value.asOf ?? dayIn(meta.publishedAt, source.value.timeZone);
      return link('compare', {}, { areas: writtenAreas(areas.value), asOf: day });
    }),
  };
}

/** One question of each area, as one: its data are of the areas in view, null of an area whose answer is on its way. */
function useEach<A extends { area: Area }>(
  areas: Readonly<{ value: readonly Area[] }>,
  question: (area: Area) => Question<A> | null,
): Query<readonly (A | null)[]> {
  const slots = Array.from({ length: MOST_COMPARED }, (_, place) =>
    useQuery<A>(() => {
      const area = areas.value[place];
      return area === undefined ? null : question(area);
    }),
  );
  const used = computed(() => slots.slice(0, areas.value.length));
  const data = shallowRef<readonly (A | null)[] | null>(null);
  const error = shallowRef<Query<A>['error']['value']>(null);
  watchEffect(() => {
    const answers = areas.value.map((area, place) => {
      const answer = slots[place]?.data.value ?? null;
      return answer !== null && isSameArea(answer.area, area) ? answer : null;
    });
    data.value = answers.some((answer) => answer !== null) ? answers : null;
    error.value = used.value.map((slot) => slot.error.value).find((one) => one !== null) ?? null;
  });
  const some = (is: (slot: Query<A>) => boolean) => computed(() => used.value.some(is));
  return {
    data,
    error,
    loading: computed(
      () =>
        data.value === null &&
        error.value === null &&
        used.value.some(({ loading, stale }) => loading.value || stale.value),
    ),
    stale: some(({ loading, stale }) => loading.value || stale.value),
    kept: computed(() => error.value !== null && data.value !== null),
    reload: () => used.value.filter(({ error: own }) => own.value !== null).forEach((slot) => slot.reload()),
  };
}
