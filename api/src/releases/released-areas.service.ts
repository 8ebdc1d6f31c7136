import { Inject, Injectable } from '@nestjs/common';
import {
  type Bilingual,
  type ReleasedArea,
  type ReleasedCarriers,
  type ReleasedCell,
  type ReleasedMeasure,
  REPORT_AREAS,
} from '@beltline/contract';
import { LRUCache } from 'lru-cache';
import type { Sight } from '../access/viewer.ts';
import { SYSTEM } from '../access/viewer.ts';
import { addMonths, type Month, monthOf } from '../core/calendar.ts';
import { monthsOfGrowth } from '../core/merged-months.ts';
import type { Vintage } from '../data/versions/vintage.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { growthMonthsOf, leaverMonths, leaversMonthOf } from './leaver-holdings.ts';
import { LeaversStore } from './leavers-store.service.ts';
import { referenceMonths, referenceYearOf } from './reference-months.ts';
import { releasedArea } from './released-area.ts';
import { ReleaseMaker } from './release-maker.service.ts';
import { type Release, ReleaseStore } from './release-store.service.ts';
import { type AreaKey, cityOf } from './releases.service.ts';

export interface AreaBelt {
  readonly id: string;
  /** GB/T 2260; empty where the belt has none. */
  readonly adcode: string;
}

/** An area in a month that is released, and what it rests on. */
export interface AreaInMonth extends AreaKey {
  readonly source: string;
  readonly month: Month;
  readonly name: Bilingual;
  /** Those that lay in it when the month was released. Of the nation none: whoever sees a release sees it. */
  readonly belts: readonly AreaBelt[];
  /** Months that its figures are made of and compared with, for growth and for levels, as far as they are released, the earliest first. */
  readonly months: readonly Month[];
  /** Whether it is told who sells no more. */
  readonly hasLeavers: boolean;
  /** Whether all that is missing, of growth, of levels, or of who sells no more, is to come, and still being made. */
  readonly isAwaiting: boolean;
}

interface KeptArea extends AreaKey {
  readonly name: Bilingual;
  readonly belts: readonly AreaBelt[];
  /** The same in two releases where the area is the same: which belts it has, and where each of them lies. */
  readonly place: string;
}

/** In a month as it was released; the state of all its orders. */
export interface ReleasedMonth
  extends Pick<ReleasedCell, 'state' | ReleasedMeasure>, Pick<ReleasedArea, 'service' | 'structure'> {
  readonly month: Month;
  /** Newcomers and breadth; left out as those of service. */
  readonly carriers?: ReleasedCarriers['shares'];
}

const YEAR = 12;
/** Some dozen kilobytes each. */
const KEPT = 48;

