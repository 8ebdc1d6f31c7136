import type { Hundredths, Scope } from '@beltline/sql/clickhouse';
import { seesBelt } from '../../access/viewer.ts';

/** Who was active in an area in a month: numbers of merchants, or of buyers. */
export interface ActiveSet {
  /** Its id, as of a belt ('' = merchants without one); null: the nation. */
  readonly area: string | null;
  /** Since year 0. */
  readonly month_no: number;
  readonly units: Uint32Array;
}

/** Months one after the other, from the first to the last, since year 0. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** Distinct units of any run of months, of one area. */
class AreaRuns {
  constructor(
    private readonly first: number,
    private readonly months: number,
    /** Distinct units of every run of months: of those that end with month e, the one that begins with month b at e(e + 1)/2 + b. */
    private readonly counts: Uint32Array,
  ) {}

  count({ first, last }: Run): number {
    const begin = Math.max(first - this.first, 0);
    const end = Math.min(last - this.first, this.months - 1);
    return begin > end ? 0 : (this.counts[placeOf(begin, end)] as number);
  }
}

const placeOf = (begin: number, end: number): number => (end * (end + 1)) / 2 + begin;

/** In hundredths, as all counts are. */
export interface ActiveCounts {
  readonly units: Hundredths;
  readonly baseline_units: Hundredths;
}

export interface ActiveRow extends ActiveCounts {
  readonly level: 'belt' | 'nation';
  readonly belt_id: string;
}

/**
 * How many distinct merchants, or buyers, were active on one track in any run of months, of each area: exactly, and
 * without their sets. A unit is counted in a run in the first of its months that the unit was active in, so that what it takes are
 * the units of each month by the month in which they were active before: those of months e that were not active since b, summed over
 * the run. 4 bytes for each of the runs, which are half the square of the months.
 */
export class ActiveRuns {
  constructor(private readonly areas: ReadonlyMap<string | null, AreaRuns>) {}

  /** Of belts and the nation: each belt that a scope shows, and the nation for who may see everything. What had nobody on either side is not in it. */
  byBelt(scope: Scope, now: Run | null, before: Run | null): ActiveRow[] {
    const rows: ActiveRow[] = [];
    for (const area of this.areas.keys()) {
      if (area === null ? scope.belts !== 'everything' : !seesBelt(scope, area)) continue;
      const counts = this.ofArea(area, now, before);
      if (counts.units + counts.baseline_units === 0) continue;
      rows.push({ level: area === null ? 'nation' : 'belt', belt_id: area ?? '', ...counts });
    }
    return rows;
  }

  /** Whether the area may be seen is for who asks to look. */
  ofArea(area: string | null, now: Run | null, before: Run | null): ActiveCounts {
    const runs = this.areas.get(area);
    const of = (run: Run | null) => (run === null || !runs ? 0 : 100 * runs.count(run));
    return { units: of(now), baseline_units: of(before) };
  }
}

/** Takes sets, all of an area one after the other and its months in order, and keeps of each no more than when a unit was last there. */
export class ActiveRunsMaker {
  private readonly areas = new Map<string | null, AreaRuns>();
  private area: OpenArea | null = null;
  /** By number: in which month a unit was last active, counted over all areas so that nothing must be cleared between them. */
  private lastSeen = new Int32Array(0);
  private counted = 0;
  private bytes = 0;

  /** `mostBytes`: how much memory the counts of all runs may take; of more, none are kept. */
  constructor(private readonly mostBytes: number) {}

  take({ area: name, month_no, units }: ActiveSet): void {
    if (this.area === null || this.area.name !== name) {
      this.close();
      this.area = { name, first: month_no, start: this.counted, before: [] };
    }
    const { area } = this;
    const month = month_no - area.first;
    if (month < area.before.length - 1) throw new RangeError('months of an area out of order');
    while (area.before.length <= month) area.before.push(new Uint32Array(area.before.length + 1));
    this.reach(units);
    const byMonthBefore = area.before[month] as Uint32Array;
    const { lastSeen } = this;
    const begin = area.start + 1; // 0 is nowhere
    const here = begin + month;
    for (let index = 0; index < units.length; index++) {
      const unit = units[index] as number;
      const seen = lastSeen[unit] as number;
      if (seen === here) continue; // of two sets of a month
      const place = seen < begin ? 0 : seen - area.start;
      byMonthBefore[place] = (byMonthBefore[place] as number) + 1;
      lastSeen[unit] = here;
    }
  }

  /** Null where the counts are too many. */
  made(): ActiveRuns | null {
    this.close();
    return this.bytes > this.mostBytes ? null : new ActiveRuns(this.areas);
  }

  private close(): void {
    const { area } = this;
    if (area === null) return;
    this.area = null;
    this.counted = area.start + area.before.length;
    this.bytes += BYTES_A_COUNT * placeOf(0, area.before.length);
    if (this.bytes > this.mostBytes) return;
    this.areas.set(area.name, new AreaRuns(area.first, area.before.length, countsOf(area.before)));
  }

  private reach(units: Uint32Array): void {
    const most = units.reduce((greatest, unit) => Math.max(greatest, unit), 0);
    if (most < this.lastSeen.length) return;
    const larger = new Int32Array(Math.max(most + 1, 2 * this.lastSeen.length));
    larger.set(this.lastSeen);
    this.lastSeen = larger;
  }
}

const BYTES_A_COUNT = 4;

interface OpenArea {
  readonly name: string | null;
  readonly first: number;
  /** What `lastSeen` was counted up to before this area. */
  readonly start: number;
  /** Of each month since the first: its units by the month before it that they were last active in, 1 for the first; 0: in none. */
  readonly before: Uint32Array[];
}

function countsOf(before: readonly Uint32Array[]): Uint32Array {
  const counts = new Uint32Array(placeOf(0, before.length));
  before.forEach((units, end) => {
    let seenBefore = 0; // of the units of the last month, those that were not active from `begin` on
    for (let begin = 0; begin <= end; begin++) {
      seenBefore += units[begin] as number;
      const shorter = begin < end ? (counts[placeOf(begin, end - 1)] as number) : 0;
      counts[placeOf(begin, end)] = shorter + seenBefore;
    }
  });
  return counts;
}
