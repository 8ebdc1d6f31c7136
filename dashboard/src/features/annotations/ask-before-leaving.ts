import { onScopeDispose, watch } from 'vue';

/**
 * While something is written that nobody has saved, the browser asks before the page is closed or loaded anew: drafts are in its
 * memory alone. Listens only as long as there is something, because a page that listens is not kept for Back by every browser.
 * To be called in a component, or in a scope of its own.
 */
export function askBeforeLeaving(isUnsaved: () => boolean, page: EventTarget = window): void {
  const ask = (event: Event): void => event.preventDefault();
  const stop = (): void => page.removeEventListener('beforeunload', ask);
  watch(
    isUnsaved,
    (unsaved) => {
      if (unsaved) page.addEventListener('beforeunload', ask);
      else stop();
    },
    // At once: the page may be left in the very moment of the last letter.
    { immediate: true, flush: 'sync' },
  );
  onScopeDispose(stop);
}
