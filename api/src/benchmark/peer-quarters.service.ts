import { Inject, Injectable } from '@nestjs/common';
import { queries, type Scope } from '@beltline/sql/clickhouse';
import { firstDayOf, lastDayOf, type Month, monthOf } from '../core/calendar.ts';
import type { NewYears } from '../core/lunar.ts';
import { newYearsOf } from '../data/daily/alignment.ts';
import { KeptSeries } from '../data/versions/kept-series.service.ts';
import { VersionCache } from '../data/versions/version-cache.ts';
import { asSystem, type Vintage, type VersionOf } from '../data/versions/vintage.ts';
import { rulesAmongMembers, rulesOf } from '../disclosure/rules.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { turns } from '../platform/turns.ts';
import { alignedShares } from './aligned-shares.ts';
import { BuyerFactsService } from './buyer-facts.service.ts';
import {
  addQuarters,
  firstMonthFor,
  type FrozenQuarter,
  frozenQuarters,
  monthsOfQuarter,
  type Quarter,
  quarterOf,
  trendTo,
} from './frozen-quarters.ts';
import { type KnownLevels, levelsOf } from './level-facts.ts';
import { levelShares } from './level-shares.ts';
import { factsOf, HIT_LINES, type Known, monthFactsOf, salesOf } from './owner-facts.ts';
import { hidesBeside, type PackedQuarter, PastQuarter, TOLD_BESIDE } from './past-quarter.ts';
import { type BeltAbout, groupedQuarter, type KnownQuarter } from './peer-quarter.ts';
import { type PositionFacts, positionOf, strataOfRow, stratumPrices } from './price-position.ts';
import { PROGRAMME_BITS, UNION_BITS } from './peer-measures.ts';
import type { HidesBeside } from './peer-standing.ts';
import { TurnoverService } from './turnover.service.ts';

const FROZEN = { kind: 'series', name: 'peer-quarters' } as const;
const GROUPED = { kind: 'series', name: 'peer-groups' } as const;
const PAST = { kind: 'series', name: 'peer-past' } as const;
/** Of each version in as many quarters as a trend and what is told beside it reach back, and of those before, which pages of earlier quarters need. */
const KEPT = { name: 'peer-past', versions: 24 } as const;
const HIDES = { kind: 'series', name: 'peer-hides' } as const;

