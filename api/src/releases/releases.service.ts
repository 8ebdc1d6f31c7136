import { Inject, Injectable } from '@nestjs/common';
import {
  type Belt,
  type Bilingual,
  type ReleaseAnswer,
  type ReleasedArea,
  type ReleaseName,
  type ReleasesAnswer,
  type ReportArea,
} from '@beltline/contract';
import { liesIn, type Sight } from '../access/viewer.ts';
import { addMonths, type Month, monthOf } from '../core/calendar.ts';
import { monthsOfGrowth } from '../core/merged-months.ts';
import { BeltRegistry } from '../data/areas/belt-registry.service.ts';
import type { Vintage } from '../data/versions/vintage.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { notFound } from '../platform/problem/problem-error.ts';
import { leaversMonthOf } from './leaver-holdings.ts';
import { type LeaversOf, LeaversStore } from './leavers-store.service.ts';
import { referenceMonths, referenceYearOf } from './reference-months.ts';
import { releasedArea } from './released-area.ts';
import { ReleaseMaker } from './release-maker.service.ts';
import { type AreaAbout, type Release, ReleaseStore, type StoredArea } from './release-store.service.ts';

export interface ReleasedMonths {
  readonly source: string;
  readonly name: Bilingual;
  readonly released: readonly Month[];
  readonly through: Month;
}

type ReleasedByMonth = ReadonlyMap<Month, Release>;

/** Releases that an area's figures are made of. */
interface Compared extends Record<'now' | 'base', readonly (Release | null)[]> {
  readonly reference?: readonly Release[];
  readonly leavers: LeaversOf | null;
}

/** What is answered of releases: what was kept, and of it the areas that are the viewer's. */
@Injectable()
export class ReleasesService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(ReleaseStore) private readonly store: ReleaseStore,
    @Inject(LeaversStore) private readonly leavers: LeaversStore,
    @Inject(ReleaseMaker) private readonly maker: ReleaseMaker,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws ProblemError where there is no such source for the viewer */
  async list(viewer: Sight, asked: string | undefined): Promise<ReleasesAnswer> {
    const vintage = await this.vintages.declared(viewer, asked);
    const [published, refused] = await Promise.all([
      this.store.published(vintage.source),
      this.store.refused(vintage),
    ]);
    const wanted = this.maker.wanted(vintage);
    const made = new Set(published.map(({ month }) => monthOf(month)));
    return {
      source: vintage.source,
      sourceName: vintage.name,
      releases: published.map(nameOf),
      progress: {
        made: wanted.filter((month) => made.has(month)).length,
        refused: wanted.filter((month) => !made.has(month) && refused.includes(month)).length,
        of: wanted.length,
      },
    };
  }

  /** @throws ProblemError where there is no such source for the viewer */
  async mustKnow(viewer: Sight, source: string): Promise<void> {
    await this.vintages.declared(viewer, source);
  }

  /**
   * Of each source that is the viewer's: which months are released, the latest first, and the month up to which there are orders.
   * @throws ProblemError where there is no such source for the viewer
   */
  async months(viewer: Sight, asked: string | undefined): Promise<ReleasedMonths[]> {
    const vintages =
      asked === undefined ? await this.vintages.all(viewer) : [await this.vintages.declared(viewer, asked)];
    const found: ReleasedMonths[] = [];
    for (const { source, name, loaded } of vintages)
      found.push({
        ...{ source, name, through: monthOf(loaded.dataThrough) },
        released: (await this.store.published(source)).map(({ month }) => monthOf(month)),
      });
    return found;
  }

  /**
   * `only`: what of it lies in one area, and what that lies in.
   * @throws ProblemError where there is no such source for the viewer, or no release of the month
   */
  async one(viewer: Sight, month: Month, asked: string | undefined, only?: AreaKey): Promise<ReleaseAnswer> {
    const vintage = await this.vintages.declared(viewer, asked);
    const published = await this.store.published(vintage.source);
    const released = new Map(published.map((one) => [monthOf(one.month), one]));
    const release = released.get(month);
    if (!release) throw notFound('This month is not released.');
    const months = monthsOfGrowth(month);
    const ofMonths = (all: readonly Month[]) => all.map((one) => released.get(one) ?? null);
    const compared = {
      now: ofMonths(months),
      base: ofMonths(months.map((one) => addMonths(one, -12))),
      leavers: await this.leaversOf(month, released),
      ...referenceOf(vintage, month, released),
    };
    const theirs = areasOf(viewer, await this.store.abouts(release.id), only);
    const ofLevel = (level: 'nation' | 'province' | 'city' | 'belt') =>
      this.areas(release, compared, level, theirs[level]);
    const known = new Set(theirs.allBelts);
    // A belt that came later is theirs too, and nothing was released of it.
    const later = (await this.registry.visible(vintage)).filter(
      (belt) => !known.has(belt.beltId) && isInside({ id: belt.beltId, ...belt }, only),
    );
    const [nation] = await ofLevel('nation');
    if (!nation) throw new Error(`the release ${release.id} has no nation`);
    const belts = inOrder(await ofLevel('belt'));
    return {
      source: vintage.source,
      sourceName: vintage.name,
      currency: vintage.currency,
      release: nameOf(release),
      growthMonths: months,
      baselineMonths: compared.base.flatMap((one) => (one ? monthOf(one.month) : [])),
      ...(compared.reference
        ? {
            reference: {
              year: Number(compared.reference[0]?.month.slice(0, 4)),
              months: compared.reference.map((one) => monthOf(one.month)),
            },
          }
        : {}),
      nation,
      provinces: inOrder(await ofLevel('province')),
      cities: inOrder(await ofLevel('city')),
      belts: [...belts, ...later.map((belt) => this.unknown(belt))],
      troubled: troubledOf(belts),
    };
  }

  private async areas(
    release: Release,
    compared: Compared,
    level: 'nation' | 'province' | 'city' | 'belt',
    names: readonly string[],
  ): Promise<ReleasedArea[]> {
    // A month is compared with itself and the same a year before, or with its neighbour's: each release is read once.
    const { now, base, reference } = compared;
    const ids = new Set([release, ...now, ...base, ...(reference ?? [])].flatMap((one) => one?.id ?? []));
    const kept = new Map<string, Map<string, StoredArea>>();
    for (const id of ids) {
      const areas = await this.store.areas(id, level, names);
      kept.set(id, new Map(areas.map((area) => [area.area, area])));
    }
    const of = (releases: readonly (Release | null)[], area: string) =>
      releases.map((one) => (one && kept.get(one.id)?.get(area)) ?? null);
    return [...(kept.get(release.id)?.values() ?? [])].map((one) =>
      releasedArea(
        one,
        {
          ...{ now: of(now, one.area), base: of(base, one.area) },
          ...(reference ? { reference: of(reference, one.area) } : {}),
        },
        this.config.BELTLINE_MIN_BASE,
        compared.leavers,
      ),
    );
  }

  /** Of January and February they are kept beside February. */
  private async leaversOf(month: Month, released: ReleasedByMonth): Promise<LeaversOf | null> {
    const release = released.get(leaversMonthOf(month));
    return release ? this.leavers.of(release.id) : null;
  }

  private unknown({ beltId, name, category }: Belt): ReleasedArea {
    const about = { name, belts: 1, goods: category };
    return releasedArea(
      { level: 'belt', area: beltId, about, cells: null },
      { now: [], base: [] },
      this.config.BELTLINE_MIN_BASE,
    );
  }
}

