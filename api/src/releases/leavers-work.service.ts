import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Belt as ShownBelt, RELEASED_MEASURES } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { SYSTEM } from '../access/viewer.ts';
import { addMonths, firstDayOf, type Month, monthOf } from '../core/calendar.ts';
import { LOGGER } from '../data/integrity/integrity.service.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { asSystem, type Vintage } from '../data/versions/vintage.ts';
import type { Belt } from '../disclosure/holdings.ts';
import { SMALL_ORDER_PIECES } from '../core/service.ts';
import { rulesOf } from '../disclosure/rules.ts';
import { nameOf } from '../disclosure/suppress.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { HeldPiece } from './gate-messages.ts';
import { gateLeaversInThread } from './gate-thread.ts';
import type { LeaversToGate, ReleasedBase } from './gated-leavers.ts';
import type { GatedShare } from './gated-month.ts';
import {
  type GrowthMonths,
  growthMonthsOf,
  layElsewhere,
  leaverDifference,
  leaverMonths,
  leaverPieceOf,
} from './leaver-holdings.ts';
import { LeaversStore } from './leavers-store.service.ts';
import { difference, pieceOf } from './month-holdings.service.ts';
import { BELTLESS } from './release-maker.service.ts';
import { othersByBelt, sellersAsked } from './seller-holdings.ts';
import { smallByBelt } from './size-holdings.ts';
import { type FurtherWork, priorityOf, ReleaseQueue } from './release-queue.service.ts';
import { type Release, ReleaseStore, type StoredArea } from './release-store.service.ts';

export interface LeaversOfMonth {
  readonly source: string;
  /** Beside whose release they are kept. */
  readonly month: Month;
}

const ELSEWHERE = 'belts lay elsewhere in the other month';
/** Before reports are made of a month again, whose base has just come. */
const BEFORE_REPORTS = 2;

/**
 * Tells what those sold who sell no more, once a month and all that it is compared with are released: a second act upon the base, which is why it is not part of a release (ADR 63).
 */
