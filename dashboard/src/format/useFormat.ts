import type { Unit } from '@beltline/contract';
import { computed, ref, type ComputedRef } from 'vue';
import { useText } from '../i18n/useText.ts';
import { readStored, writeStored } from '../shell/browser-storage.ts';
import { useView } from '../shell/useView.ts';
import { createDateFormat, type DateFormat } from './date-format.ts';
import { createNumberFormat, type NumberFormat } from './number-format.ts';

const KEY = 'beltline.exact-numbers';
const exactNumbers = ref(readStored(KEY) === 'true');

/** Whether figures show every digit; remembered by the browser. */
export function useExactNumbers() {
  return {
    exactNumbers,
    choose(exact: boolean) {
      exactNumbers.value = exact;
      writeStored(KEY, String(exact));
    },
  };
}

export interface Format {
  numbers: ComputedRef<NumberFormat>;
  dates: ComputedRef<DateFormat>;
  /** The unit in words, with the currency for money: 元 (CNY), orders. */
  unitName(unit: Unit): string;
}

/** Numbers and dates in the reader's language and the currency of the source in view. */
export function useFormat(): Format {
  const { locale, t } = useText();
  const { source } = useView();
  return {
    numbers: computed(() =>
      createNumberFormat(locale.value, { currency: source.value.currency, exactNumbers: exactNumbers.value }),
    ),
    dates: computed(() => createDateFormat(locale.value)),
    unitName: (unit) => (unit === 'money' ? source.value.currency : t(`unit.${unit}`)),
  };
}
