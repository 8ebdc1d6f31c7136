/** A mapping that is not the one that lines in force were read under: seen, named, and never applied to half of them unsaid. */
import { loadStatement } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { z } from 'zod';
import type { SourceDefinition } from '../../source/index.ts';
import { LoadRefusedError } from './load-error.ts';
import type { LoadSession } from './load-session.ts';

const count = z.union([z.string(), z.number()]).transform(Number);
const kept = z.object({ lines: count, in_other_currency: count });

/** Committed batches whose files were read under another mapping than today's. */
export interface OtherMapping {
  readonly batches: readonly number[];
  /** Names of their files, some of them; none where the list of files is lost. */
  readonly files: readonly string[];
  /** Whether the newest files were read so: the mapping has changed since. */
  readonly isLast: boolean;
}

/** The batches of a source that were mapped otherwise; those loaded before the mapping was recorded are not known to be, and those that were undone have left nothing. */
export async function otherMapping(
  client: ClickHouseClient,
  source: string,
  mapping: string,
  undone: readonly number[],
): Promise<OtherMapping> {
  const result = await client.query({
    query: loadStatement('other-mapping'),
    query_params: { source, mapping, undone },
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ batches: string[]; files: string[]; last_is_other: number }>();
  return {
    batches: (row?.batches ?? []).map(Number),
    files: row?.files ?? [],
    isLast: Number(row?.last_is_other ?? 0) > 0,
  };
}

/**
 * @returns how many lines in force stay as the other mapping read them, because the batch does not replace them.
 * @throws LoadRefusedError where there are some, unless they may stay; in another currency none may, since sums would add both up.
 */
export async function refuseHalfMapped(
  session: LoadSession,
  source: SourceDefinition,
  other: OtherMapping,
  mayStay: boolean,
): Promise<number> {
  if (other.batches.length === 0) return 0;
  const parameters = { source: source.id, batches: other.batches, currency: source.currency };
  const { lines, in_other_currency: inOther } = await session.row('lines-not-brought', kept, { parameters });
  if (inOther > 0)
    throw new LoadRefusedError(
      `${inOther} lines in force of ${source.id} are in another currency than ${source.currency}, and these files do not bring them: sums would add both up. ` +
        `They came from ${cameFrom(other)}. Nothing was changed. Give those files as well, in ${source.currency}; or load this currency as a source of its own.`,
    );
  if (lines === 0 || mayStay) return lines;
  throw new LoadRefusedError(
    `The mapping of ${source.id} is not the one that ${lines} lines in force were read under, and these files do not bring them, or only older records of them. ` +
      `They came from ${cameFrom(other)}. Nothing was changed. ` +
      'Give those files as well, so that one mapping holds for all lines; or say --keep-old-lines, where the old lines are to stay as they are.',
  );
}

const cameFrom = ({ files, batches }: OtherMapping): string =>
  files.length > 0
    ? `${files.join(', ')}${files.length === 5 ? ' …' : ''}`
    : `load ${batches.join(', ')}, of which the list of files is lost`;
