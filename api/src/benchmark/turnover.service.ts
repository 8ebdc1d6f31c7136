import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { queries } from '@beltline/sql/clickhouse';
import { PeerTurnoverEntity } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import { firstDayOf, type Month } from '../core/calendar.ts';
import type { VersionOf } from '../data/versions/vintage.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { addQuarters, type FrozenQuarter, monthsOfQuarter } from './frozen-quarters.ts';
import { areOfVersion, KeptFacts } from './kept-facts.ts';
import { TURNOVER_COLUMNS, type TurnoverFacts } from './owner-facts.ts';

/** Which buyers of the owners of a source came, went and stayed: of the lines of a quarter and of the same of the year before, read once (ADR 50, ADR 53). */
@Injectable()
export class TurnoverService {
  private readonly kept: KeptFacts<keyof TurnoverFacts>;

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @InjectDataSource() store: DataSource,
  ) {
    this.kept = new KeptFacts(store, PeerTurnoverEntity, TURNOVER_COLUMNS);
  }

  /** By owner; null where the year before is not whole, or lines of either quarter had been replaced before anybody read them. @throws EngineError; Error where PostgreSQL does not answer */
  async of(version: VersionOf, frozen: FrozenQuarter): Promise<ReadonlyMap<string, TurnoverFacts> | null> {
    if (!frozen.whole.has(addQuarters(frozen.quarter, -4))) return null;
    return this.kept.of(version, frozen, () => this.read(version, frozen));
  }

  private async read(
    { scope }: VersionOf,
    { quarter, version }: FrozenQuarter,
  ): Promise<Map<string, TurnoverFacts> | null> {
    const [now, before] = [spanOf(quarter), spanOf(addQuarters(quarter, -4))];
    const areTheirs = async () =>
      (await areOfVersion(this.clickhouse, scope, { data_version: version, ...now })) &&
      (await areOfVersion(this.clickhouse, scope, { data_version: version, ...before }));
    // What is known beforehand to be in vain is not tried.
    if (!(await areTheirs())) return null;
    const rows = await this.clickhouse.askNow(scope, queries.peerTurnover, {
      data_version: version,
      ...now,
      ...{ from_before: before.from, to_before: before.to },
    });
    if (rows.length === 0 || !(await areTheirs())) return null;
    return new Map(rows.map((row) => [row.owner, factsOf(row)]));
  }
}

/** The first days of the first and of the last month. */
function spanOf(quarter: string): { from: string; to: string } {
  const months = monthsOfQuarter(quarter);
  return { from: firstDayOf(months[0] as Month), to: firstDayOf(months[2] as Month) };
}

interface TurnoverRow {
  readonly buyers: number;
  readonly buyers_before: number;
  readonly came: readonly number[];
  readonly went: readonly number[];
  readonly stayed: readonly number[];
}
function factsOf({ buyers, buyers_before: buyersBefore, came, went, stayed }: TurnoverRow): TurnoverFacts {
  const [cameSmall = 0, cameMedium = 0, cameLarge = 0] = came;
  const [wentSmall = 0, wentMedium = 0, wentLarge = 0] = went;
  const [stayedSmall = 0, stayedMedium = 0, stayedLarge = 0] = stayed;
  return {
    ...{ buyers, buyersBefore, cameSmall, cameMedium, cameLarge },
    ...{ wentSmall, wentMedium, wentLarge, stayedSmall, stayedMedium, stayedLarge },
  };
}
