/** What reports are made of: the data set of a month and province, frozen as it was released, and what an edition says of itself. */
import { createHash } from 'node:crypto';
import type { FigureChange, ReleaseAnswer, ReleasedArea } from '@beltline/contract';
import type { Day, Month } from '../core/calendar.ts';

/** What a report is made of: a release as its reader sees it, narrowed to one province. */
export interface RegionData extends Omit<ReleaseAnswer, 'provinces'> {
  readonly province: ReleasedArea;
}

/** What a publication says of itself beside its data set. */
export interface Edition {
  /** Null while it waits to be released. */
  readonly number: string | null;
  /** On which it is published, in the business time zone. */
  readonly day: Day;
  readonly revision: Revision | null;
}
export interface Revision {
  /** The number that is superseded. */
  readonly of: string;
  readonly reason: string | null;
  readonly monthsSince: readonly Month[];
  readonly changes: readonly FigureChange[];
}

/** The data set as it is handed out, and named by its digest. */
export function writtenData(data: RegionData): { readonly bytes: Buffer; readonly digest: string } {
  const bytes = Buffer.from(`${JSON.stringify(data, null, 1)}\n`);
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}
