import { z } from 'zod';
import { bilingual, day, month, sourceId } from './vocabulary.ts';

/**
 * State of a batch (one load). `committed` is the only one whose figures a reader can see. `unchanged`: every file had
 * been loaded before. `refused`: a fault of a file, or too many bad rows; the tables are as they were. `abandoned`: killed
 * before the decision to publish; load the files again. `publishing`: decided, and completed by the next run if killed.
 */
export const batchState = z.enum([
  'landing',
  'checking',
  'publishing',
  'committed',
  'unchanged',
  'refused',
  'abandoned',
  'failed',
]);
export type BatchState = z.infer<typeof batchState>;

/** One row of the reconciliation: read = loaded + superseded + rejected + ignored, for lines, pieces and amount. */
export const reconciliationLine = z.object({
  measure: z.enum(['lines', 'quantity', 'amount']),
  read: z.number(),
  loaded: z.number(),
  superseded: z.number(),
  rejected: z.number(),
  /** Rows that the source says to leave out. */
  ignored: z.number(),
  balanced: z.boolean(),
});

export const batchFile = z.object({
  fileNo: z.number().int(),
  table: z.string(),
  role: z.enum(['facts', 'lookup']),
  name: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  rows: z.number().int(),
  /** True where the same bytes had been loaded before and the file was left out. */
  skipped: z.boolean(),
});

export const batch = z.object({
  batchId: z.number().int(),
  source: sourceId,
  state: batchState,
  startedAt: z.iso.datetime({ offset: true }),
  finishedAt: z.iso.datetime({ offset: true }).nullable(),
  /**
   * What the batch is: a load, figures that were made anew (`rebuild`), other batches taken back (`undo`, or all of the source: `purge`), or a load of
   * which nothing else is in force in its months (`replace`). Null where it has published nothing, or did so before acts were kept.
   */
  act: z.enum(['load', 'rebuild', 'undo', 'purge', 'replace']).nullable(),
  /** Account and machine that asked for it; null where `act` is. */
  actor: z.string().nullable(),
  /** Why, as it was told; null where nobody did. */
  reason: z.string().nullable(),
  /** Whether a later batch has taken it out of force. */
  undone: z.boolean(),
  /** The data version that the batch published; null unless committed. */
  dataVersion: z.number().int().nullable(),
  months: z.array(month),
  message: z.string(),
  reconciliation: z.array(reconciliationLine),
  rejectsByRule: z.array(z.object({ rule: z.string(), field: z.string(), rows: z.number().int() })),
  /** Rows that the source says to leave out, by the reason that it gives; the most first. */
  ignoredByReason: z.array(z.object({ reason: z.string(), rows: z.number().int() })),
  warningsByRule: z.array(z.object({ rule: z.string(), rows: z.number().int() })),
});
export type Batch = z.infer<typeof batch>;

export const loadsAnswer = z.object({ loads: z.array(batch), next: z.string().nullable() });
export type LoadsAnswer = z.infer<typeof loadsAnswer>;
export const loadAnswer = z.object({ load: batch, files: z.array(batchFile) });
export type LoadAnswer = z.infer<typeof loadAnswer>;

/** A quarantined row: where it stood, its raw text, and each rule that it broke. */
export const reject = z.object({
  batchId: z.number().int(),
  file: z.string(),
  line: z.number().int(),
  raw: z.string(),
  faults: z.array(z.object({ rule: z.string(), field: z.string(), value: z.string() })),
});
export const rejectsAnswer = z.object({
  rejects: z.array(reject),
  count: z.number().int(),
  next: z.string().nullable(),
});
export type RejectsAnswer = z.infer<typeof rejectsAnswer>;

/** A source of orders that has been loaded, with what is needed to ask about it. */
export const source = z.object({
  source: sourceId,
  name: bilingual,
  currency: z.string().length(3),
  timeZone: z.string(),
  homeCountry: z.string().length(2),
  firstDay: day,
  dataThrough: day,
  /** Whether the source's country keeps the Spring Festival: days are then aligned on the lunar calendar around it. */
  keepsSpringFestival: z.boolean(),
  /** Months between that hold no line: not known, which is not 0. */
  notLoaded: z.array(month),
  /** Months beside those of which only these days are known, and which are not complete. Left out where there are none. */
  edges: z.array(z.object({ month, firstDay: day, lastDay: day })).optional(),
  /** First and last complete month; null where no month is complete. */
  completeMonths: z.object({ from: month, to: month }).nullable(),
  /** First month with any data, and last month, which may be incomplete. */
  months: z.object({ from: month, to: month }),
  /** What a reader sees first: the last complete calendar year with a complete year before it, else up to twelve complete months. */
  defaultPeriod: z.object({ from: month, to: month }),
  dataVersion: z.number().int(),
  publishedAt: z.iso.datetime({ offset: true }),
  /** How much the source holds; null where what is stored of it is damaged. */
  belts: z.number().int().nullable(),
  merchants: z.number().int().nullable(),
  lines: z.number().int().nullable(),
});
export type Source = z.infer<typeof source>;
/** `GET /sources`: the first published first; it is the one that is meant where a question names none. */
export const sourcesAnswer = z.object({ sources: z.array(source) });
export type SourcesAnswer = z.infer<typeof sourcesAnswer>;

/** One published data version: which batch made it and which months it rebuilt. */
export const dataVersion = z.object({
  dataVersion: z.number().int(),
  batchId: z.number().int(),
  source: sourceId,
  publishedAt: z.iso.datetime({ offset: true }),
  months: z.array(month),
});
export const dataVersionsAnswer = z.object({ versions: z.array(dataVersion) });
export type DataVersionsAnswer = z.infer<typeof dataVersionsAnswer>;

/** `GET /lineage`: the batches behind the figures of a belt and period: lines in force by the batch that loaded them. */
export const lineageAnswer = z.object({
  source: sourceId,
  from: month,
  to: month,
  beltId: z.string().nullable(),
  batches: z.array(
    z.object({
      batchId: z.number().int(),
      lines: z.number().int(),
      /** Null for who may not see figures. */
      gmv: z.number().nullable(),
      months: z.array(month),
    }),
  ),
});
export type LineageAnswer = z.infer<typeof lineageAnswer>;
