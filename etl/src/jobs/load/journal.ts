/** The journal of loads (`load_events`): each event repeats the whole state of its batch, so the newest one is its state. */
import { loadStatement } from '@beltline/sql/clickhouse';
import { DATABASE, type ClickHouseClient } from '@beltline/sql/engine';
import { z } from 'zod';
import { cents, decimal } from './cents.ts';

export type BatchState =
  'landing' | 'checking' | 'publishing' | 'committed' | 'unchanged' | 'refused' | 'abandoned' | 'failed';

/** Lines, pieces and amount of one side of the balance. Amounts are decimal text: a sum can exceed what a number holds. */
export interface Totals {
  readonly lines: number;
  readonly quantity: string;
  readonly amount: string;
}

export interface Reconciliation {
  readonly read: Totals;
  readonly loaded: Totals;
  readonly superseded: Totals;
  readonly rejected: Totals;
  /** What the mapping said to leave out. */
  readonly ignored: Totals;
  readonly replacedLines: number;
}

/** Rows that the mapping said to leave out for one reason, and the first of them. */
export interface IgnoredRows {
  readonly reason: string;
  readonly lines: number;
  readonly quantity: string;
  readonly amount: string;
  readonly fileNo: number;
  /** '' where the file is not known any more. */
  readonly file: string;
  readonly line: number;
}

/** The state of a batch as of one event. */
export interface BatchRecord {
  readonly batchId: number;
  readonly eventNo: number;
  readonly source: string;
  readonly state: BatchState;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly fingerprint: string;
  readonly message: string;
  /** First days of the months whose figures the batch rebuilds, `YYYY-MM-01`. */
  readonly months: readonly string[];
  readonly reconciliation: Reconciliation;
  readonly warnings: Readonly<Record<string, number>>;
  readonly ignored: readonly IgnoredRows[];
}

/** More than a program writes of one batch. */
const EVENTS_AHEAD = 100;

const ZERO: Totals = { lines: 0, quantity: '0', amount: '0' };
export const NOTHING_READ: Reconciliation = {
  read: ZERO,
  loaded: ZERO,
  superseded: ZERO,
  rejected: ZERO,
  ignored: ZERO,
  replacedLines: 0,
};

/** Fingerprint of a batch that rolls months up again and brings no files; RENUMBERED: that also numbers all units anew. */
export const REBUILT = 'rebuilt';
export const RENUMBERED = 'rebuilt and renumbered';

/** Of one that takes all of a source out of force. */
export const PURGED = 'purged';

const UNDO_OF = 'undo of ';

/** Fingerprint of a batch that takes others back. */
export const undoOf = (batches: readonly number[]): string => `${UNDO_OF}${batches.join(', ')}`;

/** Whether a batch brings nothing and takes others back. */
export const takesBack = ({ fingerprint }: Pick<BatchRecord, 'fingerprint'>): boolean =>
  fingerprint === PURGED || fingerprint.startsWith(UNDO_OF);

/** What a committed batch came to, in a sentence. */
export function outcomeText({ fingerprint, months, reconciliation }: BatchRecord): string {
  const { read, rejected, replacedLines } = reconciliation;
  const rebuilt = `${months.length} months rebuilt`;
  if (fingerprint === PURGED)
    return `Purged: all ${replacedLines} lines in force were taken out; ${rebuilt}.`;
  if (fingerprint.startsWith(UNDO_OF))
    return (
      `Undid ${fingerprint.slice(UNDO_OF.length)}: ${replacedLines} lines in force were taken out, ` +
      `and what they had replaced is back; ${rebuilt}.`
    );
  return `${read.lines} lines read, ${rejected.lines} rejected, ${rebuilt}.`;
}

const SIDES = ['read', 'loaded', 'superseded', 'rejected'] as const;

const whole = z.union([z.string(), z.number()]).transform(Number);
const ignoredRow = z.object({
  lines: whole,
  quantity: z.coerce.string(),
  amount: z.coerce.string(),
  file_no: whole,
  line: whole,
});
const eventRow = z
  .object({
    batch_id: whole,
    event_no: whole,
    source: z.string(),
    state: z.string().transform((state) => state as BatchState),
    started: whole,
    finished: whole.nullable(),
    fingerprint: z.string(),
    message: z.string(),
    months: z.array(z.string()),
    replaced_lines: whole,
    warnings: z.record(z.string(), whole),
    ignored: z.record(z.string(), ignoredRow),
  })
  .loose();

/** The journal of one batch. */
export class BatchJournal {
  private constructor(
    private readonly client: ClickHouseClient,
    private current: BatchRecord,
    /** Throws where the lock on loads may be another's by now: the batch is then theirs to journal. */
    readonly assertHeld: () => void,
  ) {}

  /** Starts a batch: the next number after all others. Call it only while holding the lock on loads. */
  static async open(
    client: ClickHouseClient,
    source: string,
    fingerprint: string,
    assertHeld: () => void,
  ): Promise<BatchJournal> {
    const journal = new BatchJournal(client, await newBatch(client, source, fingerprint), assertHeld);
    await journal.append({});
    return journal;
  }

