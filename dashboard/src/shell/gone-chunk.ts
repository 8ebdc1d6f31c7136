/** Where the address is kept that a page was last fetched anew for, so that it happens once and not in a loop. */
const KEY = 'beltline.fetched-anew';

interface Place {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Leaves this page for the address, as typing it in would. */
  readonly leave: (address: string) => void;
}

const here = (): Place => ({
  storage: window.sessionStorage,
  leave: (address) => window.location.assign(address),
});

/** Browsers say it each in their own words. */
const isGoneChunk = (cause: unknown): boolean =>
  cause instanceof Error &&
  /dynamically imported module|importing a module script failed|preload CSS/i.test(cause.message);

/**
 * After an update the server no longer has the pages of the version that is open in a tab: the address that was wanted is
 * fetched anew, once. False where that is not why, or where it has been tried.
 */
export function fetchAnew(cause: unknown, address: string, place: Place = here()): boolean {
  if (!isGoneChunk(cause)) return false;
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
  try {
    place.storage.removeItem(KEY);
  } catch {
    // Nothing was kept either.
  }
}
