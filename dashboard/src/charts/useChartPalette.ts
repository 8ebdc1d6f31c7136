import { computed, type ComputedRef } from 'vue';
import { useTheme } from '../shell/useTheme.ts';
import { readPalette, type ChartPalette } from './palette.ts';

/** The palette follows the theme: the tokens are read again after each switch. */
export function useChartPalette(): ComputedRef<ChartPalette> {
  const { dark } = useTheme();
  return computed(() => {
    // The tokens hang on an attribute of the root that is set together with `dark`; this names the dependency.
    void dark.value;
    const style = getComputedStyle(document.documentElement);
    return readPalette((name) => style.getPropertyValue(name).trim());
  });
}