/** Peer groups of a source, made once a quarter and data version for all of their members. */
@Injectable()
export class PeerQuartersService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(KeptSeries) private readonly kept: KeptSeries,
    @Inject(BuyerFactsService) private readonly buyers: BuyerFactsService,
    @Inject(TurnoverService) private readonly turnover: TurnoverService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The quarters that were ever whole, the latest first, each with the version that it is told as of. @throws EngineError */
  async frozen(vintage: Vintage): Promise<readonly FrozenQuarter[]> {
    const whole = asSystem(vintage);
    return this.cache.of(whole, FROZEN, {}, async () => {
      const rows = await this.clickhouse.askNow(whole.scope, queries.versionMonths, {
        data_version: vintage.dataVersion,
        time_zone: vintage.timeZone,
      });
      return frozenQuarters(
        rows.map((row) => ({
          version: row.data_version,
          publishedOn: row.published_on,
          dataThrough: row.data_through,
          months: row.month_list.map((day, at) =>
            spanOf(monthOf(day), row.first_list[at], row.last_list[at]),
          ),
        })),
      );
    });
  }

  /** The groups of a quarter as of its version. @throws EngineError; Error where PostgreSQL does not answer */
  of(vintage: Vintage, frozen: FrozenQuarter): Promise<KnownQuarter> {
    const version = versionOf(vintage, frozen);
    return this.cache.of(version, GROUPED, { quarter: frozen.quarter }, async () => {
      const known = knownBeside(frozen, newYearsOf(vintage.homeCountry));
      const belts = await this.belts(version, frozen);
      const hides = await this.hides(vintage, frozen);
      const [rows, sold, facts] = await Promise.all([
        this.sums(version, frozen),
        this.clickhouse.askNow(version.scope, queries.ownerBelts, {
          data_version: frozen.version,
          from: firstDayOf(firstMonthFor(frozen.quarter)),
          to: firstDayOf(monthsOfQuarter(frozen.quarter)[2] as Month),
        }),
        this.factsBeside(vintage, version, frozen, belts, known),
      ]);
      const grouped = await groupedQuarter(version.source, rows, belts, facts, known.hasBase, {
        rules: this.rules,
        hides,
      });
      return { ...grouped, beltsOf: new Map(sold.map((row) => [row.owner, row.belts])) };
    });
  }

  /** A quarter as far as a trend tells it. @throws EngineError; Error where PostgreSQL does not answer */
  past(vintage: Vintage, frozen: FrozenQuarter): Promise<PastQuarter> {
    const version = versionOf(vintage, frozen);
    const question = { quarter: frozen.quarter };
    return this.cache.of(version, PAST, question, async () => {
      const [kept] = await this.kept.read<PackedQuarter>(version, KEPT, [question]);
      if (kept) return PastQuarter.from(kept);
      const known = knownBeside(frozen, newYearsOf(vintage.homeCountry));
      const belts = await this.belts(version, frozen);
      const [rows, facts] = await Promise.all([
        this.sums(version, frozen),
        this.facts(vintage, version, frozen, belts, known),
      ]);
      const { rules, config } = this;
      const settings = { rules, minBase: config.BELTLINE_MIN_BASE };
      const past = await PastQuarter.of(rows, belts, facts, known.hasBase, settings);
      void this.kept.keep(version, KEPT, [[question, past.packed()]]);
      return past;
    });
  }

  /** What may be told of a quarter beside those before it. @throws EngineError; Error where PostgreSQL does not answer */
  async hides(vintage: Vintage, frozen: FrozenQuarter): Promise<HidesBeside> {
    return this.cache.of(versionOf(vintage, frozen), HIDES, { quarter: frozen.quarter }, async () => {
      const before = earlierOf(frozen, await this.frozen(vintage)).filter(
        ({ quarter }) => quarter >= addQuarters(frozen.quarter, -TOLD_BESIDE),
      );
      const pasts: PastQuarter[] = [];
      // One after the other: each is read of tens of thousands of rows, which are not to be in memory of several at once.
      for (const one of before) pasts.push(await this.past(vintage, one));
      return hidesBeside(pasts, this.rules);
    });
  }

  private get rules() {
    return rulesAmongMembers(rulesOf(this.config));
  }

  private sums({ scope }: VersionOf, { quarter, version }: FrozenQuarter) {
    return this.clickhouse.askNow(scope, queries.peerSums, {
      data_version: version,
      ...bothQuarters(quarter),
      track_bits: [...PROGRAMME_BITS, UNION_BITS],
    });
  }

  private async belts({ scope }: VersionOf, { quarter, version }: FrozenQuarter): Promise<BeltAbout[]> {
    const rows = await this.clickhouse.ask(scope, queries.belts, {
      data_version: version,
      as_of: lastDayOf(monthsOfQuarter(quarter)[2] as Month),
    });
    return rows.map((row) => ({
      beltId: row.belt_id,
      name: { zh: row.name_zh, en: row.name_en },
      category: row.category_zh,
      goods: { zh: row.category_zh, en: row.category_en },
      province: row.province,
      city: row.city,
    }));
  }

  /** What sums of months tell beside those of the quarter. */
  private async monthFacts(vintage: Vintage, { scope }: VersionOf, frozen: FrozenQuarter, known: Known) {
    const newYears = newYearsOf(vintage.homeCountry);
    const aligned = alignedShares(frozen.quarter, newYears);
    const [growth, levels] = await Promise.all([
      this.clickhouse.askNow(scope, queries.peerGrowth, {
        data_version: frozen.version,
        ...bothQuarters(frozen.quarter),
        aligned_months: aligned.months.map(firstDayOf),
        now_shares: [...aligned.now],
        before_shares: [...aligned.before],
      }),
      this.levels(scope, frozen, newYears),
    ]);
    return monthFactsOf(growth, levels, known);
  }

  private async levels(
    scope: Scope,
    { quarter, version, whole }: FrozenQuarter,
    newYears: NewYears,
  ): Promise<KnownLevels> {
    const shares = levelShares(quarter, whole, newYears);
    if (typeof shares === 'string') return shares;
    const rows = await this.clickhouse.askNow(scope, queries.peerLevels, {
      data_version: version,
      level_months: shares.months.map(firstDayOf),
      weights: shares.weights,
    });
    return levelsOf(rows, shares);
  }

  /** What a page tells that a trend does not: who came and went, and the base year. */
  private async factsBeside(
    vintage: Vintage,
    version: VersionOf,
    frozen: FrozenQuarter,
    belts: readonly BeltAbout[],
    known: Known,
  ) {
    const shares = levelShares(frozen.quarter, frozen.whole, newYearsOf(vintage.homeCountry));
    const [facts, turnover, first] = await Promise.all([
      this.facts(vintage, version, frozen, belts, known),
      this.turnover.of(version, frozen),
      typeof shares === 'string'
        ? []
        : this.clickhouse.askNow(version.scope, queries.peerFirst, {
            data_version: frozen.version,
            first_months: shares.first.map(firstDayOf),
            track_bits: [...PROGRAMME_BITS, UNION_BITS],
          }),
    ]);
    const sales = salesOf(first);
    return (owner: string) => ({
      ...facts(owner),
      ...{ turnover: turnover?.get(owner) ?? null, first: sales.get(owner) ?? null },
    });
  }

  private async facts(
    vintage: Vintage,
    version: VersionOf,
    frozen: FrozenQuarter,
    belts: readonly BeltAbout[],
    known: Known,
  ) {
    const [ofMonths, items, positions, buyers] = await Promise.all([
      this.monthFacts(vintage, version, frozen, known),
      this.clickhouse.askNow(version.scope, queries.peerItems, {
        data_version: frozen.version,
        ...bothQuarters(frozen.quarter),
        earlier_months: monthsOfYearBefore(frozen.quarter).map(firstDayOf),
        hit_lines: HIT_LINES,
      }),
      this.positions(version, frozen, belts),
      this.buyers.of(vintage, version, frozen),
    ]);
    return factsOf(ofMonths, items, positions, buyers, known);
  }

  /** Goods of belts are told by their names; a belt without any has none to be compared. */
  private async positions(
    { scope }: VersionOf,
    { quarter, version }: FrozenQuarter,
    belts: readonly BeltAbout[],
  ): Promise<ReadonlyMap<string, PositionFacts>> {
    const of = belts.filter(({ category }) => category !== '');
    const goods = [...new Set(of.map(({ category }) => category))].sort();
    const rows = await this.clickhouse.askNow(scope, queries.peerPrices, {
      data_version: version,
      months: monthsOfQuarter(quarter).map(firstDayOf),
      belt_ids: of.map(({ beltId }) => beltId),
      goods_numbers: of.map(({ category }) => 1 + goods.indexOf(category)),
    });
    const sold = new Map(rows.map((row) => [row.owner, strataOfRow(row)]));
    await turns.next();
    const prices = stratumPrices(sold.values(), this.rules);
    return new Map([...sold].map(([owner, own]) => [owner, positionOf(own, prices)]));
  }
}

