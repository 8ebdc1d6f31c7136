import { type Component, defineComponent, h, shallowRef, type ShallowRef, watch } from 'vue';
import { partOf } from './gone-chunk.ts';

/**
 * A dialog whose program is fetched when it is first opened. Where it does not come, it is closed, so that opening it again fetches it again; what is in
 * the way says `partOf`.
 */
export function partDialog(load: () => Promise<{ readonly default: Component }>): Component {
  const part: ShallowRef<Component | null> = shallowRef(null);
  return defineComponent({
    name: 'PartDialog',
    inheritAttrs: false,
    props: { open: { type: Boolean, required: true } },
    emits: ['update:open'],
    setup(props, { attrs, emit }) {
      watch(
        () => props.open,
        async (isOpen) => {
          if (!isOpen || part.value !== null) return;
          try {
            part.value = (await partOf(load)).default;
          } catch {
            emit('update:open', false);
          }
        },
        { immediate: true },
      );
      const tell = (isOpen: boolean) => emit('update:open', isOpen);
      return () => part.value && h(part.value, { ...attrs, open: props.open, 'onUpdate:open': tell });
    },
  });
}
