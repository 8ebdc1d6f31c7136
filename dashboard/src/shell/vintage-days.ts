import type { DataVersionsAnswer, Source } from '@beltline/contract';
import { dayIn } from '../format/day-in.ts';

/** A day on which something was published: what had been published by its end is one vintage. */
export interface VintageDay {
  day: string;
  /** The newest data version of that day. */
  dataVersion: number;
}

/** Whether a reader who asks as of a day gets less than the newest publication. */
export const looksBack = (
  asOf: string | undefined,
  { publishedAt, timeZone }: Pick<Source, 'publishedAt' | 'timeZone'>,
): asOf is string => asOf !== undefined && asOf < dayIn(publishedAt, timeZone);

/** The days of publication of a source, the newest first; several versions of a day are one choice. */
export function vintageDays(versions: DataVersionsAnswer['versions'], timeZone: string): VintageDay[] {
  const newest = [...versions].sort((a, b) => b.dataVersion - a.dataVersion);
  const days = new Map<string, number>();
  for (const { publishedAt, dataVersion } of newest) {
    const day = dayIn(publishedAt, timeZone);
    if (!days.has(day)) days.set(day, dataVersion);
  }
  return [...days].map(([day, dataVersion]) => ({ day, dataVersion }));
}

/** What had been published by the end of a day; null where nothing had, or where the list is not here. */
export function versionBy(
  versions: DataVersionsAnswer['versions'],
  day: string,
  timeZone: string,
): DataVersionsAnswer['versions'][number] | null {
  const found = vintageDays(versions, timeZone).find((one) => one.day <= day);
  return versions.find(({ dataVersion }) => dataVersion === found?.dataVersion) ?? null;
}
