/** What the journal of loads has lost. It is not sealed, since no figure is read from it; but that it has holes is said. */
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { isUnreadable } from '../query.ts';
import { statement } from './sealed-tables.ts';

const versions = z.array(z.coerce.number());
const gaps = z.object({ events: versions, files: versions, unmapped: versions, rejects: versions });

const NAMED = 8;

/**
 * A sentence for each thing that is lost, with what follows from it; none where the journal is whole, or where it cannot be
 * read at all, which is damage and told as such.
 */
export async function journalGaps(client: ClickHouseClient): Promise<string[]> {
  try {
    const result = await client.query({ query: statement('journal-gaps'), format: 'JSONEachRow' });
    const [row] = z.array(gaps).parse(await result.json());
    const said = (lost: readonly number[] = [], what: string) =>
      lost.length === 0 ? [] : [`Lost from the disk is ${what} of ${listed(lost)}. ${SOUND}`];
    return [
      ...said(row?.events, 'what the journal said'),
      ...said(row?.files, 'the list of files').map(
        (text) => `${text} ${READ_AGAIN}${row?.unmapped.length ? ` ${UNMAPPED}` : ''}`,
      ),
      ...said(row?.rejects, 'part of the rejected rows'),
    ];
  } catch (error) {
    if (isUnreadable(error)) return [];
    throw error;
  }
}

const SOUND = 'No figure is read from that, and nothing has to be mended; look after the disk.';
const READ_AGAIN = 'Its files, given again, are read again and change nothing.';
const UNMAPPED =
  'A change of the mapping is not noticed for lines that were loaded before this program: after one, load all files with it.';

const listed = (lost: readonly number[]): string => {
  const names = lost.slice(-NAMED).join(', ');
  return `load${lost.length === 1 ? '' : 's'} ${names}${lost.length > NAMED ? ` and ${lost.length - NAMED} earlier ones` : ''}`;
};
