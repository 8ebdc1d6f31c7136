import { ref, type Ref } from 'vue';

/** Where the address is kept that a page was last fetched anew for, so that it happens once and not in a loop. */
const KEY = 'beltline.fetched-anew';
/** Where it is kept for which part of a page the page was last fetched anew. */
const PART_KEY = 'beltline.fetched-for';

interface Place {
  /** Where the page is. */
  readonly address: () => string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Leaves this page for the address, as typing it in would. */
  readonly leave: (address: string) => void;
  /** Whether the server has a page at the address: leaving for nothing would end in the browser's own error page. */
  readonly answers: (address: string) => Promise<boolean>;
}

const PATIENCE_MS = 10_000;

const lost = ref<string | null>(null);
/** Nobody answered for the page that is lost; what is wrong is nothing else. */
let isAway = false;
/** The address of a page that could not be fetched, it or a part of it; null where there is none. */
export const lostPage: Readonly<Ref<string | null>> = lost;

const here = (): Place => ({
  address: () => window.location.pathname + window.location.search + window.location.hash,
  // Where a browser keeps nothing, already to ask for it fails: it is asked for where that can be borne.
  get storage() {
    return window.sessionStorage;
  },
  // The address that the page is at already may differ in nothing, or in its hash: going there would fetch nothing.
  leave: (address) => {
    if (new URL(address, window.location.href).href === window.location.href) window.location.reload();
    else window.location.assign(address);
  },
  answers: (address) => hasPage(address, window.fetch.bind(window)),
});

/**
 * Whether there is a page at an address, and the program that it names: half an update may bring the one without the other,
 * and a page that works would be left for an empty one.
 */
export async function hasPage(address: string, get: typeof fetch): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const page = await get(address, { cache: 'no-store', signal });
    if (!page.ok) return false;
    const program = /<script[^>]* src="([^"]+)"/.exec(await page.text())?.[1];
    return program === undefined || (await get(program, { signal })).ok;
  } catch {
    return false;
  }
}

/** Browsers say it each in their own words; a file that came cut off, or of another version, is no program (SyntaxError). */
const isGoneChunk = (cause: unknown): boolean =>
  cause instanceof SyntaxError ||
  (cause instanceof Error &&
    /dynamically imported module|importing a module script failed|preload CSS/i.test(cause.message));

/**
 * After an update the server no longer has the pages of the version that is open in a tab: the address that was wanted is
 * fetched anew, once. False where that is not why, where it has been tried, or where nobody answers; then `lostPage` says so.
 */
export async function fetchAnew(cause: unknown, address: string, place: Place = here()): Promise<boolean> {
  return isGoneChunk(cause) && (await leaveOnce(KEY, address, address, place));
}

/** The same for a part of the page that somebody asked for: another language, a dialog. The page is fetched once for a part. */
export async function partOf<P>(load: () => Promise<P>, place: Place = here()): Promise<P> {
  try {
    return await load();
  } catch (cause) {
    if (isGoneChunk(cause)) await leaveOnce(PART_KEY, (cause as Error).message, place.address(), place);
    throw cause;
  }
}

/** Goes to the address if somebody answers there; somebody asked for it, so it may be as often as they ask. */
export async function goTo(address: string, place: Place = here()): Promise<boolean> {
  const there = await place.answers(address);
  if (there) place.leave(address);
  else lose(address, true);
  return there;
}

function lose(address: string, away: boolean): void {
  lost.value = address;
  isAway = away;
}

/** A page that was lost because nobody answered is no longer so once somebody does: who still wants it can ask again. */
export async function lookAgain(place: Place = here()): Promise<void> {
  const address = lost.value;
  if (address === null || !isAway || !(await place.answers(address))) return;
  if (lost.value === address) lost.value = null;
}

/** Goes to the address, unless nobody answers there, or going for the same reason did not help: then it is lost. */
async function leaveOnce(key: string, reason: string, address: string, place: Place): Promise<boolean> {
  const isThere = await place.answers(address);
  const leaves = isThere && !tried(key, reason, place);
  if (leaves) place.leave(address);
  else lose(address, !isThere);
  return leaves;
}

function tried(key: string, reason: string, place: Place): boolean {
  try {
    const { storage } = place;
    if (storage.getItem(key) === reason) return true;
    storage.setItem(key, reason);
    return false;
  } catch {
    // Without storage a loop could not be told from a first try.
    return true;
  }
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
