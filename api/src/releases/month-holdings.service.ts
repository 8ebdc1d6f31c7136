import { Inject, Injectable } from '@nestjs/common';
import { type Belt, RELEASED_MEASURES } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { firstDayOf, type Month } from '../core/calendar.ts';
import { BeltRegistry } from '../data/areas/belt-registry.service.ts';
import { asSystem, type Vintage } from '../data/versions/vintage.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import type { HeldPiece } from './gate-messages.ts';

/** Who held what in a month, and in which belts. */
export interface MonthHeld {
  readonly belts: readonly Belt[];
  readonly held: readonly HeldPiece[];
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
  ) {}

  /** @throws HoldingsDifferError where the lines are of a later version; EngineError */
  async of(vintage: Vintage, month: Month): Promise<MonthHeld> {
    const { scope, dataVersion } = asSystem(vintage);
    const parameters = { data_version: dataVersion, month: firstDayOf(month) };
    const belts = await this.registry.all(vintage);
    const rows = await this.clickhouse.askNow(scope, queries.holdings, parameters);
    // Afterwards: what a load replaced meanwhile is seen.
    const totals = await this.clickhouse.askNow(scope, queries.holdingsTotals, parameters);
    const fault = difference(rows, totals);
    if (fault !== null) throw new HoldingsDifferError(`${vintage.source} ${month}: ${fault}`);
    return { belts, held: rows.map(pieceOf) };
  }
}

type Row = z.output<typeof queries.holdings.row>;
type Total = z.output<typeof queries.holdingsTotals.row>;
const SUMMED = [...RELEASED_MEASURES, 'refund'] as const;

const pieceOf = (row: Row): HeldPiece => ({
  belt: row.belt_id,
  combination: row.combination,
  side: row.side,
  owners: row.owners,
  values: RELEASED_MEASURES.map((measure) => row[measure]),
});

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
