/**
 * Which data versions there are, as far as each of the places that know them can be read: the list, the journal of loads,
 * and the seals. What one of them has lost is known from the others; what all of them have lost, from the sources that were
 * declared.
 */
import { z } from 'zod';
import { isForbidden, isUnreadable } from '../query.ts';
import type { SealedVersion } from './damage.ts';

const count = z.union([z.string(), z.number()]).transform(Number);
const version = z
  .object({ data_version: count, source: z.string(), months: z.array(z.string()), flag: count })
  .transform((row) => ({
    source: row.source,
    dataVersion: row.data_version,
    months: row.months,
    flag: row.flag === 1,
  }));
type Row = z.output<typeof version>;

/** Rows of a statement of `sql/clickhouse/seals/`. */
export type Ask = (
  name: string,
  row: typeof version,
  filling?: Readonly<Record<string, string>>,
) => Promise<Row[]>;

export interface KnownVersions {
  readonly listed: readonly SealedVersion[];
  /** Once committed, and no longer listed. */
  readonly unlisted: readonly SealedVersion[];
  /** Of these, the ones whose seals can be read. */
  readonly unlistedSealed: readonly SealedVersion[];
  /** Listed, and without any seal that can be read. */
  readonly unsealed: readonly SealedVersion[];
  /** False where the journal's files are gone or are not what was written. */
  readonly hasJournal: boolean;
  /** Of the list, the journal and the seals, the tables that the account may not read. */
  readonly forbidden: ReadonlySet<string>;
}

/**
 * In this order, since loads go on: a batch is journalled before it is sealed, and called committed after it is listed; so
 * what is sealed is asked before the journal, and that before the list.
 */
export async function knownVersions(ask: Ask): Promise<KnownVersions> {
  const forbidden = new Set<string>();
  const sealed = (await readable('seals', ask('sealed', version))) ?? [];
  const journal = await readable('load_events', ask('journalled', version));
  const listed =
    (await readable(null, ask('data-versions', version, { seals: 'seals' }))) ??
    (await readable('data_versions', ask('data-versions', version, { seals: 'seals WHERE false' }))) ??
    [];
  const isNothingKnown = listed.length + sealed.length + (journal?.length ?? 0) === 0;
  const declared = isNothingKnown ? ((await readable('sources', ask('declared', version))) ?? []) : [];
  const isListed = new Set(listed.map(({ dataVersion }) => dataVersion));
  const begun = new Set(journal?.map(({ dataVersion }) => dataVersion));
  const committed = [
    ...(journal ?? []).filter(({ flag }) => flag),
    // No batch is sealed that was not journalled: the journal has lost these.
    ...(journal ? sealed.filter(({ dataVersion }) => !begun.has(dataVersion)) : []),
    ...declared,
  ];
  const unlisted = committed.filter(({ dataVersion }) => !isListed.has(dataVersion));
  const hasSeals = new Set(sealed.map(({ dataVersion }) => dataVersion));
  return {
    listed,
    unlisted,
    unlistedSealed: unlisted.filter(({ dataVersion }) => hasSeals.has(dataVersion)),
    unsealed: listed.filter(({ flag }) => !flag),
    hasJournal: journal !== null,
    forbidden,
  };

  /** Null where a table cannot be read because of what is on the disk. */
  async function readable<T>(table: string | null, asked: Promise<T>): Promise<T | null> {
    try {
      return await asked;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      if (table !== null && isForbidden(error)) forbidden.add(table);
      return null;
    }
  }
}
