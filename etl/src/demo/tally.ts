import { BAD_ROW_KINDS, type BadRowKind } from './bad-rows.ts';
import { FIRST_YEAR, LAST_EXPORT, MONTHS, YEARS, monthLabel, yearOfMonth } from './calendar.ts';
import { BRAND, CHINA, CUSTOM, UPSTREAM_CHANNELS } from './codes.ts';
import { KINDS } from './kinds.ts';
import {
  type DemoFile,
  type DemoManifest,
  LATER_ROW_KINDS,
  type LaterRowKind,
  type Measures,
  TRACKS,
  type Track,
  noMeasures,
} from './manifest.ts';
import type { Merchants } from './merchants.ts';
import { CANCELLED, type Order, PLACED } from './order.ts';

const zero = <K extends string>(keys: readonly K[]): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;

interface Sums {
  quantity: number;
  amountCents: number;
  refundCents: number;
}

/** Counts while orders are written: every figure of the manifest comes from here. */
export class Tally {
  readonly badRows: Record<BadRowKind, number> = zero(BAD_ROW_KINDS);
  readonly laterRows: Record<LaterRowKind, number> = zero(LATER_ROW_KINDS);
  readonly goodRowSums: Sums = { quantity: 0, amountCents: 0, refundCents: 0 };
  readonly files: DemoFile[] = [];
  goodRows = 0;
  lateArrivals = 0;
  duplicates = 0;

  private distinct = 0;
  private dispatchedBeforePlaced = 0;
  private readonly sums: Sums = { quantity: 0, amountCents: 0, refundCents: 0 };
  private readonly months: Measures[] = Array.from({ length: MONTHS }, noMeasures);
  private readonly tracks: Measures[][] = Array.from({ length: YEARS }, () => TRACKS.map(noMeasures));
  private readonly belts: Measures[][];
  private readonly active: Uint8Array;
  private readonly distributing: Uint8Array;
  private readonly beltIds: readonly string[];
  private readonly merchants: Merchants;

  constructor(beltIds: readonly string[], merchants: Merchants) {
    this.beltIds = beltIds;
    this.merchants = merchants;
    this.belts = beltIds.map(() => Array.from({ length: YEARS }, noMeasures));
    this.active = new Uint8Array(merchants.count * YEARS);
    this.distributing = new Uint8Array(merchants.count * YEARS);
  }

  /** Rows written or put aside so far, good and bad. */
  get rows(): number {
    return this.goodRows + this.bad;
  }

  private get bad(): number {
    return Object.values(this.badRows).reduce((sum, n) => sum + n, 0);
  }

  /** An order in its last state. */
  order(order: Order): void {
    const status = order.statusAt(LAST_EXPORT);
    const counts = status !== PLACED && status !== CANCELLED;
    const year = yearOfMonth(order.month);
    let seen = 0;
    for (let line = 0; line < order.lines; line++) {
      const quantity = order.quantityAt(line, LAST_EXPORT);
      const cents = order.centsAt(line, LAST_EXPORT);
      const refund = order.refundAt(line, LAST_EXPORT);
      this.distinct++;
      this.sums.quantity += quantity;
      this.sums.amountCents += cents;
      this.sums.refundCents += refund;
      if (order.dispatched < order.placed) this.dispatchedBeforePlaced++;
      if (!counts) continue;
      const tracks = tracksOf(order, line);
      const first = line === 0;
      add(this.months[order.month]!, first, quantity, cents, refund);
      add(this.belts[order.belt]![year]!, first, quantity, cents, refund);
      for (let track = 0; track < TRACKS.length; track++) {
        if (!(tracks & (1 << track))) continue;
        add(this.tracks[year]![track]!, !(seen & (1 << track)), quantity, cents, refund);
      }
      seen |= tracks;
    }
    if (!counts) return;
    this.active[order.merchant * YEARS + year] = 1;
    if (KINDS[order.kind]!.mode === 'distribution') this.distributing[order.merchant * YEARS + year] = 1;
  }

  /** A good row as written, whether or not it is the newest of its line. */
  row(quantity: number, amountCents: number, refundCents: number): void {
    this.goodRows++;
    this.goodRowSums.quantity += quantity;
    this.goodRowSums.amountCents += amountCents;
    this.goodRowSums.refundCents += refundCents;
  }

  manifest(seed: number, lines: number): DemoManifest {
    const years = Array.from({ length: YEARS }, (_, year) => String(FIRST_YEAR + year));
    const { bad } = this;
    const merchantsIn = (flags: Uint8Array): Record<string, number> =>
      Object.fromEntries(
        years.map((label, year) => {
          let count = 0;
          for (let merchant = 0; merchant < this.merchants.count; merchant++)
            count += flags[merchant * YEARS + year]!;
          return [label, count];
        }),
      );
    return {
      seed,
      lines,
      files: this.files,
      orderRows: {
        read: this.goodRows + bad,
        distinct: this.distinct,
        superseded: this.goodRows - this.distinct,
        bad,
      },
      sums: this.sums,
      goodRowSums: this.goodRowSums,
      injected: {
        badRows: this.badRows,
        laterRows: this.laterRows,
        lateArrivals: this.lateArrivals,
        duplicates: this.duplicates,
        dispatchedBeforePlaced: this.dispatchedBeforePlaced,
        moves: this.merchants.movedTo.reduce((moves, to) => moves + (to >= 0 ? 1 : 0), 0),
      },
      counted: {
        months: Object.fromEntries(this.months.map((measures, month) => [monthLabel(month), measures])),
        years: Object.fromEntries(
          years.map((label, year) => [
            label,
            Object.fromEntries(TRACKS.map((track, t) => [track, this.tracks[year]![t]!])) as Record<
              Track,
              Measures
            >,
          ]),
        ),
        activeMerchants: merchantsIn(this.active),
        distributionMerchants: merchantsIn(this.distributing),
        belts: Object.fromEntries(
          this.beltIds.map((id, belt) => [
            id,
            Object.fromEntries(years.map((label, year) => [label, this.belts[belt]![year]!])),
          ]),
        ),
      },
    };
  }
}

function add(measures: Measures, firstLine: boolean, quantity: number, cents: number, refund: number): void {
  if (firstLine) measures.orders++;
  measures.lines++;
  measures.pieces += quantity;
  measures.gmvCents += cents;
  measures.refundCents += refund;
}

/** Bit t = the line belongs to TRACKS[t]. */
function tracksOf(order: Order, line: number): number {
  const distribution = order.channel >= UPSTREAM_CHANNELS.length;
  const offline = !distribution && order.channel > 0;
  const crossBorder = order.buyerCountry !== CHINA || order.destination !== CHINA;
  const options = order.options[line]!;
  let bits = 1;
  if (distribution) bits |= 2;
  if (crossBorder) bits |= 4;
  if (KINDS[order.kind]!.abroad === 'local') bits |= 8;
  if (options & CUSTOM) bits |= 16;
  if (options & BRAND) bits |= 32;
  if (offline) bits |= 64;
  return bits === 1 ? 129 : bits;
}
