/** Publications as they are answered: their numbers, states and validators. */
import { createHash } from 'node:crypto';
import type { Publication, VerifyAnswer } from '@beltline/contract';
import { monthOf } from '../../core/calendar.ts';
import type { Numbered, PublicationStore, Row } from './publication-store.service.ts';

/** As BL-2026-0001. */
export const textOf = ({
  year,
  no,
}: {
  readonly year: number | null;
  readonly no: number | null;
}): string | null => (year === null || no === null ? null : `BL-${year}-${String(no).padStart(4, '0')}`);
export const numberOf = (row: Row | undefined): string | null => textOf(row ?? { year: null, no: null });
export function numberedOf(number: string): Numbered {
  const [, year, no] = number.split('-').map(Number);
  return { year: year ?? 0, no: no ?? 0 };
}

export const etagOf = (row: Row): string => {
  const state = [row.id, numberOf(row), row.laterYear, row.laterNo];
  return `"r${createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22)}"`;
};

export function answerOf(row: Row): Publication {
  const { about } = row;
  return {
    ...{
      id: row.id,
      number: numberOf(row),
      state: row.state,
      source: row.source,
      sourceName: about.sourceName,
    },
    ...{ month: monthOf(row.month), region: { kind: row.kind, id: row.region, name: about.regionName } },
    ...{ digest: row.digest.toString('hex'), dataVersion: about.dataVersion },
    preparedAt: row.preparedAt.toISOString(),
    releasedAt: row.releasedAt?.toISOString() ?? null,
    revises: textOf({ year: row.revisesYear, no: row.revisesNo }),
    supersededBy: textOf({ year: row.laterYear, no: row.laterNo }),
    ...{ reason: row.reason, monthsSince: [...about.monthsSince], changes: about.changes },
    leaversSince: about.leaversSince ?? false,
    etag: etagOf(row),
  };
}

/** What was released under a digest, of what `sees` lets pass: what stands, before what is superseded. */
export async function foundBy(
  store: PublicationStore,
  digest: Buffer,
  sees: (row: Row) => boolean = () => true,
): Promise<VerifyAnswer['found']> {
  const all = (await store.byDigest(digest)).filter(({ row }) => row.no !== null && sees(row));
  const found = all.find(({ row }) => row.state === 'released') ?? all[0];
  if (!found) return null;
  const { number, state, supersededBy, month, region, releasedAt } = answerOf(found.row);
  if (number === null || releasedAt === null) return null;
  const { language, format } = found;
  return { number, state, supersededBy, month, region, language, format, releasedAt };
}
