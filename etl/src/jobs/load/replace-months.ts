/** Months that a load replaces: its lines are in force in them and no others, as one version. */
import { z } from 'zod';
import type { SourceDefinition } from '../../source/index.ts';
import { LoadRefusedError, UsageError } from './load-error.ts';
import type { LoadSession } from './load-session.ts';
import type { FileNames } from './plan-months.ts';

export interface ReplacedMonths {
  /** The first and the last month, `YYYYMM`. */
  readonly first: number;
  readonly last: number;
  /** Months of them may be left without a line. */
  readonly mayBeEmpty: boolean;
  /** Why, for the journal; '' where nobody says. */
  readonly reason: string;
}

/** Two months as a person writes them, `2024-03`. @throws UsageError where they are none, or the last comes before the first. */
export function monthsBetween(from: string, to: string): Pick<ReplacedMonths, 'first' | 'last'> {
  const [first, last] = [from, to].map((text) => {
    const [, year, month] = /^([12]\d{3})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
    if (!year) throw new UsageError(`${text} is no month; write it as 2024-03.`);
    return Number(`${year}${month}`);
  }) as [number, number];
  if (last < first) throw new UsageError(`The months end before they begin: --from ${from} --to ${to}.`);
  return { first, last };
}

const count = z.union([z.string(), z.number()]).transform(Number);
const outside = z.object({ lines: count, file_no: count, line: count, day: z.string() });
const emptied = z.object({ month: count, lines: count });
const withheld = z.object({ lines: count });

const text = (month: number): string => `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}`;

/** @throws LoadRefusedError where a line of the files was placed in another month. */
export async function refuseOutside(
  session: LoadSession,
  { id: source }: SourceDefinition,
  { first, last }: ReplacedMonths,
  files: FileNames,
): Promise<void> {
  const one = await session.row('lines-outside', outside, { parameters: { source, first, last } });
  if (one.lines === 0) return;
  throw new LoadRefusedError(
    `${one.lines} ${one.lines === 1 ? 'line was' : 'lines were'} placed outside of ${text(first)} to ${text(last)} ` +
      `(first: ${files.get(one.file_no) ?? `file ${one.file_no}`}, line ${one.line}, on ${one.day}). Nothing was changed. ` +
      'Give files of these months alone, or other months.',
  );
}

/**
 * Looks at what the batch withdraws.
 * @throws LoadRefusedError where a month is left without any line and that was not asked for, or lines would stay because of a
 * record that could not be read: what is in force in the months would not be what the files say.
 */
export async function refuseUnclear(
  session: LoadSession,
  { id: source }: SourceDefinition,
  { mayBeEmpty }: ReplacedMonths,
): Promise<void> {
  const { lines } = await session.row('withheld-lines', withheld);
  if (lines > 0)
    throw new LoadRefusedError(
      `A record was rejected of which it cannot be told which order it is, so it may be any of ${lines} lines in force that these files do not bring. ` +
        'Nothing was changed. Correct the record, or take it out of the file.',
    );
  if (mayBeEmpty) return;
  const [one, ...more] = await session.rows('months-emptied', emptied, { parameters: { source } });
  if (one === undefined) return;
  throw new LoadRefusedError(
    `These files bring no line of ${text(one.month)}, of which ${one.lines} are in force${more.length > 0 ? `, nor of ${more.length} more such months` : ''}. Nothing was changed. ` +
      'Give other months, or say --empty-months, where these are to be left without a line.',
  );
}
