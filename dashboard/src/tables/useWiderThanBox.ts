import { onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef } from 'vue';

interface Width {
  /** What is in the box is wider than the box. */
  isWider: Ref<boolean>;
  /** Some of it is out of sight to the right, as far as it is scrolled now. */
  hasMore: Ref<boolean>;
  /** To be called when the box is scrolled. */
  look(): void;
}

/** Whether a box that scrolls sideways hides something; looks again whenever it, or what is in it, changes its size. */
export function useWiderThanBox(box: Readonly<ShallowRef<HTMLElement | null>>): Width {
  const isWider = ref(false);
  const hasMore = ref(false);
  let observer: ResizeObserver | undefined;

  function look(): void {
    if (box.value === null) return;
    const { scrollWidth, clientWidth, scrollLeft } = box.value;
    // Browsers round widths to whole pixels, each in its own way.
    isWider.value = scrollWidth - clientWidth > 1;
    hasMore.value = scrollWidth - clientWidth - scrollLeft > 1;
  }

  onMounted(() => {
    if (box.value === null) return;
    observer = new ResizeObserver(look);
    for (const element of [box.value, ...box.value.children]) observer.observe(element);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return { isWider, hasMore, look };
}
