import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { queries, SEEN_WITHIN_MS } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { NAMES_ONLY } from '../../access/viewer.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';

/** The newest version of a source. */
export type Version = Omit<Listed, 'seen_published_at'>;
type Listed = z.output<typeof queries.currentVersions.row>;
/** Reads what questions of a version need; it is ready when that is done, or failed. */
type Prepare = (version: Version) => Promise<unknown>;

interface List {
  readonly at: number;
  /** Versions whose time of publication was asked for, each known from an earlier list. */
  readonly seen: readonly number[];
  readonly versions: Promise<Listed[]>;
}

/** How often the engine is asked at most, and how often by itself once anybody has asked. */
const ASKED_EVERY_MS = 200;
const LOOKED_EVERY_MS = 1_000;

/**
 * Which versions are answered from. A new one is answered from as soon as what its questions need has been read, and the one before until
 * then, so that nobody waits for it; but no longer than a load waits before it says that it is committed: who asks after that sees
 * it.
 */
@Injectable()
export class NewestVersionsService implements OnModuleDestroy {
  private asked: List | null = null;
  /** By source; `at`: when the engine was last asked and had no newer one. */
  private readonly answered = new Map<string, { readonly version: Version; readonly at: number }>();
  /** What was prepared last, by source. */
  private readonly prepared = new Map<string, { readonly version: Version; isReady: boolean }>();
  private readonly prepares: Prepare[] = [];
  private looking: NodeJS.Timeout | null = null;
  private isLooking = false;
  private isClosed = false;

  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** Is told of each version when it is first seen. */
  onNew(prepare: Prepare): void {
    this.prepares.push(prepare);
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    if (this.looking) clearInterval(this.looking);
  }

  /** One version a source, the first published source first. @throws EngineError */
  async all(): Promise<Version[]> {
    this.look();
    const list = this.ask();
    return (await list.versions).map((version) => this.answerable(version, list));
  }

  /** Callers at the same time share one query. */
  private ask(): List {
    const now = performance.now(); // a clock that nobody sets back
    if (this.asked && now - this.asked.at < ASKED_EVERY_MS) return this.asked;
    const seen = [...this.answered.values()].map(({ version }) => version.newest);
    const versions = this.clickhouse.askNow(NAMES_ONLY, queries.currentVersions, { seen });
    const asked = { at: now, seen, versions };
    this.asked = asked;
    asked.versions.catch(() => this.asked === asked && (this.asked = null));
    return asked;
  }

  private answerable({ seen_published_at: seenAt, ...version }: Listed, { at, seen }: List): Version {
    const before = this.answered.get(version.source);
    if (before && at < before.at) return before.version; // a list that was late
    const isGone =
      before !== undefined &&
      seen.includes(before.version.newest) &&
      seenAt !== before.version.newest_published_at;
    const isAnother = before !== undefined && (isGone || isPutBack(version, before.version));
    if (isAnother) this.clickhouse.beginAnew();
    const { isReady } = this.prepare(version);
    const isHeld =
      before !== undefined &&
      !isAnother &&
      before.version.newest < version.newest &&
      !isReady &&
      performance.now() < before.at + SEEN_WITHIN_MS;
    if (isHeld) return before.version;
    this.answered.set(version.source, { version, at });
    return version;
  }

  private prepare(version: Version): { readonly isReady: boolean } {
    const known = this.prepared.get(version.source);
    if (known && isSame(known.version, version)) return known;
    const made = { version, isReady: false };
    this.prepared.set(version.source, made);
    // What fails is told to whoever asks for it.
    void Promise.allSettled(this.prepares.map((prepare) => prepare(version))).then(() => {
      made.isReady = true;
    });
    return made;
  }

  /** Begins with the first question: what nobody looks at is not looked after. */
  private look(): void {
    if (this.looking || this.isClosed) return;
    this.looking = setInterval(() => {
      if (this.isLooking) return;
      this.isLooking = true;
      void this.all()
        .catch(() => undefined)
        .finally(() => (this.isLooking = false));
    }, LOOKED_EVERY_MS);
    this.looking.unref();
  }
}

/** A store that was put back may give its next version a number that another had. */
const isSame = (one: Version, other: Version): boolean =>
  one.newest === other.newest && one.newest_published_at === other.newest_published_at;

/**
 * Whether what was published before is no longer there: the store is another, and nothing in memory is of it. Told from the newest
 * versions alone; a store that was put back and has published more since by the time it is looked at is told from what was seen.
 */
const isPutBack = (version: Version, before: Version): boolean =>
  version.newest < before.newest || (version.newest === before.newest && !isSame(version, before));
