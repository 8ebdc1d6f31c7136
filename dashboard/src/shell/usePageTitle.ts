import { watchEffect } from 'vue';
import { useRoute } from 'vue-router';
import { useText } from '../i18n/useText.ts';
import { usePrinting } from '../print/usePrinting.ts';
import { isInternal } from './is-internal.ts';

/**
 * The title of the window names the page first, so that tabs and screen readers tell pages apart. While it is printed its level stands before
 * that: browsers name a PDF after it.
 */
export function usePageTitle(title: () => string): void {
  const { t } = useText();
  const route = useRoute();
  const printing = usePrinting();
  watchEffect(
    () => {
      const level = printing.value && isInternal(route) ? `${t('print.internal')} · ` : '';
      document.title = `${level}${title()} · ${t('app.name')}`;
    },
    // Whoever prints reads it as soon as the event is over.
    { flush: 'sync' },
  );
}
