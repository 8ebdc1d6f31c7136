/**
 * One data version on a page at a time. Each answer says of which version it is; as soon as one tells of a newer version of
 * a source than the page has seen, what is on the page is taken off, and every question asked again. Questions of an earlier vintage (`asOf`) tell nothing
 * of what is current; a day that is not before the last publication is no earlier vintage: what is published on it comes to it.
 */
import { ref, type Ref } from 'vue';
import { dayIn } from '../format/day-in.ts';

interface Versioned {
  readonly source: string;
  readonly dataVersion: number;
  readonly publishedAt?: string;
  readonly timeZone?: string;
}

const newest = new Map<string, number>();
/** The day of the newest publication of each source, in its own time zone. */
const lastPublished = new Map<string, string>();
const versionsSeen = ref(0);
const attentionPaid = ref(0);
const timesBack = ref(0);

/** Grows when a newer version of some source is known: what is on the page is of an older one. */
export const generation: Readonly<Ref<number>> = versionsSeen;

/** Grows when the person comes back to the page, or the network does: what others may have changed is asked again. */
export const attention: Readonly<Ref<number>> = attentionPaid;

/** Grows when the server answers again after it had been away. */
export const serverBack: Readonly<Ref<number>> = timesBack;

export function noteServerBack(): void {
  timesBack.value += 1;
}

/** Whether a question is of a vintage that nothing can be added to any more. */
function isPast(path: string): boolean {
  const asked = new URLSearchParams(path.split('?')[1] ?? '');
  const asOf = asked.get('asOf');
  if (asOf === null) return false;
  const published = lastPublished.get(asked.get('source') ?? '');
  return published === undefined || asOf < published;
}

/**
 * Takes note of the versions that an answer tells of. The list of sources is believed whatever it says, so that a database
 * that was put back from a backup is followed too; any other answer only where it is newer. Returns whether that is news.
 */
export function noteVersions(path: string, answer: unknown): boolean {
  if (isPast(path)) return false;
  const isList = path.startsWith('/sources');
  let changed = false;
  for (const { source, dataVersion, publishedAt, timeZone } of versionsOf(answer)) {
    const known = newest.get(source);
    if (known !== undefined && known > dataVersion && !isList) continue;
    if (publishedAt !== undefined && timeZone !== undefined)
      lastPublished.set(source, dayIn(publishedAt, timeZone));
    if (known === dataVersion) continue;
    newest.set(source, dataVersion);
    changed ||= known !== undefined;
  }
  if (changed) versionsSeen.value += 1;
  return changed;
}

/** Whether an answer is of the newest versions known, or of a past that does not change. */
export function isCurrent(path: string, answer: unknown): boolean {
  const versions = versionsOf(answer);
  if (isPast(path)) return versions.length > 0;
  return (
    versions.length > 0 && versions.every(({ source, dataVersion }) => dataVersion === newest.get(source))
  );
}

/** Whether an answer is of an older version than the page has seen: it was on its way when the newer one came. */
export function isOutdated(path: string, answer: unknown): boolean {
  if (isPast(path) || path.startsWith('/sources')) return false;
  return versionsOf(answer).some(({ source, dataVersion }) => dataVersion < (newest.get(source) ?? 0));
}

function versionsOf(answer: unknown): Versioned[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const { meta, sources } = answer as { meta?: unknown; sources?: unknown };
  return [meta, ...(Array.isArray(sources) ? (sources as unknown[]) : [])].filter(isVersioned);
}

const isVersioned = (value: unknown): value is Versioned =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Versioned).source === 'string' &&
  typeof (value as Versioned).dataVersion === 'number';

const RECENTLY_MS = 5_000;

/** Listens for the person and the network coming back. Returns how to stop. */
export function watchAttention(page: Window = window): () => void {
  let paidAt = 0;
  const pay = (): void => {
    if (page.document.visibilityState === 'hidden' || Date.now() - paidAt < RECENTLY_MS) return;
    paidAt = Date.now();
    attentionPaid.value += 1;
  };
  page.addEventListener('focus', pay);
  page.addEventListener('online', pay);
  page.document.addEventListener('visibilitychange', pay);
  return () => {
    page.removeEventListener('focus', pay);
    page.removeEventListener('online', pay);
    page.document.removeEventListener('visibilitychange', pay);
  };
}
