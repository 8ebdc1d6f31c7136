import { watchEffect } from 'vue';
import { useText } from '../i18n/useText.ts';

/** The title of the window names the page first, so that tabs and screen readers tell pages apart. */
export function usePageTitle(title: () => string): void {
  const { t } = useText();
  watchEffect(() => {
    document.title = `${title()} · ${t('app.name')}`;
  });
}
