import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Sight } from '../access/viewer.ts';
import { SYSTEM } from '../access/viewer.ts';
import { addMonths, type Month, monthOf } from '../core/calendar.ts';
import { festivalMonths, isFestivalMonth } from '../core/merged-months.ts';
import type { Vintage } from '../data/versions/vintage.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { type Release, ReleaseStore } from './release-store.service.ts';

export interface RegionBelt {
  readonly id: string;
  /** GB/T 2260; empty where the belt has none. */
  readonly adcode: string;
}

/** A province in a month that is released, and what it rests on. */
export interface ReleasedRegion {
  readonly source: string;
  readonly month: Month;
  /** By its name. */
  readonly region: string;
  /** Those that lay in it when the month was released. */
  readonly belts: readonly RegionBelt[];
  /** Months that its figures are made of and compared with, as far as they are released, the earliest first. */
  readonly months: readonly Month[];
}

/** Some dozen kilobytes each. */
const KEPT = 32;

/** Which provinces there are in what is released: for reports, whose readers see a province or do not. */
@Injectable()
export class ReleasedRegions {
  private readonly kept = new LRUCache<string, ReadonlyMap<string, readonly RegionBelt[]>>({ max: KEPT });

  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(ReleaseStore) private readonly store: ReleaseStore,
  ) {}

  /** All provinces of the last months that are released of each source, the latest month first. `months`: how many. */
  async latest(months: number): Promise<ReleasedRegion[]> {
    const found: ReleasedRegion[] = [];
    for (const vintage of await this.vintages.all(SYSTEM))
      found.push(...(await this.ofSource(vintage, months)));
    return found;
  }

  /** Null where there is none. @throws ProblemError where there is no such source for the viewer */
  async one(
    viewer: Sight,
    { source, month, region }: { source?: string | undefined; month: Month; region: string },
  ): Promise<ReleasedRegion | null> {
    const vintage = await this.vintages.declared(viewer, source);
    const found = await this.ofSource(vintage, Infinity, month);
    return found.find((one) => one.region === region) ?? null;
  }

  private async ofSource(vintage: Vintage, months: number, month?: Month): Promise<ReleasedRegion[]> {
    const published = await this.store.published(vintage.source);
    const there = new Set(published.map((one) => monthOf(one.month)));
    const found: ReleasedRegion[] = [];
    for (const release of published
      .filter((one) => month === undefined || monthOf(one.month) === month)
      .slice(0, months)) {
      const needed = neededBy(monthOf(release.month));
      for (const [region, belts] of await this.regionsOf(release))
        found.push({
          ...{ source: vintage.source, month: monthOf(release.month), region, belts },
          months: needed.filter((one) => there.has(one)),
        });
    }
    return found;
  }

  /** Provinces of a release, which never changes. */
  private async regionsOf({ id }: Release): Promise<ReadonlyMap<string, readonly RegionBelt[]>> {
    const known = this.kept.get(id);
    if (known) return known;
    const regions = new Map<string, RegionBelt[]>();
    for (const { level, area, about } of await this.store.abouts(id)) {
      const { province = '', adcode = '' } = about ?? {};
      if (level !== 'belt' || province === '') continue;
      regions.set(province, [...(regions.get(province) ?? []), { id: area, adcode }]);
    }
    this.kept.set(id, regions);
    return regions;
  }
}

/** The month itself, January and February both, and the same a year before. */
function neededBy(month: Month): Month[] {
  const months = isFestivalMonth(month) ? festivalMonths(month) : [month];
  return [...months.map((one) => addMonths(one, -12)), ...months].sort();
}