  /** Goes on with the journal of a batch that another program began, above all that one may still have on its way. */
  static resume(client: ClickHouseClient, record: BatchRecord, assertHeld: () => void): BatchJournal {
    return new BatchJournal(client, { ...record, eventNo: record.eventNo + EVENTS_AHEAD }, assertHeld);
  }

  /** The state of the batch as of the newest event. */
  get record(): BatchRecord {
    return this.current;
  }

  async append(change: BatchChange): Promise<void> {
    this.assertHeld();
    this.current = { ...this.current, ...change, eventNo: this.current.eventNo + 1 };
    await insertEvent(this.client, this.current);
  }
}

/** The number that the next batch gets. */
export async function nextBatch(client: ClickHouseClient): Promise<number> {
  const result = await client.query({
    query: loadStatement('next-batch'),
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ next: string }>();
  return Number(row?.next ?? 1);
}

async function newBatch(client: ClickHouseClient, source: string, fingerprint: string): Promise<BatchRecord> {
  return {
    batchId: await nextBatch(client),
    eventNo: 0,
    source,
    state: 'landing',
    startedAt: new Date(),
    finishedAt: null,
    fingerprint,
    message: '',
    months: [],
    reconciliation: NOTHING_READ,
    warnings: {},
    ignored: [],
  };
}

export type BatchChange = Partial<
  Pick<BatchRecord, 'state' | 'finishedAt' | 'message' | 'months' | 'reconciliation' | 'warnings' | 'ignored'>
>;

async function insertEvent(client: ClickHouseClient, next: BatchRecord): Promise<void> {
  const totals = SIDES.flatMap((side) => {
    const { lines, quantity, amount } = next.reconciliation[side];
    return [
      [`${side}_lines`, lines],
      [`${side}_quantity`, quantity],
      [`${side}_amount`, amount],
    ];
  });
  await client.insert({
    table: `${DATABASE}.load_events`,
    format: 'JSONEachRow',
    values: [
      {
        batch_id: next.batchId,
        event_no: next.eventNo,
        at: instant(new Date()),
        source: next.source,
        state: next.state,
        started_at: instant(next.startedAt),
        finished_at: next.finishedAt && instant(next.finishedAt),
        fingerprint: next.fingerprint,
        message: next.message,
        months: next.months,
        ...(Object.fromEntries(totals) as Record<string, unknown>),
        replaced_lines: next.reconciliation.replacedLines,
        warnings: next.warnings,
        ignored: Object.fromEntries(
          next.ignored.map(({ reason, lines, quantity, amount, fileNo, line }) => [
            reason,
            { lines, quantity, amount, file_no: fileNo, line },
          ]),
        ),
      },
    ],
    clickhouse_settings: { async_insert: 0 },
  });
}

/** Text that ClickHouse reads as a UTC instant with milliseconds. */
export const instant = (date: Date): string => date.toISOString().slice(0, 23).replace('T', ' ');

/** The newest state of every batch that is neither done nor given up, the oldest first. */
export async function unfinishedBatches(client: ClickHouseClient): Promise<BatchRecord[]> {
  const result = await client.query({
    query: loadStatement('newest-events'),
    format: 'JSONEachRow',
  });
  const rows = z.array(eventRow).parse(await result.json());
  return rows
    .map(batchOf)
    .filter(({ state }) => state === 'landing' || state === 'checking' || state === 'publishing');
}

/** What several kinds of rows come to together. */
const totalsOf = (rows: readonly Totals[]): Totals => ({
  lines: rows.reduce((sum, { lines }) => sum + lines, 0),
  quantity: String(rows.reduce((sum, { quantity }) => sum + BigInt(quantity), 0n)),
  amount: decimal(rows.reduce((sum, { amount }) => sum + cents(amount), 0n)),
});

function batchOf(row: z.output<typeof eventRow>): BatchRecord {
  const ignored = Object.entries(row.ignored).map(([reason, { file_no: fileNo, ...one }]) => ({
    reason,
    ...one,
    fileNo,
    file: '',
  }));
  const totals = (side: string): Totals => ({
    lines: Number(row[`${side}_lines`]),
    quantity: String(row[`${side}_quantity`]),
    amount: String(row[`${side}_amount`]),
  });
  return {
    batchId: row.batch_id,
    eventNo: row.event_no,
    source: row.source,
    state: row.state,
    startedAt: new Date(row.started),
    finishedAt: row.finished === null ? null : new Date(row.finished),
    fingerprint: row.fingerprint,
    message: row.message,
    months: row.months,
    reconciliation: {
      read: totals('read'),
      loaded: totals('loaded'),
      superseded: totals('superseded'),
      rejected: totals('rejected'),
      ignored: totalsOf(ignored),
      replacedLines: row.replaced_lines,
    },
    warnings: row.warnings,
    ignored,
  };
}
