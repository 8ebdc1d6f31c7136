import { basename } from 'node:path';
import { isSkipped } from '../jobs/load/batch-files.ts';
import { rejectText } from '../jobs/load/check-lines.ts';
import { shownPath, shownText } from '../files/index.ts';
import { type IgnoredRows, NOTHING_READ, type Reconciliation } from '../jobs/load/journal.ts';
import type { LoadReport } from '../jobs/load/load-orders.ts';

/** What became of every row, a side a line. */
export function balanceTable({ read, loaded, superseded, rejected, ignored }: Reconciliation): string[] {
  const rows = [
    ['', 'lines', 'quantity', 'amount'],
    ...Object.entries({ read, loaded, superseded, rejected, ignored }).map(([side, totals]) => [
      side,
      String(totals.lines),
      totals.quantity,
      totals.amount,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** What a mapping left out for one reason, in a line. */
export const ignoredText = ({ reason, lines, amount, file, line }: IgnoredRows): string =>
  `${shownText(reason)}: ${lines} ${lines === 1 ? 'row' : 'rows'}, amount ${amount}${file && `, first in ${file}, line ${line}`}`;

/** The end of a load for a person: what came of every row, in lines, pieces and amount. */
export function reportText(
  { batch, files, rejectedLines, rejectedLookups }: LoadReport,
  seconds: number,
): string {
  const skipped = files.filter(isSkipped);
  if (batch.state === 'unchanged') return `Batch ${batch.batchId}: ${batch.message}`;
  const { read, replacedLines } = batch.reconciliation;
  const {
    withdrawn = 0,
    'memberships-changed': changed = 0,
    'lines-moved': moved = 0,
    'memberships-kept': kept = 0,
    'owners-changed': handedOver = 0,
    'lines-of-new-owners': ofNewOwners = 0,
    ...oddities
  } = batch.warnings;
  const warnings = Object.entries(oddities).map(([name, lines]) => `${name} ${lines}`);
  return [
    `Batch ${batch.batchId} of ${batch.source} is committed in ${seconds.toFixed(1)} s (${Math.round(read.lines / seconds)} lines/s).`,
    ...balanceTable(batch.reconciliation),
    `read = loaded + superseded + rejected + ignored; ${replacedLines} lines in force were replaced.`,
    ...(withdrawn > 0 ? [`${withdrawn} lines in force are no longer in the export and were withdrawn.`] : []),
    ...(changed + moved > 0
      ? [
          `Merchants whose memberships changed: ${changed}; lines in force that are in another belt now, or in none: ${moved}.`,
        ]
      : []),
    ...(handedOver > 0
      ? [
          `Merchants that changed hands: ${handedOver}; counted lines in force, of all months, that are the new owner's now: ${ofNewOwners}.`,
        ]
      : []),
    ...(kept > 0
      ? [`Merchants that keep the memberships they had, because a row of lookups was rejected: ${kept}.`]
      : []),
    `Months rebuilt: ${batch.months.length === 0 ? 'none' : monthsText(batch.months)}.`,
    ...(batch.ignored.length > 0
      ? ['Ignored, as the source says:', ...batch.ignored.map((rows) => `- ${ignoredText(rows)}`)]
      : []),
    ...(rejectedLines.length > 0
      ? [
          'Rejected lines, by rule (all of them are on the data page):',
          ...rejectedLines.map((rule) => `- ${rejectText(rule)}`),
        ]
      : []),
    ...(rejectedLookups.length > 0
      ? ['Rejected rows of lookups:', ...rejectedLookups.map((rule) => `- ${rejectText(rule)}`)]
      : []),
    ...(warnings.length > 0 ? [`Warnings: ${warnings.join(', ')}.`] : []),
    ...(skipped.length > 0
      ? [`Already loaded and left out: ${skipped.map(({ path }) => shownPath(basename(path))).join(', ')}.`]
      : []),
  ].join('\n');
}

function monthsText(months: readonly string[]): string {
  const [first = '', last = ''] = [months[0], months.at(-1)].map((month) => month?.slice(0, 7));
  return months.length === 1 ? first : `${months.length}, from ${first} to ${last}`;
}

/** The files of a load, as programs read them. */
export const filesJson = (files: LoadReport['files']): unknown[] =>
  files.map((file) => ({
    fileNo: file.fileNo,
    table: file.table.table,
    name: basename(file.path),
    ...file.print,
    skipped: isSkipped(file),
  }));

/** The same for a program. */
export function reportJson(
  { batch, files, rejectedLines, rejectedLookups }: LoadReport,
  seconds: number,
): string {
  const { batchId, source, state, months, reconciliation, warnings, ignored, message } = batch;
  return JSON.stringify({
    batchId,
    source,
    state,
    message,
    months,
    reconciliation,
    warnings,
    ignored,
    rejectedLines,
    rejectedLookups,
    files: filesJson(files),
    seconds,
  });
}

/** That of a load that was refused: nothing of it counts, and what was rejected, where it came to that, is in the message. */
export function refusalJson(source: string, message: string, seconds: number): string {
  return JSON.stringify({
    batchId: null,
    source,
    state: 'refused',
    message,
    months: [],
    reconciliation: NOTHING_READ,
    warnings: {},
    ignored: [],
    rejectedLines: [],
    rejectedLookups: [],
    files: [],
    seconds,
  });
}
