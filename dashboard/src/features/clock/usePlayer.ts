import { onScopeDispose, ref } from 'vue';

/** Steps at a steady pace until `step` says that there is nothing more, someone stops it, or nobody looks. */
export function usePlayer(step: () => boolean, everyMs: number) {
  const playing = ref(false);
  let timer: ReturnType<typeof setInterval> | undefined;

  function stop(): void {
    clearInterval(timer);
    playing.value = false;
  }
  function play(): void {
    stop();
    playing.value = step();
    if (!playing.value) return;
    timer = setInterval(() => {
      if (document.hidden || !step()) stop();
    }, everyMs);
  }
  onScopeDispose(stop);
  return { playing, play, stop };
}