@Injectable()
export class LeaversWork implements FurtherWork<LeaversOfMonth>, OnModuleInit {
  readonly kind = 'leavers';

  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(LeaversStore) private readonly store: LeaversStore,
    @Inject(ReleaseQueue) private readonly queue: ReleaseQueue,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.queue.also(this);
  }

  async wanted(): Promise<Awaited<ReturnType<FurtherWork<LeaversOfMonth>['wanted']>>> {
    const found = [];
    for (const vintage of await this.vintages.all(SYSTEM)) {
      const { source, dataVersion, publishedAt } = vintage;
      const released = new Map(
        (await this.releases.published(source)).map((release) => [monthOf(release.month), release]),
      );
      const whole = [...released].filter(([month]) => {
        const { now, base } = growthMonthsOf(month);
        return now.at(-1) === month && [...now, ...base].every((one) => released.has(one));
      });
      const ids = whole.map(([, { id }]) => id);
      const done = await this.store.done(vintage, ids);
      for (const [month, { id }] of whole)
        if (!done.has(id) && leaverMonths(month, vintage.loaded))
          found.push({
            name: [source, month, id, dataVersion, publishedAt],
            of: { source, month },
            priority: priorityOf(month) + BEFORE_REPORTS,
          });
    }
    return found;
  }

  /** @throws EngineError */
  async make({ source, month }: LeaversOfMonth): Promise<void> {
    const vintage = await this.vintages.of(SYSTEM, source);
    const months = growthMonthsOf(month);
    const asked = leaverMonths(month, vintage.loaded);
    const release = await this.releases.ofMonth(source, month);
    const base = await this.bases(source, months);
    if (!asked || !release || !base || (await this.store.done(vintage, [release.id])).has(release.id)) return;
    const areas = await Promise.all(base.map(({ id }) => this.releases.everything(id)));
    const belts = beltsIn(areas[0] ?? []);
    const held = layElsewhere(areas) ? ELSEWHERE : await this.held(vintage, months, asked);
    const known = new Set(belts.map(({ id }) => id));
    const fault = typeof held === 'string' ? held : strange(held, known);
    if (typeof held === 'string' || fault !== null) {
      // The lines are of a later load, lie in belts that the release did not know, or in others than a month before: nothing can be told beside it.
      this.logger.warn({ source, month, fault }, 'Nothing is told of who sells no more');
      return this.store.keep(vintage, release.id, null, fault);
    }
    const released: ReleasedBase[] = [];
    for (const [at, ofMonth] of areas.entries())
      released.push({
        ...{ ...baseOf(ofMonth), ...(await this.small(vintage, months.base[at], ofMonth)) },
        ...(await this.others(vintage, months.base[at], ofMonth)),
      });
    const toGate: LeaversToGate = {
      ...{ belts, rules: rulesOf(this.config), measures: RELEASED_MEASURES.length },
      base: released,
      before: await this.withheldBeside(source, month),
    };
    const gated = await gateLeaversInThread(toGate, held, this.queue.signal);
    await this.store.keep(vintage, release.id, gated);
  }

  /** Null where one of them is not released. */
  private async bases(source: string, { base }: GrowthMonths): Promise<Release[] | null> {
    const found = await Promise.all(base.map((month) => this.releases.ofMonth(source, month)));
    const there = found.flatMap((one) => one ?? []);
    return there.length === base.length ? there : null;
  }

  /** Who held what; or what does not fit. */
  private async held(
    vintage: Vintage,
    { base }: GrowthMonths,
    asked: NonNullable<ReturnType<typeof leaverMonths>>,
  ): Promise<HeldPiece[] | string> {
    const { scope, dataVersion } = asSystem(vintage);
    const ask = { data_version: dataVersion };
    const pieces: HeldPiece[] = [];
    const left = await this.clickhouse.askNow(scope, queries.leaverHoldings, { ...ask, ...asked });
    const totals = new Map<Month, Awaited<ReturnType<typeof this.totals>>>();
    for (const [at, month] of base.entries()) {
      const rows = await this.clickhouse.askNow(scope, queries.holdings, {
        ...{ ...ask, month: firstDayOf(month) },
      });
      const ofMonth = await this.totals(vintage, month);
      totals.set(month, ofMonth);
      const fault = difference(rows, ofMonth);
      if (fault !== null) return fault;
      pieces.push(...rows.map((row) => ({ ...pieceOf(row), at })));
    }
    return leaverDifference(left, totals) ?? [...pieces, ...left.map((row) => leaverPieceOf(row, base))];
  }

  /** What small orders came to, where it was told of any. */
  private async small(
    vintage: Vintage,
    month: Month | undefined,
    areas: readonly StoredArea[],
  ): Promise<Pick<ReleasedBase, 'small'>> {
    if (month === undefined || !areas.some(({ structure }) => isTold(structure, 'small-orders'))) return {};
    const { scope, dataVersion } = asSystem(vintage);
    const rows = await this.clickhouse.askNow(scope, queries.sizeHoldings, {
      ...{ data_version: dataVersion, month: firstDayOf(month), small_pieces: SMALL_ORDER_PIECES },
    });
    return { small: smallByBelt(rows) };
  }

  /** What all but the largest sellers sold, where their share was told of any. */
  private async others(
    vintage: Vintage,
    month: Month | undefined,
    areas: readonly StoredArea[],
  ): Promise<Pick<ReleasedBase, 'others'>> {
    if (month === undefined || !areas.some(({ structure }) => isTold(structure, 'largest-sellers')))
      return {};
    const { scope, dataVersion } = asSystem(vintage);
    const asked = { data_version: dataVersion, ...sellersAsked(month, null) };
    return { others: othersByBelt(await this.clickhouse.askNow(scope, queries.sellerHoldings, asked)) };
  }

  private totals(vintage: Vintage, month: Month) {
    const { scope, dataVersion } = asSystem(vintage);
    return this.clickhouse.askNow(scope, queries.holdingsTotals, {
      ...{ data_version: dataVersion, month: firstDayOf(month) },
    });
  }

  /** What leavers of the month before were withheld of, or of the month after where that was made first. */
  private async withheldBeside(source: string, month: Month): Promise<string[]> {
    for (const beside of [addMonths(month, -1), addMonths(month, 1)]) {
      const release = await this.releases.ofMonth(source, beside);
      const told = release && (await this.store.of(release.id));
      if (!told) continue;
      return [...told].flatMap(([name, share]) => (share === null ? [`${name}:track:all`] : []));
    }
    return [];
  }
}

/** Where belts lay in a release, as the gate takes them. */
const beltsIn = (areas: readonly StoredArea[]): Belt[] => [
  ...areas.flatMap(({ level, area, about }) =>
    level === 'belt' && about && 'name' in about
      ? [{ id: area, city: about.city ?? '', province: about.province ?? '', category: goodsOf(about.goods) }]
      : [],
  ),
  BELTLESS,
];
const goodsOf = (goods: ShownBelt['category'] | undefined): string => goods?.zh ?? '';

const isTold = (shares: readonly GatedShare[] | null, of: GatedShare['measure']): boolean =>
  shares?.some(({ measure, share }) => measure === of && share !== null) ?? false;

function baseOf(areas: readonly StoredArea[]): ReleasedBase {
  return {
    shown: areas.flatMap(({ level, area, cells }) =>
      cells.flatMap(({ track, values }) =>
        values ? [nameOf({ level, area, by: 'track', key: track })] : [],
      ),
    ),
    newcomers: areas.flatMap(({ level, area, carriers }) =>
      isTold(carriers, 'newcomers') ? [`${level}:${area}`] : [],
    ),
    hasRefunds: areas.some(({ service }) => isTold(service, 'refund-rate')),
  };
}

const strange = (held: readonly HeldPiece[], known: ReadonlySet<string>): string | null =>
  held.some(({ belt }) => !known.has(belt)) ? 'orders of a belt that the release did not know' : null;
