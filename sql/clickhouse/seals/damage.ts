/** What a damage means for figures: pure, so that who serves figures and who mends them say the same. */
import { FACTS, SEALED } from './sealed-tables.ts';

/** Tables from which no figure is read, but which the next load needs. */
const UNREAD = new Set(['unit_numbers', FACTS, 'load_events']);

/** Rows that are no longer what they were when their data version was committed. */
export interface Damage {
  readonly source: string;
  readonly dataVersion: number;
  /**
   * The table; `data_versions` where a committed version is no longer listed, `seals` where one has none, `load_events` where the
   * journal cannot be read.
   */
  readonly table: string;
  /** First days of the months, in order; none where the table has no months. */
  readonly months: readonly string[];
  /** Rows sealed and rows found in those months; null where they cannot be read at all, or are not counted. */
  readonly sealedRows: number | null;
  readonly foundRows: number | null;
  /** The account may not read them: they may be sound, and are never to be replaced by others. */
  readonly forbidden?: true;
}

/** A published data version of a source, with the months (first days) whose figures it made. */
export interface SealedVersion {
  readonly source: string;
  readonly dataVersion: number;
  readonly months: readonly string[];
}

export interface Findings {
  readonly versions: readonly SealedVersion[];
  readonly damages: readonly Damage[];
}

/** The newest of some versions that made each month. */
export function newestOf(versions: readonly SealedVersion[]): Map<string, number> {
  const made = new Map<string, number>();
  for (const { months, dataVersion } of versions) {
    for (const month of months) made.set(month, Math.max(made.get(month) ?? 0, dataVersion));
  }
  return made;
}

/**
 * What of the findings alters figures of a source as of one of its data versions. Figures of a month are those of the newest
 * version up to it that made the month; a version that is no longer listed would have taken the place of an older one.
 */
export function damageOf({ versions, damages }: Findings, source: string, dataVersion: number): Damage[] {
  if (damages.length === 0) return [];
  const made = newestOf(versions.filter((one) => one.source === source && one.dataVersion <= dataVersion));
  return damages.filter((damage) => {
    if (damage.source !== source || UNREAD.has(damage.table)) return false;
    if (damage.table === 'data_versions')
      return (
        damage.months.some((month) => (made.get(month) ?? 0) < damage.dataVersion) ||
        (damage.months.length === 0 && isNewest(damage)) // it changed lookups alone
      );
    if (SEALED[damage.table]?.rows === 'standing') return damage.dataVersion === dataVersion;
    if (damage.table === 'seals' && damage.dataVersion === dataVersion) return true;
    return damage.months.some((month) => made.get(month) === damage.dataVersion);
  });

  function isNewest({ dataVersion: lost }: Damage): boolean {
    return !versions.some((one) => one.source === source && one.dataVersion > lost);
  }
}

/** Whether rows are damaged that only files bring: a rebuild makes figures from them, and cannot begin without. */
export function needsFiles(damages: readonly Damage[]): boolean {
  return damages.some(({ table }) => table === FACTS || SEALED[table]?.rows === 'standing');
}

/** The newest version of a source that was committed, also where it is no longer listed; 0 where none was. */
export function newestKnown({ versions, damages }: Findings, source: string): number {
  const unlisted = damages.filter(({ table }) => table === 'data_versions');
  const own = [...versions, ...unlisted].filter((one) => one.source === source);
  return Math.max(0, ...own.map(({ dataVersion }) => dataVersion));
}

/** What of the findings alters the newest figures of any source. */
export function damageOfNewest(findings: Findings): Damage[] {
  const sources = [...findings.versions, ...findings.damages].map(({ source }) => source);
  return [...new Set(sources)].flatMap((source) => damageOf(findings, source, newestKnown(findings, source)));
}

/** What of the findings can still be mended: it alters the newest figures of a source, or those of its next load. */
export function openDamage(findings: Findings): Damage[] {
  const ofFigures = new Set(damageOfNewest(findings));
  return findings.damages.filter(
    (damage) =>
      ofFigures.has(damage) ||
      damage.table === FACTS ||
      (UNREAD.has(damage.table) && damage.dataVersion === newestKnown(findings, damage.source)),
  );
}
