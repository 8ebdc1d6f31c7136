import type { BadRowKind } from './bad-rows.ts';

/** Rows that repeat an order line with a later `updated_at`, by what happened. */
export const LATER_ROW_KINDS = ['completion', 'refund', 'correction', 'cancellation'] as const;
export type LaterRowKind = (typeof LATER_ROW_KINDS)[number];

/** What adds up over order lines; money in CNY cents. */
export interface Measures {
  /** Distinct orders. */
  orders: number;
  lines: number;
  pieces: number;
  gmvCents: number;
  refundCents: number;
}

export const TRACKS = [
  'all',
  'distribution',
  'cross_border',
  'overseas_local',
  'custom',
  'brand',
  'offline',
  'classic_wholesale',
] as const;
export type Track = (typeof TRACKS)[number];

export interface DemoFile {
  readonly name: string;
  /** Records without the header. */
  readonly rows: number;
  readonly bytes: number;
}

/**
 * What the generator wrote and hid, to be held against what a pipeline finds. Also stands as `manifest.json` beside
 * the files, written last.
 *
 * "Counted" means: newest state of an order line, status paid, dispatched or delivered; month by `placed_at`; belt by
 * the merchant's membership on that day; tracks by line.
 */
export interface DemoManifest {
  readonly seed: number;
  /** Lines asked for; the order files together have about so many rows. */
  readonly lines: number;
  readonly files: readonly DemoFile[];
  /** Over all order files: read = distinct + superseded + bad. */
  readonly orderRows: {
    readonly read: number;
    /** Distinct good (order_id, line_no). */
    readonly distinct: number;
    /** Good rows that are not the newest of their line: earlier states and exact duplicates. */
    readonly superseded: number;
    readonly bad: number;
  };
  /** Over the newest good row of every line, whatever its status. */
  readonly sums: { readonly quantity: number; readonly amountCents: number; readonly refundCents: number };
  /** Over all good rows, superseded and duplicates included; an independent check of what was read. */
  readonly goodRowSums: {
    readonly quantity: number;
    readonly amountCents: number;
    readonly refundCents: number;
  };
  readonly injected: {
    readonly badRows: Record<BadRowKind, number>;
    readonly laterRows: Record<LaterRowKind, number>;
    /** Rows whose order stands in the file of a later month than that of its placing, though it was known before. */
    readonly lateArrivals: number;
    /** Exact copies of good rows, in the same or in the next file. */
    readonly duplicates: number;
    /** Distinct lines whose newest state was dispatched before it was placed (kept: may be true). */
    readonly dispatchedBeforePlaced: number;
    /** Merchants that move to another belt. */
    readonly moves: number;
  };
  readonly counted: {
    readonly months: Record<string, Measures>;
    readonly years: Record<string, Record<Track, Measures>>;
    /** Merchants with at least one counted line in the year. */
    readonly activeMerchants: Record<string, number>;
    readonly distributionMerchants: Record<string, number>;
    /** By belt and year. */
    readonly belts: Record<string, Record<string, Measures>>;
  };
}

export const noMeasures = (): Measures => ({ orders: 0, lines: 0, pieces: 0, gmvCents: 0, refundCents: 0 });
