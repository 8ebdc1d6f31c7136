import { onScopeDispose, ref } from 'vue';

/** Whether the window is as narrow as a phone: charts are then lower and name less. The width of the style sheets. */
export function useNarrow() {
  const media = window.matchMedia('(max-width: 600px)');
  const narrow = ref(media.matches);
  const update = () => (narrow.value = media.matches);
  media.addEventListener('change', update);
  onScopeDispose(() => media.removeEventListener('change', update));
  return narrow;
}
