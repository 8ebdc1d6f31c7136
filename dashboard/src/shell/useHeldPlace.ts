import { nextTick, onScopeDispose, type Ref, watch } from 'vue';
import { generation } from '../api/freshness.ts';
import { whenSettled } from '../print/when-settled.ts';

/**
 * Keeps a person where they are on the page while all of its figures are taken off for those of a newer data version: nothing moves under
 * them meanwhile, and what had the keyboard has it again, as long as they have not gone on by themselves.
 */
export function useHeldPlace(root: Readonly<Ref<HTMLElement | null>>): void {
  let held: HeldPlace | null = null;
  let latest = 0;
  // At once, so that the page is still what the person sees.
  watch(
    generation,
    async () => {
      const mine = ++latest;
      if (root.value === null) return;
      held ??= holdPlace(root.value);
      await nextTick();
      await whenSettled(root.value);
      if (mine !== latest) return;
      held?.restore();
      held = null;
    },
    { flush: 'sync' },
  );
  onScopeDispose(() => {
    latest += 1;
    held?.letGo();
  });
}

interface HeldPlace {
  readonly restore: () => void;
  readonly letGo: () => void;
}

const PANEL = '.panel';
const GOES_ON = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

function holdPlace(root: HTMLElement): HeldPlace {
  const panels = [...root.querySelectorAll<HTMLElement>(PANEL)];
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && active !== root && root.contains(active) ? active : null;
  const findFocused = focused && finderOf(root, focused);
  // What has the keyboard is what is looked at, where it is in view; else the first panel that is.
  const looked = focused && isInView(focused) ? focused : panels.find(isInView);
  const top = looked?.getBoundingClientRect().top ?? 0;
  const findLooked = looked && finderOf(root, looked);
  const tall = [root, ...panels].map((one) => ({ one, height: one.style.minHeight }));
  for (const [{ one }, height] of tall.map((each) => [each, each.one.offsetHeight] as const))
    one.style.minHeight = `${height}px`;
  let hasGoneOn = false;
  const goOn = (): void => void (hasGoneOn = true);
  for (const event of GOES_ON) window.addEventListener(event, goOn, { passive: true });
  const letGo = (): void => {
    for (const { one, height } of tall) one.style.minHeight = height;
    for (const event of GOES_ON) window.removeEventListener(event, goOn);
  };
  return {
    letGo,
    restore: () => {
      letGo();
      const found = hasGoneOn ? null : findLooked?.();
      if (found) window.scrollBy({ top: found.getBoundingClientRect().top - top, behavior: 'instant' });
      if (findFocused === null || document.activeElement !== document.body) return;
      // Where it is there no more, the keyboard goes on from the page and not from the top of the window.
      (findFocused() ?? root).focus({ preventScroll: true });
    },
  };
}

function isInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

/** Finds an element again that may have been made anew meanwhile: the one of its name within the part of the page that it was in. */
function finderOf(root: HTMLElement, element: HTMLElement): () => HTMLElement | null {
  const part = element.parentElement?.closest<HTMLElement>('[data-testid]') ?? null;
  const scope = part !== null && root.contains(part) && part !== root ? part : null;
  const findScope = scope === null ? () => root : finderOf(root, scope);
  const alike = (within: HTMLElement) =>
    [...within.querySelectorAll<HTMLElement>(element.tagName)].filter((one) => nameOf(one) === name);
  const name = nameOf(element);
  const place = alike(scope ?? root).indexOf(element);
  return () => {
    if (element.isConnected) return element;
    const within = findScope();
    return within === null ? null : (alike(within)[place] ?? null);
  };
}

const nameOf = (element: HTMLElement): string =>
  element.dataset['testid'] ??
  element.getAttribute('href') ??
  element.getAttribute('aria-label') ??
  element.textContent.trim();
