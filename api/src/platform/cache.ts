import { type Standing, turns } from './turns.ts';
import { LRUCache } from 'lru-cache';
import { bytesOf } from './bytes-of.ts';

/**
 * What a value is, from the engine's rows to what is sent: `rows` of one query, `series` that many answers are computed
 * from, `answers` as they go out.
 */
export const CACHED_KINDS = ['rows', 'series', 'answers'] as const;
export type CachedKind = (typeof CACHED_KINDS)[number];

/** What the cache may hold. The least recently used goes first. */
export interface CacheLimits {
  /** Memory at most, in bytes, as `bytesOf` tells it. What is larger alone is given to its callers and not kept. */
  readonly bytes: number;
  /** Values at most: each has a cost of its own that `bytesOf` does not see. */
  readonly max: number;
}

/** Some 1,100 days of 130 belts are 1 MB, of 1,000 belts and ten years 30; a row can be an array of a million amounts. */
const BESIDE_SUMS_MB = 256;
/** Orders and GMV, of which the pages tell states. */
const MEASURES_OF_MERCHANTS = 2;

/** The limits of the program's cache: sums and merchants of a version must fit beside all else, or each question would read them anew. */
export const cacheLimits = (sumsMb: number, merchantsMb: number): CacheLimits => ({
  bytes: (BESIDE_SUMS_MB + sumsMb + MEASURES_OF_MERCHANTS * merchantsMb) * 2 ** 20,
  max: 100_000,
});

/**
 * The one memory for what never changes under its key. Callers that ask for the same at the same time share one making, which no
 * longer stands behind once one of them does not; what failed is not kept.
 */
export class Cache {
  private readonly values: LRUCache<string, object>;
  private underWay = new Map<
    string,
    { readonly making: Promise<object>; readonly standing: Standing | undefined }
  >();

  constructor(limits: CacheLimits) {
    this.values = new LRUCache<string, object>({
      max: limits.max,
      maxSize: limits.bytes,
      sizeCalculation: (value, name) => bytesOf(value) + bytesOf(name),
    });
  }

  /** The value of a key, made where it is not there. The key is plain data. */
  of<T extends object>(kind: CachedKind, key: unknown, make: () => Promise<T>): Promise<T> {
    const name = nameOf(kind, key);
    return this.known<T>(name) ?? this.begin(name, make());
  }

  /** The value of a key where it is there. */
  made<T extends object>(kind: CachedKind, key: unknown): T | undefined {
    return this.values.get(nameOf(kind, key)) as T | undefined;
  }

  /** The values of keys, in their order; those that are not there are made all at once. `make` gets the keys' positions. */
  async all<T extends object>(
    kind: CachedKind,
    keys: readonly unknown[],
    make: (missing: readonly number[]) => Promise<readonly T[]>,
  ): Promise<T[]> {
    const names = keys.map((key) => nameOf(kind, key));
    const found = names.map((name) => this.known<T>(name));
    const missing = [...names.keys()].filter((index) => found[index] === undefined);
    if (missing.length > 0) {
      const making = make(missing);
      missing.forEach((index, place) => {
        found[index] = this.begin(
          names[index] as string,
          making.then((all) => all[place] as T),
        );
      });
    }
    return Promise.all(found as Promise<T>[]);
  }

  /** Bytes that are held now. */
  get bytes(): number {
    return this.values.calculatedSize;
  }

  /** Forgets everything, or all of some kinds: for measuring. */
  forget(...kinds: readonly CachedKind[]): void {
    const isMeant = (name: string) => kinds.length === 0 || kinds.some((kind) => name.startsWith(`${kind} `));
    for (const name of [...this.values.keys()]) if (isMeant(name)) this.values.delete(name);
    this.underWay = new Map([...this.underWay].filter(([name]) => !isMeant(name)));
  }

  private known<T extends object>(name: string): Promise<T> | undefined {
    const made = this.values.get(name);
    if (made) return Promise.resolve(made as T);
    const begun = this.underWay.get(name);
    turns.waitFor(begun?.standing);
    return begun?.making as Promise<T> | undefined;
  }

  private begin<T extends object>(name: string, work: Promise<T>): Promise<T> {
    // What was begun before it was forgotten is not kept: another making, or none, stands in its place by then.
    const settle = (value: T | null) => {
      if (this.underWay.get(name)?.making !== making) return;
      this.underWay.delete(name);
      if (value) this.values.set(name, value);
    };
    const making: Promise<T> = work.then(
      (value) => {
        settle(value);
        return value;
      },
      (error: unknown) => {
        settle(null);
        throw error;
      },
    );
    this.underWay.set(name, { making, standing: turns.standing });
    return making;
  }
}

const nameOf = (kind: CachedKind, key: unknown) => `${kind} ${JSON.stringify(key)}`;
