import { Inject, Injectable } from '@nestjs/common';
import {
  type Belt,
  type Partition,
  RELEASED_MEASURES,
  SERVICE_MEASURES,
  type ServiceMeasure,
} from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { firstDayOf, type Month } from '../core/calendar.ts';
import { DISPATCH_HOURS, SMALL_ORDER_PIECES } from '../core/service.ts';
import { BeltRegistry } from '../data/areas/belt-registry.service.ts';
import { asSystem, type Vintage } from '../data/versions/vintage.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import {
  breadthPiecesOf,
  carrierDifference,
  comparedMonths,
  hasBreadth,
  newcomerPieceOf,
} from './carrier-holdings.ts';
import type { HeldPiece } from './gate-messages.ts';
import { ALL_ORDERS } from './gated-share.ts';
import { sellerDifference, sellerPieceOf, sellersAsked } from './seller-holdings.ts';
import type { PartsNamed } from './gated-parts.ts';
import { namedOf, partDifference, partPieceOf, partsAsked } from './part-holdings.ts';
import { sizeDifference, sizePieceOf } from './size-holdings.ts';

/** Who held what in a month, and in which belts. */
export interface MonthHeld {
  readonly belts: readonly Belt[];
  readonly held: readonly HeldPiece[];
  /** Into what its tracks are divided. */
  readonly partitions: Readonly<Record<Partition, PartsNamed>> | undefined;
}

/** The stored lines are no longer those of the version, or do not come to its figures: nothing may be made of them. */
export class HoldingsDifferError extends Error {
  override readonly name = 'HoldingsDifferError';
}

/**
 * What disclosure control looks at: read from the lines in force, and held against the sums that figures are made of, because a release must say the
 * same as every other answer. Read for all belts; nothing of it reaches anybody but through the gate.
 */
@Injectable()
export class MonthHoldingsService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws HoldingsDifferError where the lines are of a later version; EngineError */
  async of(vintage: Vintage, month: Month): Promise<MonthHeld> {
    const { scope, dataVersion } = asSystem(vintage);
    const parameters = { data_version: dataVersion, month: firstDayOf(month) };
    const belts = await this.registry.all(vintage);
    const rows = await this.clickhouse.askNow(scope, queries.holdings, parameters);
    const served = await this.clickhouse.askNow(scope, queries.serviceHoldings, {
      ...parameters,
      ...{ dispatch_hours: DISPATCH_HOURS, time_zone: vintage.timeZone },
    });
    const sized = await this.clickhouse.askNow(scope, queries.sizeHoldings, {
      ...{ ...parameters, small_pieces: SMALL_ORDER_PIECES },
    });
    const { partitions, parted } = await this.parted(vintage, month);
    const carried = await this.carried(vintage, month);
    const selling = await this.clickhouse.askNow(scope, queries.sellerHoldings, {
      ...{ data_version: dataVersion, ...sellersAsked(month, comparedMonths(month, vintage.loaded)) },
    });
    // Afterwards: what a load replaced meanwhile is seen.
    const totals = await this.clickhouse.askNow(scope, queries.holdingsTotals, parameters);
    const fault =
      difference(rows, totals) ??
      serviceDifference(served, totals) ??
      sizeDifference(sized, totals) ??
      sellerDifference(selling, totals) ??
      (partitions && partDifference(parted, totals)) ??
      (carried && carrierDifference(carried, totals));
    if (fault !== null) throw new HoldingsDifferError(`${vintage.source} ${month}: ${fault}`);
    const carriers = carried === null ? [] : this.carrierPieces(carried, vintage, month);
    const shares = [...served.flatMap(sharePiecesOf), ...carriers, ...sized.map(sizePieceOf)];
    shares.push(...selling.map(sellerPieceOf));
    return { belts, partitions, held: [...rows.map(pieceOf), ...shares, ...parted.map(partPieceOf)] };
  }

  /** Which parts are the largest nationwide is asked first, so that no more of them come than are told. Nothing where parts are not to be released. */
  private async parted(vintage: Vintage, month: Month): Promise<Parted> {
    if (this.config.BELTLINE_RELEASE_PARTS === 'off') return { partitions: undefined, parted: [] };
    const { scope, dataVersion } = asSystem(vintage);
    const asked = { month: firstDayOf(month), ...partsAsked(vintage.homeCountry) };
    const partitions = namedOf(await this.clickhouse.askNow(scope, queries.partSizes, asked));
    const parted = await this.clickhouse.askNow(scope, queries.partHoldings, {
      ...{ ...asked, data_version: dataVersion },
      ...{ channels: partitions.channels.named, countries: partitions.countries.named },
    });
    return { partitions, parted };
  }

  /** Null where the year before is not wholly loaded. */
  private async carried(vintage: Vintage, month: Month): Promise<Carried[] | null> {
    const { scope, dataVersion } = asSystem(vintage);
    const compared = comparedMonths(month, vintage.loaded);
    if (compared === null) return null;
    const parameters = { data_version: dataVersion, ...compared };
    return this.clickhouse.askNow(scope, queries.carrierHoldings, parameters);
  }

  private carrierPieces(carried: readonly Carried[], { loaded }: Vintage, month: Month): HeldPiece[] {
    const { BELTLINE_DEAD_BAND: deadBand } = this.config;
    const isBroad = hasBreadth(month, loaded);
    return [
      ...carried.map(newcomerPieceOf),
      ...(isBroad ? carried.flatMap((row) => breadthPiecesOf(row, deadBand)) : []),
    ];
  }
}

