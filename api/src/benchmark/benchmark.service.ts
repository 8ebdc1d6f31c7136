import { Inject, Injectable } from '@nestjs/common';
import type { BenchmarkAnswer, BenchmarkQuestion } from '@beltline/contract';
import { queries, type Scope } from '@beltline/sql/clickhouse';
import { scopeOf, seesSource, type Sight, SYSTEM } from '../access/viewer.ts';
import { firstDayOf, type Month, monthOf } from '../core/calendar.ts';
import { IntegrityService } from '../data/integrity/integrity.service.ts';
import { VersionCache } from '../data/versions/version-cache.ts';
import type { Vintage } from '../data/versions/vintage.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { invalidRequest, notFound, sought } from '../platform/problem/problem-error.ts';
import { rulesAmongMembers, rulesOf } from '../disclosure/rules.ts';
import { rankOf, weightsOf } from './composite-rank.ts';
import { changeOf, measuresOf, OwnQuarters, pricePositionOf, type TrendQuarter } from './benchmark-answer.ts';
import { firstMonthFor, type FrozenQuarter, monthsOfQuarter, trendTo } from './frozen-quarters.ts';
import { NO_FACTS } from './owner-facts.ts';
import { earlierOf, PeerQuartersService, versionOf } from './peer-quarters.service.ts';

const TOLD = { kind: 'answers', name: 'standing' } as const;
type Told = Pick<
  BenchmarkAnswer,
  'shops' | 'group' | 'noGroup' | 'measures' | 'pricePosition' | 'rank' | 'differences' | 'change'
>;

/** Where an owner of the caller's stands in a quarter. */
@Injectable()
export class BenchmarkService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(PeerQuartersService) private readonly peers: PeerQuartersService,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(IntegrityService) private readonly integrity: IntegrityService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws ProblemError where the caller has no owner in such a source, not this one, or there is no such quarter; EngineError */
  async of(viewer: Sight, asked: BenchmarkQuestion): Promise<BenchmarkAnswer> {
    const sources = sourcesOf(viewer);
    if (sources.length === 0) throw notFound('No shop has been given to you yet.');
    // What is told of the source is the same for everybody, and known since the version was first seen: a scope of their own would be described for each merchant.
    const vintage = await this.vintages.of({ ...SYSTEM, sources }, asked.source);
    const scope = scopeOf(viewer, vintage.source);
    const owners = [...(scope.owners ?? [])];
    const owner = ownerOf(owners, asked.owner);
    const quarters = await this.peers.frozen(vintage);
    const frozen = quarterOf(quarters, asked.quarter);
    // The newest version is sound by now; that of the quarter is another.
    await this.integrity.assertSound(vintage.source, frozen.version);
    const told = await this.cache.of(
      { ...versionOf(vintage, frozen), scope },
      TOLD,
      { owner, quarter: frozen.quarter },
      () => this.told(vintage, frozen, scope, owner),
    );
    return {
      source: vintage.source,
      sourceName: vintage.name,
      currency: vintage.currency,
      quarter: frozen.quarter,
      quarters: quarters.map(({ quarter }) => quarter),
      dataVersion: frozen.version,
      publishedOn: frozen.publishedOn,
      ...{ owner, owners },
      ...told,
    };
  }

  /** What never changes of an owner's quarter. */
  private async told(vintage: Vintage, frozen: FrozenQuarter, scope: Scope, owner: string): Promise<Told> {
    const { groups, pools, placed, beltsOf } = await this.peers.of(vintage, frozen);
    const [own, trend] = await Promise.all([
      this.own(scope, owner, beltsOf.get(owner) ?? [], frozen),
      this.trend(vintage, frozen),
    ]);
    const place = placed.get(owner);
    const group = groups[place?.group ?? -1] ?? null;
    const minBase = this.config.BELTLINE_MIN_BASE;
    const weights = weightsOf(this.config.BELTLINE_RANK_WEIGHTS);
    const rules = rulesAmongMembers(rulesOf(this.config));
    const { quarter } = frozen;
    return {
      shops: place?.shops ?? 0,
      group: group?.about ?? null,
      noGroup: place ? place.noGroup : 'no-orders',
      measures: measuresOf(owner, quarter, own, place?.facts ?? NO_FACTS, group, { trend, minBase }),
      pricePosition: pricePositionOf(place?.facts.position ?? null),
      rank: group?.ranked ? rankOf(group.ranked, group.members.indexOf(owner), weights, rules) : null,
      differences: pools[place?.pool ?? -1] ?? null,
      change: changeOf(quarter, own, place?.facts ?? NO_FACTS),
    };
  }

  /** The quarters before, each of its own version, the oldest first. */
  private async trend(vintage: Vintage, frozen: FrozenQuarter): Promise<TrendQuarter[]> {
    const known = earlierOf(frozen, await this.peers.frozen(vintage));
    for (const version of new Set(known.map(({ version }) => version)))
      await this.integrity.assertSound(vintage.source, version);
    const pasts: NonNullable<TrendQuarter['told']>[] = [];
    for (const one of known)
      pasts.push({
        past: await this.peers.past(vintage, one),
        hides: await this.peers.hides(vintage, one),
      });
    return trendTo(frozen.quarter)
      .slice(0, -1)
      .map((quarter) => ({
        quarter,
        told: pasts[known.findIndex((one) => one.quarter === quarter)] ?? null,
      }));
  }

  /** Read under the caller's own scope: to them the engine itself shows no row of another owner. */
  private async own(
    scope: Scope,
    owner: string,
    belts: readonly string[],
    { quarter, version, whole }: FrozenQuarter,
  ): Promise<OwnQuarters> {
    const rows = await this.clickhouse.askNow(scope, queries.ownerMonths, {
      data_version: version,
      owner,
      belts,
      from: firstDayOf(firstMonthFor(quarter)),
      to: firstDayOf(monthsOfQuarter(quarter)[2] as Month),
    });
    return new OwnQuarters(
      rows.map((row) => ({ ...row, month: monthOf(row.month) })),
      whole,
    );
  }
}

/** The sources in which the caller has an owner. */
const sourcesOf = (viewer: Sight): string[] => {
  const named = (viewer.owners ?? []).map((owner) => owner.slice(0, owner.indexOf(':')));
  return [...new Set(named)].filter((source) => seesSource(viewer, source));
};

function ownerOf(owners: readonly string[], asked: string | undefined): string {
  const owner = asked === undefined ? owners[0] : owners.find((one) => one === asked);
  if (owner !== undefined) return owner;
  throw sought(invalidRequest({ field: 'owner', message: 'is none of yours' }), 'owner', null);
}

function quarterOf(quarters: readonly FrozenQuarter[], asked: string | undefined): FrozenQuarter {
  const quarter = asked === undefined ? quarters[0] : quarters.find((one) => one.quarter === asked);
  if (quarter) return quarter;
  if (asked === undefined) throw notFound('No quarter of orders is completely loaded yet.');
  throw invalidRequest({ field: 'quarter', message: 'is not completely loaded' });
}
