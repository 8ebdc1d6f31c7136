import { computed, onScopeDispose, shallowReactive, watch } from 'vue';

/** What only data can tell to be unknown: the rules that a load rejected rows by, the provinces of a source. */
export type DataKey = 'rule' | 'province';

const unknown = shallowReactive(new Map<symbol, { key: DataKey; asked: string }>());

/**
 * Says above the page what a link asks for and the data in view do not have, for as long as who shows them is there. `asked`: undefined
 * where nothing is missing, or that is not known yet.
 */
export function useUnknownChoice(key: DataKey, asked: () => string | undefined): void {
  const id = Symbol(key);
  watch(
    asked,
    (now) => {
      if (now === undefined) unknown.delete(id);
      else unknown.set(id, { key, asked: now });
    },
    { immediate: true },
  );
  onScopeDispose(() => unknown.delete(id));
}

export const unknownChoices = computed(() => [...unknown.values()]);