interface Parted {
  readonly partitions: MonthHeld['partitions'];
  readonly parted: readonly z.output<typeof queries.partHoldings.row>[];
}
type Carried = z.output<typeof queries.carrierHoldings.row>;
type Row = z.output<typeof queries.holdings.row>;
type Total = z.output<typeof queries.holdingsTotals.row>;
const SUMMED = [...RELEASED_MEASURES, 'refund'] as const;

export const pieceOf = (row: Row): HeldPiece => ({
  belt: row.belt_id,
  combination: row.combination,
  side: row.side,
  owners: row.owners,
  values: RELEASED_MEASURES.map((measure) => row[measure]),
});

type Served = z.output<typeof queries.serviceHoldings.row>;

/** The columns of each share: its part, and the rest of its whole. */
const PARTS = {
  'refund-rate': ['refunded', 'kept'],
  'on-time': ['on_time', 'late'],
  'repeat-buyers': ['repeat_buyers', 'once_buyers'],
} as const satisfies Record<ServiceMeasure, readonly (keyof Served)[]>;

/** Of each share those who have anything of its whole. */
export const sharePiecesOf = (row: Served): HeldPiece[] =>
  SERVICE_MEASURES.map((of) => {
    const [part, rest] = PARTS[of].map((column) => row[column]);
    const those = [...row.owners.keys()].filter((at) => (part?.[at] ?? 0) + (rest?.[at] ?? 0) > 0);
    return {
      ...{ of, belt: row.belt_id, combination: ALL_ORDERS, side: row.side },
      owners: those.map((at) => row.owners[at] ?? ''),
      values: [part, rest].map((column) => those.map((at) => column?.[at] ?? 0)),
    };
  });

/** Of shares, what does not fit; null where all does. */
export function serviceDifference(rows: readonly Served[], totals: readonly Total[]): string | null {
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  const paid = new Map<string, number>();
  for (const { belt_id, gmv } of totals) paid.set(belt_id, (paid.get(belt_id) ?? 0) + gmv);
  if (rows.length !== 2 * paid.size)
    return `${rows.length} sides of belts where ${2 * paid.size} are published`;
  for (const row of rows) {
    const name = `of ${row.side}s of belt ${row.belt_id || 'none'}`;
    if (sum(row.refunded) + sum(row.kept) !== paid.get(row.belt_id))
      return `what was paid ${name} is not what is published`;
    const other = rows.find((one) => one.belt_id === row.belt_id && one.side !== row.side);
    const wrong = Object.values(PARTS)
      .flat()
      .find((column) => sum(row[column]) !== sum(other?.[column] ?? []));
    if (wrong) return `${wrong} ${name} is not that of the other side`;
  }
  return null;
}

/** What does not fit; null where all does. Without a value: this ends in the log. */
export function difference(rows: readonly Row[], totals: readonly Total[]): string | null {
  if (totals.some((total) => total.is_of_version === 0))
    return 'a later load has replaced lines of this version';
  const known = new Map(totals.map((total) => [`${total.belt_id}/${total.combination}`, total]));
  if (rows.length !== 2 * known.size)
    return `${rows.length} sides of cells where ${2 * known.size} are published`;
  for (const row of rows) {
    const total = known.get(`${row.belt_id}/${row.combination}`);
    const wrong = SUMMED.find((of) => row[of].reduce((sum, one) => sum + one, 0) !== total?.[of]);
    if (wrong)
      return `${wrong} of ${row.side}s of belt ${row.belt_id || 'none'} is not what is published (combination ${row.combination})`;
  }
  return null;
}
