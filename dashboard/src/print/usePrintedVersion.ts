import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { questions } from '../api/questions.ts';
import { useQuery } from '../api/useQuery.ts';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../i18n/useText.ts';
import { useView } from '../shell/useView.ts';
import { looksBack, versionBy } from '../shell/vintage-days.ts';

/** Of which publication a sheet is: the one that is looked back at, not the newest, where the page reads an earlier one. */
export function usePrintedVersion(): ComputedRef<string> {
  const { t } = useText();
  const { dates } = useFormat();
  const { source, state } = useView();
  const route = useRoute();
  const day = computed(() => {
    const reads = route.meta.compared === true || route.meta.dated === true;
    return reads && looksBack(state.value.asOf, source.value) ? state.value.asOf : null;
  });
  const query = useQuery(() =>
    day.value === null ? null : questions.dataVersions({ source: state.value.source }),
  );
  return computed(() => {
    const { dataVersion: version, publishedAt, dataThrough, timeZone } = source.value;
    if (day.value === null) {
      const published = dates.value.instant(publishedAt, timeZone);
      return t('print.version', { version, published, through: dates.value.day(dataThrough) });
    }
    const asked = versionBy(query.data.value?.versions ?? [], day.value, timeZone);
    const onDay = dates.value.day(day.value);
    if (asked === null) return t('printEarlier.unknown', { day: onDay });
    const published = dates.value.instant(asked.publishedAt, timeZone);
    return t('printEarlier.known', { day: onDay, version: asked.dataVersion, published });
  });
}
