import { Inject, Injectable } from '@nestjs/common';
import { type Belt, PARTITIONS, RELEASED_MEASURES } from '@beltline/contract';
import { addMonths, type Month, monthOf } from '../core/calendar.ts';
import { coveredPeriod, isNotLoaded } from '../core/period.ts';
import { resolveArea } from '../data/areas/area.ts';
import type { Vintage } from '../data/versions/vintage.ts';
import type { Belt as GateBelt } from '../disclosure/holdings.ts';
import { rulesOf } from '../disclosure/rules.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { gateInThread } from './gate-thread.ts';
import {
  type GatedArea,
  type GateReport,
  type MonthToGate,
  SHARE_MEASURES,
  withheldNames,
  withheldParts,
  withheldShares,
} from './gated-month.ts';
import { growthMonthsOf } from './leaver-holdings.ts';
import { MonthHoldingsService } from './month-holdings.service.ts';
import { referenceMonths, referenceYearOf } from './reference-months.ts';
import { type AreaAbout, ReleaseStore, type StoredArea } from './release-store.service.ts';

/** Merchants without a belt: part of the nation, so what they sold follows from it and is controlled like a belt. No answer names them. */
export const BELTLESS: GateBelt = { id: '', city: '', province: '', category: '' };

/** What came of a month. */
export interface Made {
  readonly published: boolean;
  readonly report: GateReport;
}

/** Makes the release of one month, once. */
@Injectable()
export class ReleaseMaker {
  constructor(
    @Inject(MonthHoldingsService) private readonly holdings: MonthHoldingsService,
    @Inject(ReleaseStore) private readonly store: ReleaseStore,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The complete months that officials are to see as of a version, the latest first; then those of the reference year that the last of them are told a level against. */
  wanted({ loaded }: Vintage): Month[] {
    return [...this.latest(loaded), ...this.references(loaded)];
  }

  /** Of those the ones beyond the last months, the latest first. */
  references(loaded: Vintage['loaded']): Month[] {
    const months = this.latest(loaded);
    const year = referenceYearOf(loaded);
    const found = months.slice(0, this.config.BELTLINE_REPORT_MONTHS).flatMap((month) => {
      // January has none before February is over.
      const isWhole = growthMonthsOf(month).now.every((one) => months.includes(one));
      return isWhole ? referenceMonths(month, year) : [];
    });
    return [...new Set(found)]
      .filter((month) => !months.includes(month))
      .sort()
      .reverse();
  }

  private latest(loaded: Vintage['loaded']): Month[] {
    const last = monthOf(loaded.dataThrough);
    const months = Array.from({ length: 1 + 2 * this.config.BELTLINE_RELEASE_MONTHS }, (_, back) =>
      addMonths(last, -back),
    );
    return months
      .filter((month) => month >= monthOf(loaded.firstDay) && !isNotLoaded(loaded, month))
      .filter((month) => coveredPeriod(month, month, loaded).complete)
      .slice(0, this.config.BELTLINE_RELEASE_MONTHS);
  }

  /** Null where it is there already: a job may be done twice after a kill. @throws HoldingsDifferError, EngineError */
  async make(vintage: Vintage, month: Month, signal: AbortSignal): Promise<Made | null> {
    if (await this.store.ofMonth(vintage.source, month)) return null;
    const { belts, partitions, held } = await this.holdings.of(vintage, month);
    const gateBelts = belts.map(({ beltId, city, province, category }) => ({
      ...{ id: beltId, city, province, category: category.zh },
    }));
    const gated = await gateInThread(
      {
        belts: [...gateBelts, BELTLESS],
        rules: rulesOf(this.config),
        measures: RELEASED_MEASURES.length,
        partitions,
        ...(await this.withheldBeside(vintage.source, month)),
      },
      held,
      signal,
    );
    const areas = withAbouts(gated.areas, belts);
    const published = await this.store.keep(vintage, month, gated, areas);
    return published === null ? null : { published, report: gated.report };
  }

  /** What the month before withheld, or the month after where that was made first: the same cells again, where that does. */
  private async withheldBeside(
    source: string,
    month: Month,
  ): Promise<Pick<MonthToGate, 'before' | 'sharesBefore' | 'partsBefore'>> {
    for (const beside of [addMonths(month, -1), addMonths(month, 1)]) {
      const release = await this.store.ofMonth(source, beside);
      if (!release) continue;
      const areas = await this.store.everything(release.id);
      const ofShares = SHARE_MEASURES.map((measure) => [
        measure,
        areas.flatMap((area) => withheldShares(area, measure)),
      ]);
      return {
        before: areas.flatMap(withheldNames),
        sharesBefore: Object.fromEntries(ofShares) as MonthToGate['sharesBefore'],
        partsBefore: Object.fromEntries(
          PARTITIONS.map((of) => [of, areas.flatMap((area) => withheldParts(area, of))]),
        ) as MonthToGate['partsBefore'],
      };
    }
    return { before: [] };
  }
}

/** With what the areas are called; also those without any orders, which are areas all the same. */
export function withAbouts(gated: readonly GatedArea[], belts: readonly Belt[]): StoredArea[] {
  const gatedOf = new Map(gated.map((one) => [`${one.level}:${one.area}`, one]));
  const hasService = gated.some(({ service }) => service !== null);
  const hasCarriers = gated.some(({ carriers }) => carriers !== null);
  const hasStructure = gated.some(({ structure }) => structure !== null);
  const hasPartitions = gated.some(({ partitions }) => partitions !== null);
  const named = (level: GatedArea['level'], area: string, about: AreaAbout): StoredArea => {
    const {
      cells = [],
      service = hasService ? [] : null,
      carriers = hasCarriers ? [] : null,
      structure = hasStructure ? [] : null,
      partitions = hasPartitions ? [] : null,
    } = gatedOf.get(`${level}:${area}`) ?? {};
    gatedOf.delete(`${level}:${area}`);
    return { level, area, about, cells, service, carriers, structure, partitions };
  };
  const larger = (level: 'city' | 'province' | 'category' | 'nation', of: (belt: Belt) => object | null) =>
    [...new Set(belts.flatMap((belt) => JSON.stringify(of(belt)) ?? []))]
      .filter((question) => question !== 'null')
      .map((question) => resolveArea(JSON.parse(question) as object, belts))
      .map(({ id, name, belts: count, beltIds }) =>
        named(level, id, {
          name,
          belts: count,
          beltIds: [...(beltIds ?? belts.map((one) => one.beltId))].sort(),
        }),
      );
  const areas = [
    ...belts.map(({ beltId, name, adcode, province, city, category }) =>
      named('belt', beltId, { name, belts: 1, adcode, province, city, goods: category }),
    ),
    ...larger('city', ({ province, city }) => (city === '' ? null : { province, city })),
    ...larger('province', ({ province }) => (province === '' ? null : { province })),
    ...larger('category', ({ category }) => (category.zh === '' ? null : { category: category.zh })),
    ...larger('nation', () => ({})),
  ];
  const unnamed = gated.filter(({ level, area }) => gatedOf.has(`${level}:${area}`));
  return [...areas, ...unnamed.map((one) => ({ ...one, about: null }))];
}