/** The largest first as far as that is shown; what is withheld goes by its name, so that its place tells nothing. */
function inOrder(areas: readonly ReleasedArea[]): ReleasedArea[] {
  const valueOf = ({ cells }: ReleasedArea) => cells[0]?.gmv.value ?? -1;
  return [...areas].sort((a, b) => valueOf(b) - valueOf(a) || (a.area.id < b.area.id ? -1 : 1));
}

/** Of rates that are told, and of nothing else. */
export function troubledOf(belts: readonly ReleasedArea[]): string[] {
  const falls = belts.flatMap(({ area, cells }) => {
    const { value = null, flag } = cells.find(({ track }) => track === 'all')?.growth ?? {};
    return value !== null && value < 0 && flag === 'final' ? [{ id: area.id, value }] : [];
  });
  return falls.sort((a, b) => a.value - b.value || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

const nameOf = ({ month, edition, madeAt, dataVersion, versionPublishedAt }: Release): ReleaseName => ({
  month: monthOf(month),
  edition,
  madeAt: new Date(madeAt).toISOString(),
  dataVersion,
  publishedAt: new Date(versionPublishedAt).toISOString(),
});

/** Nothing where they are not all released. */
function referenceOf(
  { loaded }: Pick<Vintage, 'loaded'>,
  month: Month,
  released: ReleasedByMonth,
): Pick<Compared, 'reference'> {
  const months = referenceMonths(month, referenceYearOf(loaded));
  const reference = months.flatMap((one) => released.get(one) ?? []);
  return reference.length > 0 && reference.length === months.length ? { reference } : {};
}

interface Theirs {
  readonly nation: readonly string[];
  readonly province: readonly string[];
  readonly city: readonly string[];
  readonly belt: readonly string[];
  /** Of whomever. */
  readonly allBelts: readonly string[];
}

/** An area, by its id as releases have it; the nation's is empty. */
export interface AreaKey {
  readonly kind: ReportArea;
  readonly id: string;
}

/**
 * The areas of a release that a viewer may see: belts by the place that they had when it was made, cities of which all belts are theirs, and the
 * provinces that their belts lie in. Whoever sees no belt sees the nation alone. `only`: what lies in it; of a belt not its city, which may have others.
 */
export function areasOf(
  viewer: Sight,
  areas: readonly Pick<StoredArea, 'level' | 'area' | 'about'>[],
  only?: AreaKey,
): Theirs {
  const belts = areas.flatMap(({ level, area, about }) =>
    level === 'belt' && isNamed(about) ? [{ id: area, ...about }] : [],
  );
  const sees = (belt: { readonly id: string } & AreaAbout) =>
    isInside(belt, only) &&
    (viewer.belts === 'everything' ||
      viewer.belts.includes(belt.id) ||
      liesIn(viewer.regions ?? [], belt.adcode ?? ''));
  const theirs = belts.filter(sees);
  const hidden = new Set(belts.filter((belt) => !sees(belt)).map(cityOf));
  const named = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== '');
  return {
    nation: [''],
    province: named(theirs.map(({ province = '' }) => province)),
    city: only?.kind === 'belt' ? [] : named(theirs.map(cityOf)).filter((city) => !hidden.has(city)),
    belt: theirs.map(({ id }) => id),
    allBelts: belts.map(({ id }) => id),
  };
}

/** As the ids of cities in releases are. */
export const cityOf = ({ province = '', city = '' }: Pick<AreaAbout, 'province' | 'city'>): string =>
  city === '' ? '' : `${province}/${city}`;

function isInside(
  belt: { readonly id: string } & Pick<AreaAbout, 'province' | 'city'>,
  only: AreaKey | undefined,
): boolean {
  if (only === undefined) return true;
  const ids = { nation: null, province: belt.province, city: cityOf(belt), belt: belt.id };
  return ids[only.kind] === only.id;
}

const isNamed = (about: AreaAbout | null): about is AreaAbout => about !== null && 'name' in about;
