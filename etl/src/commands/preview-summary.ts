import { basename } from 'node:path';
import { shownPath, shownText } from '../files/index.ts';
import { rejectText } from '../jobs/load/check-lines.ts';
import {
  type BeltChange,
  leftOut,
  type MappedRow,
  type MonthChange,
  type PreviewReport,
} from '../jobs/load/preview-orders.ts';
import { balanceTable, filesJson, ignoredText } from './load-summary.ts';

/** Belts that are listed; all of them are in the JSON. */
const MOST_BELTS = 40;

const TRACKS = [
  [1, 'distribution'],
  [2, 'cross-border'],
  [4, 'custom'],
  [8, 'factory brand'],
  [16, 'offline'],
  [32, 'overseas local'],
  [64, 'classic wholesale'],
] as const;

/** A combination of tracks in words. */
export const tracksText = (combination: number): string =>
  TRACKS.flatMap(([bit, name]) => ((combination & bit) === 0 ? [] : [name])).join(' + ');

const money = (amount: string): string => Number(amount).toFixed(2);

/** What changes in a month, in a line. */
export const monthChangeText = (one: MonthChange): string =>
  `${Math.floor(one.month / 100)}-${String(one.month % 100).padStart(2, '0')}: lines ${one.lines_before} → ${one.lines_after}, ` +
  `orders ${one.orders_before} → ${one.orders_after}, GMV ${money(one.gmv_before)} → ${money(one.gmv_after)}`;

/** For a person: what a load of these files would do. */
export function previewText(report: PreviewReport, seconds: number): string {
  const { source, outcome, message, rows, reconciliation, months, belts, warnings } = report;
  if (outcome === 'unchanged') return `Preview of ${source}: ${message}`;
  const oddities = Object.entries(warnings).map(([name, lines]) => `${name} ${lines}`);
  const skipped = leftOut(report);
  return [
    `Preview of ${source}, in ${seconds.toFixed(1)} s: a load would be ${outcome}. Nothing was changed.`,
    ...(reconciliation.read.lines > 0 ? balanceTable(reconciliation) : []),
    ...section('Ignored, as the source says:', report.ignored.map(ignoredText)),
    ...section('Rejected lines, by rule:', report.rejectedLines.map(rejectText)),
    ...section('Rejected rows of lookups:', report.rejectedLookups.map(rejectText)),
    ...(oddities.length > 0 ? [`Warnings: ${oddities.join(', ')}.`] : []),
    ...section(
      'Months, in force now → after the load (counted lines, their orders and GMV):',
      months.map(monthChangeText),
    ),
    ...section(
      `Belts and tracks, in those months${belts.length > MOST_BELTS ? ` (the first ${MOST_BELTS} of ${belts.length}, by GMV)` : ''}:`,
      largest(belts).map(
        (one) =>
          `${shownText(one.belt_id) || 'in no belt'}, ${tracksText(one.combination)}: lines ${one.lines_before} → ${one.lines_after}, ` +
          `GMV ${money(one.gmv_before)} → ${money(one.gmv_after)}`,
      ),
    ),
    ...(skipped.length > 0
      ? [`Already loaded and left out: ${skipped.map(({ path }) => shownPath(basename(path))).join(', ')}.`]
      : []),
    ...section(`The first ${rows.length} rows, as they are and as they are mapped:`, rows.map(rowText)),
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `- ${line}`)];

const largest = (belts: readonly BeltChange[]): readonly BeltChange[] =>
  [...belts].sort((a, b) => Number(b.gmv_after) - Number(a.gmv_after)).slice(0, MOST_BELTS);

/** Fields that are empty say nothing. */
function rowText({ file, line, raw, mapped }: MappedRow): string {
  const fields = Object.entries(mapped).filter(([, value]) => value !== '');
  return (
    `${file}, line ${line}: ${shownText(raw)}\n` +
    `    ${fields.map(([name, value]) => `${name}=${shownText(value)}`).join(' ')}`
  );
}

/** The same for a program. */
export function previewJson({ files, ...report }: PreviewReport, seconds: number): string {
  return JSON.stringify({ ...report, files: filesJson(files), seconds });
}
