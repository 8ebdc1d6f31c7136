import { computed, onScopeDispose, watch } from 'vue';
import { useRoute } from 'vue-router';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { queryText } from '../../shell/view-state.ts';

/** How often it is looked for a first month, and for further ones. */
const FIRST_MS = 5_000;
const FURTHER_MS = 60_000;

/** The months that there are, and the one in view: the latest, unless the address names another. Asked again while more are being made. */
export function useRegion() {
  const route = useRoute();
  const list = useQuery(() => questions.releases({ source: queryText(route.query, 'source') }));
  const months = computed(() => list.data.value?.releases.map(({ month }) => month) ?? []);
  const month = computed(() => {
    const asked = queryText(route.query, 'month');
    return months.value.find((one) => one === asked) ?? months.value[0];
  });
  const release = useQuery(() => {
    const source = list.data.value?.source;
    return source === undefined || month.value === undefined
      ? null
      : questions.release(month.value, { source });
  });
  const progress = computed(() => list.data.value?.progress ?? null);
  const isMaking = computed(
    () => progress.value !== null && progress.value.made + progress.value.refused < progress.value.of,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    [list.data, list.error],
    () => {
      clearTimeout(timer);
      const hasNone = months.value.length === 0;
      if (isMaking.value || hasNone) timer = setTimeout(list.reload, hasNone ? FIRST_MS : FURTHER_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return { list, months, month, release, progress, isMaking };
}