/** Those of the trend before a quarter that were whole as of its version, the latest first. */
export const earlierOf = (frozen: FrozenQuarter, quarters: readonly FrozenQuarter[]): FrozenQuarter[] => {
  const trend = new Set(trendTo(frozen.quarter).slice(0, -1));
  return quarters.filter(({ quarter }) => trend.has(quarter) && frozen.whole.has(quarter));
};

const QUARTERS_OF_YEAR = 4;
const monthsOfYearBefore = (quarter: Quarter): Month[] =>
  Array.from({ length: QUARTERS_OF_YEAR }, (_, back) =>
    monthsOfQuarter(addQuarters(quarter, -1 - back)),
  ).flat();
const bothQuarters = (quarter: Quarter) => ({
  months: monthsOfQuarter(quarter).map(firstDayOf),
  baseline_months: monthsOfQuarter(addQuarters(quarter, -QUARTERS_OF_YEAR)).map(firstDayOf),
});

/** What beside a quarter is loaded as of its version. */
function knownBeside({ quarter, whole }: FrozenQuarter, newYears: NewYears): Known {
  const isWhole = (month: Month) => whole.has(quarterOf(month));
  return {
    hasBase: whole.has(addQuarters(quarter, -QUARTERS_OF_YEAR)),
    hasAligned: alignedShares(quarter, newYears).months.every(isWhole),
    hasYear: monthsOfYearBefore(quarter).every(isWhole),
  };
}

/** What is kept of a quarter is the same whatever the version that it was asked at. */
export const versionOf = (vintage: Vintage, { version, publishedOn }: FrozenQuarter): VersionOf => ({
  ...asSystem({ ...vintage, dataVersion: version, publishedAt: publishedOn }),
});

/** Days are told as 1970-01-01 where none is left, and not at all in versions from before they were kept. */
function spanOf(month: Month, firstDay: string | undefined, lastDay: string | undefined) {
  if (firstDay === undefined || lastDay === undefined) return { month };
  return { month, known: firstDay > '1970-01-01' ? { month, firstDay, lastDay } : null };
}
