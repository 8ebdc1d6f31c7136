import { join } from 'node:path';
import { BAD_ROW_KINDS, canSpoil, spoil } from './bad-rows.ts';
import { LAST_EXPORT, MONTHS, exportTime, fileOfChange, monthLabel } from './calendar.ts';
import { ChunkedFile } from './chunked-file.ts';
import { ORDER_COLUMNS } from './codes.ts';
import type { LaterRowKind } from './manifest.ts';
import type { Order } from './order.ts';
import { Random } from './random.ts';
import { LONGEST_ROW, RowWriter } from './row-writer.ts';
import type { Tally } from './tally.ts';

/** One bad row for so many good ones, on average. */
const BAD_EVERY = 960;
/** One exact duplicate for so many good rows. */
const DUPLICATE_EVERY = 2_000;
/** Share of orders that reach the platform only with the export of the next month. */
const LATE_ARRIVALS = 0.0022;

/**
 * The monthly order files. Each has the orders placed in its month as known at its export, and then what changed
 * in orders of earlier months since the export before: later states, late arrivals, a few duplicates.
 */
export class OrderFiles {
  private file: ChunkedFile | undefined;
  private month = 0;
  private rows = 0;
  private readonly buffers = ChunkedFile.buffers();
  private readonly random: Random;
  /** Rows for later files; about 1.5 % of two months' rows at any time. */
  private readonly waiting: Buffer[][] = Array.from({ length: MONTHS }, () => []);
  private readonly scratch = new RowWriter(8 * LONGEST_ROW);
  private untilBad: number;
  private untilDuplicate: number;
  private nextBad = 0;

  constructor(
    private readonly folder: string,
    seed: number,
    private readonly tally: Tally,
    private readonly nextSequence: (month: number) => number,
  ) {
    this.random = new Random(seed, 'order files');
    this.untilBad = this.gap(BAD_EVERY);
    this.untilDuplicate = this.gap(DUPLICATE_EVERY);
  }

  async open(month: number): Promise<void> {
    this.month = month;
    this.rows = 0;
    this.file = await ChunkedFile.create(join(this.folder, nameOf(month)), ORDER_COLUMNS, this.buffers);
  }

  /** True when `flush` must be awaited before the next order. */
  get full(): boolean {
    return this.file!.full;
  }

  flush(): Promise<void> {
    return this.file!.flush();
  }

  /** Writes an order of the open month and puts its later states aside for their files. */
  write(order: Order): void {
    this.tally.order(order);
    const late = this.month < MONTHS - 1 && this.random.unit() < LATE_ARRIVALS;
    const known = exportTime(order.month);
    for (let line = 0; line < order.lines; line++) {
      if (late) this.putAside(order, line, known, this.month + 1);
      else this.putRow(order, line, known);
    }
    if (late) this.tally.lateArrivals += order.lines;
    if (known < LAST_EXPORT && order.updatedAt(LAST_EXPORT) > known) this.laterStates(order, known);
  }

  /** Appends what waited for this file and closes it. */
  async close(): Promise<void> {
    for (const row of this.waiting[this.month]!) {
      this.file!.rows.copy(row);
      this.rows++;
      if (this.file!.full) await this.file!.flush();
    }
    this.waiting[this.month] = [];
    const closing = this.file!;
    this.file = undefined;
    await closing.close();
    this.tally.files.push({ name: nameOf(this.month), rows: this.rows, bytes: closing.bytes });
  }

  async abandon(): Promise<void> {
    await this.file?.abandon();
  }

  private putRow(order: Order, line: number, time: number): void {
    const { rows } = this.file!;
    const from = rows.length;
    rows.row(order, line, time);
    this.rows++;
    this.count(order, line, time);
    if (--this.untilDuplicate <= 0) this.duplicate(order, line, time, rows.bytes.subarray(from, rows.length));
    if (--this.untilBad <= 0) this.putBadRow(rows.bytes.toString('latin1', from, rows.length));
  }

  private putAside(order: Order, line: number, time: number, file: number): void {
    this.scratch.length = 0;
    this.scratch.row(order, line, time);
    this.waiting[file]!.push(Buffer.from(this.scratch.bytes.subarray(0, this.scratch.length)));
    this.count(order, line, time);
  }

  private count(order: Order, line: number, time: number): void {
    this.tally.row(order.quantityAt(line, time), order.centsAt(line, time), order.refundAt(line, time));
  }

  /** One row for each line and event after the export of the order's own file. */
  private laterStates(order: Order, known: number): void {
    const all = (): boolean => true;
    const completed = Math.max(after(order.dispatched, known), after(order.delivered, known));
    this.laterState(order, completed, 'completion', all);
    this.laterState(order, after(order.refunded, known), 'refund', (line) => order.refund[line]! > 0);
    this.laterState(
      order,
      after(order.refundedAgain, known),
      'refund',
      (line) => order.refundAgain[line]! > 0,
    );
    this.laterState(
      order,
      after(order.corrected, known),
      'correction',
      (line) => line === order.correctedLine,
    );
    this.laterState(order, after(order.cancelled, known), 'cancellation', all);
  }

  private laterState(
    order: Order,
    time: number,
    kind: LaterRowKind,
    affects: (line: number) => boolean,
  ): void {
    if (time === 0) return;
    const file = fileOfChange(time, order.month + 1);
    for (let line = 0; line < order.lines; line++) {
      if (!affects(line)) continue;
      this.putAside(order, line, time, file);
      this.tally.laterRows[kind]++;
    }
  }

  /** Half of the duplicates come with the next file, the others stand at the end of this one. */
  private duplicate(order: Order, line: number, time: number, row: Uint8Array): void {
    this.untilDuplicate = this.gap(DUPLICATE_EVERY);
    const file = this.month < MONTHS - 1 && this.random.chance(0.5) ? this.month + 1 : this.month;
    this.waiting[file]!.push(Buffer.from(row));
    this.tally.duplicates++;
    this.count(order, line, time);
  }

  private putBadRow(goodRow: string): void {
    if (!canSpoil(goodRow)) return;
    this.untilBad = this.gap(BAD_EVERY);
    const kind = BAD_ROW_KINDS[this.nextBad++ % BAD_ROW_KINDS.length]!;
    const orderId = goodRow.slice(0, 6) + String(this.nextSequence(this.month)).padStart(8, '0');
    this.file!.rows.copy(Buffer.from(spoil(goodRow, orderId, kind, this.random), 'utf8'));
    this.rows++;
    this.tally.badRows[kind]++;
  }

  /** Uniform on 1 … 2·mean − 1: irregular, but its number hardly varies. */
  private gap(mean: number): number {
    return this.random.between(1, 2 * mean - 1);
  }
}

/** The time if it lies between the order's own export and the last one, else 0. */
function after(time: number, known: number): number {
  return time > known && time <= LAST_EXPORT ? time : 0;
}

function nameOf(month: number): string {
  return `orders-${monthLabel(month)}.csv`;
}
