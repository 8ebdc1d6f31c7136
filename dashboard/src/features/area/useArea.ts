import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { readArea, type AreaRoute } from './area-route.ts';

/** The area that the page is about, from its address. */
export function useArea(): ComputedRef<AreaRoute> {
  const route = useRoute();
  return computed(() => readArea(route.params));
}
