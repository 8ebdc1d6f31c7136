import { computed, type ComputedRef } from 'vue';
import { useText } from '../i18n/useText.ts';
import { createDateFormat } from './date-format.ts';

/** An instant on the reader's own clock: of what people did, and not of orders, which have the time zone of their source. */
export function useInstant(): ComputedRef<(instant: string) => string> {
  const { locale } = useText();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return computed(() => {
    const dates = createDateFormat(locale.value);
    return (instant) => dates.instant(instant, timeZone);
  });
}