/** Which areas there are in what is released: for reports, whose readers see an area whole or do not. */
@Injectable()
export class ReleasedAreas {
  private readonly kept = new LRUCache<string, readonly KeptArea[]>({ max: KEPT });

  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(ReleaseStore) private readonly store: ReleaseStore,
    @Inject(ReleaseMaker) private readonly maker: ReleaseMaker,
    @Inject(LeaversStore) private readonly leavers: LeaversStore,
  ) {}

  /** All areas of the last months that are released of each source, the latest month and the largest areas first. `months`: how many. */
  async latest(months: number): Promise<AreaInMonth[]> {
    const found: AreaInMonth[] = [];
    for (const vintage of await this.vintages.all(SYSTEM))
      found.push(...(await this.ofSource(vintage, months)));
    return found;
  }

  /** Null where there is none. @throws ProblemError where there is no such source for the viewer */
  async one(
    viewer: Sight,
    { source, month, kind, id }: { source?: string | undefined; month: Month } & AreaKey,
  ): Promise<AreaInMonth | null> {
    const vintage = await this.vintages.declared(viewer, source);
    const found = await this.ofSource(vintage, Infinity, month);
    return found.find((one) => one.kind === kind && one.id === id) ?? null;
  }

  /**
   * What an area sold in the thirteen months up to one that is released, as each was released. Not known are those of which nothing is released, and those
   * in which it was another area: one of other belts, or of belts that lay elsewhere, of which its readers may not know.
   */
  async history(source: string, month: Month, { kind, id }: AreaKey): Promise<ReleasedMonth[]> {
    const releases = new Map(
      (await this.store.published(source)).map((release) => [monthOf(release.month), release]),
    );
    const placeIn = async (release: Release | undefined) =>
      release && (await this.areasOf(release)).find((one) => one.kind === kind && one.id === id)?.place;
    const own = await placeIn(releases.get(month));
    const months = Array.from({ length: 1 + YEAR }, (_, back) => addMonths(month, back - YEAR));
    const same = new Map<Month, string>();
    for (const one of months) {
      const release = releases.get(one);
      if (release && own !== undefined && (await placeIn(release)) === own) same.set(one, release.id);
    }
    const areas = await this.store.areaOver([...same.values()], kind, id);
    return months.map((one) => {
      const kept = areas.get(same.get(one) ?? '') ?? { level: kind, area: id, about: null, cells: null };
      const { cells, service, carriers, structure } = releasedArea(kept, { now: [], base: [] }, 0);
      const [all] = cells;
      if (!all) throw new Error(`${kind} ${id} has no cell`);
      const { state, gmv, orders, pieces } = all;
      const shares = {
        ...(service ? { service } : {}),
        ...(carriers ? { carriers: carriers.shares } : {}),
        ...(structure ? { structure } : {}),
      };
      return { month: one, state, gmv, orders, pieces, ...shares };
    });
  }

  private async ofSource(vintage: Vintage, months: number, month?: Month): Promise<AreaInMonth[]> {
    const [published, refused] = await Promise.all([
      this.store.published(vintage.source),
      this.store.refused(vintage),
    ]);
    const there = new Set(published.map((one) => monthOf(one.month)));
    const wanted = this.maker.wanted(vintage);
    const isComing = (one: Month) => !there.has(one) && !refused.includes(one) && wanted.includes(one);
    const year = referenceYearOf(vintage.loaded);
    /** Where one of them is not to come at all, the others do not make a rate. */
    const isAwaited = (months: readonly Month[]) =>
      months.some(isComing) && months.every((one) => there.has(one) || isComing(one));
    const found: AreaInMonth[] = [];
    for (const release of published
      .filter((one) => month === undefined || monthOf(one.month) === month)
      .slice(0, months)) {
      const own = monthOf(release.month);
      const [growth, level] = [neededBy(own), referenceMonths(own, year)];
      const leavers = await this.leaversOf(vintage, own, published);
      const rests = {
        months: [...level, ...growth].filter((one) => there.has(one)),
        hasLeavers: leavers === 'told',
        isAwaiting: isAwaited(growth) || isAwaited(level) || leavers === 'coming',
      };
      const of = { source: vintage.source, month: monthOf(release.month), ...rests };
      for (const { kind, id, name, belts } of await this.areasOf(release))
        found.push({ ...of, kind, id, name, belts: kind === 'nation' ? [] : belts });
    }
    return found;
  }

  /** Of January and February beside February. They come once all months that growth is of and against are released; `none`: that is not so, or nothing is to be told of them. */
  private async leaversOf(
    vintage: Vintage,
    month: Month,
    published: readonly Release[],
  ): Promise<'told' | 'coming' | 'none'> {
    const ids = new Map(published.map((one) => [monthOf(one.month), one.id]));
    const kept = leaversMonthOf(month);
    const { now, base } = growthMonthsOf(kept);
    const id = ids.get(kept);
    if (id === undefined || ![...now, ...base].every((one) => ids.has(one))) return 'none';
    if ((await this.leavers.told([id])).has(id)) return 'told';
    const isToCome = leaverMonths(kept, vintage.loaded) && !(await this.leavers.done(vintage, [id])).has(id);
    return isToCome ? 'coming' : 'none';
  }

  /** Areas of a release, which never changes. */
  private async areasOf({ id }: Release): Promise<readonly KeptArea[]> {
    const known = this.kept.get(id);
    if (known) return known;
    const abouts = await this.store.abouts(id);
    const all = abouts.flatMap(({ level, area, about }) =>
      level === 'belt' && about && 'name' in about ? [{ id: area, ...about }] : [],
    );
    const areas = REPORT_AREAS.flatMap((kind) =>
      abouts.flatMap(({ level, area, about }): KeptArea[] => {
        if (level !== kind || !about || !('name' in about)) return [];
        const isOfIt = {
          nation: () => true,
          province: ({ province = '' }: (typeof all)[number]) => province === area,
          city: (belt: (typeof all)[number]) => cityOf(belt) === area,
          belt: (belt: (typeof all)[number]) => belt.id === area,
        }[kind];
        const belts = all.filter(isOfIt);
        const places = belts.map((belt) => [
          belt.id,
          belt.adcode ?? '',
          belt.province ?? '',
          belt.city ?? '',
        ]);
        return [
          {
            ...{ kind, id: area, name: about.name },
            belts: belts.map((belt) => ({ id: belt.id, adcode: belt.adcode ?? '' })),
            place: JSON.stringify(places.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))),
          },
        ];
      }),
    );
    this.kept.set(id, areas);
    return areas;
  }
}

/** The month itself, January and February both, and the same a year before. */
function neededBy(month: Month): Month[] {
  const months = monthsOfGrowth(month);
  return [...months.map((one) => addMonths(one, -12)), ...months].sort();
}
