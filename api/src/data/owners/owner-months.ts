/** What each owner sold in windows of months, put together from single months that are read once. */
import type { FlowMeasure, Track } from '@beltline/contract';
import type { Month } from '../../core/calendar.ts';
import type { ResolvedArea } from '../areas/area.ts';
import type { Vintage } from '../versions/vintage.ts';
import type { OwnerWindowsService } from './owner-windows.service.ts';
import { type MonthShares, ownerSums, type OwnerWindows } from './owner-windows.ts';

/**
 * A chart of an area has some seven hundred windows, most of them twelve months long: reading each of them from merchants would take half a
 * minute for a nation. Unlike those, parts of a month are of an owner's sum and not rounded.
 */
export class OwnerMonths {
  private readonly byMonth: ReadonlyMap<Month, Float64Array>;
  private readonly windows = new Map<string, Float64Array>();

  /** `found`: a window for each of the months. `valueOf`: what a merchant's sum of a month stands for. */
  constructor(
    private readonly found: OwnerWindows,
    months: readonly Month[],
    valueOf?: (sum: number) => number,
  ) {
    this.byMonth = new Map(
      months.map((month, index) => {
        const sums = found.sums[index] ?? new Float64Array(found.ownerOf.length);
        return [month, ownerSums(found, valueOf ? sums.map(valueOf) : sums)];
      }),
    );
  }

  /** One value an owner; nothing of months that were not read. */
  of(window: MonthShares | null | undefined): Float64Array {
    const parts = [...(window ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const key = parts.join();
    const known = this.windows.get(key);
    if (known) return known;
    const total = new Float64Array(this.found.seeds.length);
    for (const [month, share] of parts) {
      const sold = this.byMonth.get(month);
      if (!sold) continue;
      for (let owner = 0; owner < total.length; owner++)
        total[owner] = (total[owner] as number) + share * (sold[owner] as number);
    }
    this.windows.set(key, total);
    return total;
  }
}

/** Months with all of their days. */
export const wholly = (months: readonly Month[]): MonthShares => new Map(months.map((month) => [month, 1]));

/** The owners of an area over single months. @throws EngineError */
export async function ownerMonths(
  windows: OwnerWindowsService,
  vintage: Vintage,
  question: { readonly track: Track; readonly measure: FlowMeasure },
  area: ResolvedArea,
  months: readonly Month[],
  valueOf?: (sum: number) => number,
): Promise<OwnerMonths> {
  const each = months.map((month) => wholly([month]));
  const found = await windows.of(vintage, question, [area], each);
  return new OwnerMonths(await found(area), months, valueOf);
}
