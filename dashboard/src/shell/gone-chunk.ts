import { ref, type Ref } from 'vue';

/** Where the address is kept that a page was last fetched anew for, so that it happens once and not in a loop. */
const KEY = 'beltline.fetched-anew';

interface Place {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Leaves this page for the address, as typing it in would. */
  readonly leave: (address: string) => void;
  /** Whether the server has a page at the address: leaving for nothing would end in the browser's own error page. */
  readonly answers: (address: string) => Promise<boolean>;
}

const PATIENCE_MS = 10_000;

const lost = ref<string | null>(null);
/** The address of a page that could not be fetched, because nobody answers; null where there is none. */
export const lostPage: Readonly<Ref<string | null>> = lost;

const here = (): Place => ({
  storage: window.sessionStorage,
  leave: (address) => window.location.assign(address),
  answers: (address) =>
    fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      ({ ok }) => ok,
      () => false,
    ),
});

/** Browsers say it each in their own words. */
const isGoneChunk = (cause: unknown): boolean =>
  cause instanceof Error &&
  /dynamically imported module|importing a module script failed|preload CSS/i.test(cause.message);

/**
 * After an update the server no longer has the pages of the version that is open in a tab: the address that was wanted is
 * fetched anew, once. False where that is not why, where it has been tried, or where nobody answers; then `lostPage` says so.
 */
export async function fetchAnew(cause: unknown, address: string, place: Place = here()): Promise<boolean> {
  return isGoneChunk(cause) && (await goTo(address, place));
}

/** Goes to the address if somebody answers there. */
export async function goTo(address: string, place: Place = here()): Promise<boolean> {
  if (!(await place.answers(address))) {
    lost.value = address;
    return false;
  }
  try {
    if (place.storage.getItem(KEY) === address) return false;
    place.storage.setItem(KEY, address);
  } catch {
    // Without storage a loop could not be told from a first try.
    return false;
  }
  place.leave(address);
  return true;
}

/** A page has come: the next update may be followed again. */
export function pageArrived(place: Place = here()): void {
  lost.value = null;
  try {
    place.storage.removeItem(KEY);
  } catch {
    // Nothing was kept either.
  }
}
