import { Inject, Injectable } from '@nestjs/common';
import { queries, type Scope, seenUnder } from '@beltline/sql/clickhouse';
import {
  liesIn,
  NAMES_ONLY,
  scopeOf,
  seesSource,
  type Sight,
  SYSTEM,
  systemScope,
} from '../../access/viewer.ts';
import { monthOf } from '../../core/calendar.ts';
import { loadedRange } from '../../core/period.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { IntegrityService } from '../integrity/integrity.service.ts';
import { Cache } from '../../platform/cache.ts';
import { Places } from '../../platform/places.ts';
import { invalidRequest, ProblemError, sought } from '../../platform/problem/problem-error.ts';
import { NewestVersionsService, type Version } from './newest-versions.service.ts';
import type { VersionOf, Vintage } from './vintage.ts';

/** A version of a source, as far as its description needs it. */
type Described = Pick<Version, 'source' | 'newest' | 'newest_published_at' | 'newest_data_through'>;

/**
 * So many sources are described at once. All of them together, as the list of sources needs them, took each other's seconds on a busy
 * machine: with forty sources none came to its end within its limit, however often the list was asked for.
 */
const DESCRIBED_AT_ONCE = 3;

/** Which sources are published, and as of which version they are read. */
@Injectable()
export class VintageService {
  private readonly seers: ((version: VersionOf) => unknown)[] = [];
  private readonly listeners: ((vintage: Vintage) => unknown)[] = [];
  private readonly places = new Places(DESCRIBED_AT_ONCE);

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(Cache) private readonly cache: Cache,
    @Inject(IntegrityService) private readonly integrity: IntegrityService,
    @Inject(NewestVersionsService) private readonly newest: NewestVersionsService,
  ) {
    newest.onNew((version) => {
      const { source, newest: dataVersion, newest_published_at: publishedAt } = version;
      const seen = { source, dataVersion, publishedAt, scope: scopeOf(SYSTEM, source) };
      return Promise.allSettled(this.seers.map(async (listener) => listener(seen)));
    });
    newest.onNew(async (version) => {
      const vintage = await this.known(SYSTEM, version);
      // Nobody who sees all of it waits for what is the same for them.
      await this.known({ sources: 'all', belts: 'everything' }, version);
      await Promise.allSettled(this.listeners.map(async (listener) => listener(vintage)));
    });
  }

  /**
   * Is told of each newest version of a source, with all of its belts, when it is first seen. Questions are answered from the version
   * before, for a while, until what listeners return has been done.
   */
  onNew(listener: (vintage: Vintage) => unknown): void {
    this.listeners.push(listener);
  }

  /** The same before anything of the version has been read, for what needs no more than its number. */
  onSeen(listener: (version: VersionOf) => unknown): void {
    this.seers.push(listener);
  }

  /** All published sources that the viewer may see, the first published first. */
  async all(viewer: Sight): Promise<Vintage[]> {
    return Promise.all((await this.visible(viewer)).map((version) => this.known(viewer, version)));
  }

  /**
   * The vintage that a question is asked of: without a source, of the first published; with `asOf`, the one that was
   * current at the end of that day in the source's time zone.
   * @throws ProblemError where the source is unknown, nothing has been published (by then), or its figures are damaged.
   */
  async of(viewer: Sight, source: string | undefined, asOf?: string): Promise<Vintage> {
    const vintage = await this.declared(viewer, source, asOf);
    await this.integrity.assertSound(vintage.source, vintage.dataVersion);
    return vintage;
  }

  /** The same for what is no figure, and is told also where the figures are damaged. */
  async declared(viewer: Sight, source: string | undefined, asOf?: string): Promise<Vintage> {
    // Of a source that is not theirs it is not even told that it was lost.
    const assertNotLost = () => {
      const theirs =
        viewer.sources === 'all' ? [source] : viewer.sources.filter((one) => !source || one === source);
      for (const one of theirs) this.integrity.assertNotLost(one);
    };
    const all = await this.newest.all().catch((error: unknown) => {
      assertNotLost(); // it says more than that the list cannot be read
      throw error;
    });
    const versions = seenBy(viewer, all);
    const version = source === undefined ? versions[0] : versions.find((one) => one.source === source);
    if (version)
      return asOf === undefined ? this.known(viewer, version) : this.earlier(viewer, version, asOf);
    assertNotLost();
    const known = versions.map((one) => one.source).join(', ');
    const problem =
      versions.length === 0
        ? new ProblemError('not-ready', 'No orders have been loaded yet.')
        : invalidRequest({ field: 'source', message: `no such source is loaded; loaded: ${known}` });
    if (source === undefined) throw problem;
    throw sought(problem, 'source', all.find((one) => one.source === source)?.source ?? null);
  }

  /** What a viewer may see of a source by its newest list of belts; of one that is not published, what needs no list. */
  async scopeNow(viewer: Sight, source: string): Promise<Scope> {
    if (!viewer.regions?.length) return scopeOf(viewer, source);
    const version = (await this.newest.all()).find((one) => one.source === source);
    return version ? this.scopeAt(viewer, version) : scopeOf(viewer, source);
  }

  /** The source that is meant where none is named; null where nothing has been published that the viewer may see. */
  async first(viewer: Sight): Promise<string | null> {
    return (await this.visible(viewer))[0]?.source ?? null;
  }

  private async visible(viewer: Sight): Promise<readonly Version[]> {
    return seenBy(viewer, await this.newest.all());
  }

  /** What is known of a scope at a version, current or earlier: it never changes, and every question needs it. */
  private async known(viewer: Omit<Sight, 'policy'>, version: Described): Promise<Vintage> {
    const scope = await this.scopeAt(viewer, version);
    const { source, isSystem = false } = scope;
    const { newest, newest_published_at: publishedAt } = version;
    const key = ['vintage', source, seenUnder(scope), isSystem, newest, publishedAt];
    const known = await this.cache.of('series', key, () =>
      this.places.take(() => this.describe(scope, version)),
    );
    // Who sees the same may take more or less for it.
    return { ...known, scope };
  }

  /** The viewer's scope of a version, with the belts that lie in their regions by its own list. */
  private async scopeAt(viewer: Omit<Sight, 'policy'>, version: Described): Promise<Scope> {
    const scope = scopeOf(viewer, version.source);
    const { regions = [] } = viewer;
    if (scope.belts === 'everything' || regions.length === 0 || !seesSource(viewer, version.source))
      return scope;
    const all = await this.clickhouse.ask(systemScope(version.source), queries.belts, {
      data_version: version.newest,
      as_of: version.newest_data_through,
    });
    const theirs = all.filter(({ adcode }) => liesIn(regions, adcode)).map(({ belt_id }) => belt_id);
    return { ...scope, belts: [...new Set([...scope.belts, ...theirs])].sort() };
  }

  private async earlier(viewer: Sight, current: Version, asOf: string): Promise<Vintage> {
    const { timeZone } = await this.known(viewer, current);
    const [found] = await this.clickhouse.askNow(NAMES_ONLY, queries.versionAsOf, {
      source: current.source,
      as_of: asOf,
      time_zone: timeZone,
    });
    if (!found) {
      throw invalidRequest({ field: 'asOf', message: 'nothing had been published by the end of that day' });
    }
    return this.known(viewer, { ...found, source: current.source });
  }

  private async describe(scope: Scope, version: Described): Promise<Omit<Vintage, 'scope'>> {
    const { source, newest: dataVersion } = version;
    const detailOf = (of: Scope) =>
      this.clickhouse.askNow(of, queries.sourceDetail, { data_version: dataVersion });
    // Which days are loaded is the same for everybody; only how much there is of it is the viewer's, where they do not see all.
    const isAll = scope.belts === 'everything';
    const [[detail], [part]] = await Promise.all([
      detailOf(systemScope(source)),
      isAll ? [undefined] : detailOf(scope),
    ]);
    const own = isAll ? detail : part;
    // A load declares its source before it commits: the declaration was there.
    if (!detail || !own) throw this.integrity.lost(source, dataVersion, 'sources');
    const dataThrough = version.newest_data_through;
    return {
      source,
      dataVersion,
      publishedAt: version.newest_published_at,
      // A version whose lines all count for nothing has no first day of its own.
      loaded: loadedRange(
        detail.line_count ? detail.first_day : dataThrough,
        dataThrough,
        detail.loaded_months.map((month, index) => ({
          month: monthOf(month),
          firstDay: detail.loaded_from[index] ?? month,
          lastDay: detail.loaded_through[index] ?? month,
        })),
      ),
      name: { zh: detail.name_zh, en: detail.name_en },
      currency: detail.currency,
      timeZone: detail.time_zone,
      homeCountry: detail.home_country,
      belts: own.belt_count,
      merchants: own.merchant_count,
      lines: own.line_count,
    };
  }
}

const seenBy = (viewer: Sight, versions: readonly Version[]): readonly Version[] =>
  versions.filter(({ source }) => seesSource(viewer, source));
