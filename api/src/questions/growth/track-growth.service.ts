import { Inject, Injectable } from '@nestjs/common';
import {
  type Track,
  type TrackGrowthAnswer,
  type TrackGrowthQuestion,
  UNIT_OF_MEASURE,
} from '@beltline/contract';
import { NOTHING } from '../../core/amounts.ts';
import { compare } from '../../core/compare.ts';
import { areaOf, beltArea, isIn, type ResolvedArea } from '../../data/areas/area.ts';
import { beltNameOf, BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { sharesOf } from '../../data/owners/month-shares.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import { ComparedSumsService } from '../../data/sums/compared-sums.service.ts';
import { turns } from '../../platform/turns.ts';
import { answerWith } from '../indicator.ts';
import { FALSE_DISCOVERY_RATE, findingsAmong, growthEstimate } from './ranking-estimates.ts';
import { isMet, sortedRows } from './track-rows.ts';

type Rows = TrackGrowthAnswer['rows'];
const TABLE = { kind: 'series', name: 'track-growth' } as const;

/** Belts beside their growth on several tracks. */
@Injectable()
export class TrackGrowthService {
  constructor(
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(ComparedSumsService) private readonly sums: ComparedSumsService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(VersionCache) private readonly cache: VersionCache,
  ) {}

  /** @throws EngineError */
  async of(context: ComparisonContext, question: TrackGrowthQuestion): Promise<TrackGrowthAnswer> {
    const { compared, area } = context;
    const { tracks, where, measure } = question;
    const rows = await this.rows(context, question);
    return {
      meta: compared.meta,
      area: areaOf(area),
      ...{ measure, unit: UNIT_OF_MEASURE[measure], tracks },
      falseDiscoveryRate: FALSE_DISCOVERY_RATE,
      count: rows.length,
      rows: sortedRows(
        rows.filter((row) => where.every((condition) => isMet(condition, tracks, row))),
        question,
      ),
    };
  }

  /** Of every belt of the area, made once for a data version whatever is asked of them, and in whichever order. */
  private async rows(context: ComparisonContext, question: TrackGrowthQuestion): Promise<Rows> {
    const { where: _, sort: __, order: ___, ...asked } = question;
    const { rows } = await this.cache.of(context.vintage, TABLE, asked, async () => ({
      rows: await this.make(context, question),
    }));
    return rows;
  }

  private async make(context: ComparisonContext, question: TrackGrowthQuestion): Promise<Rows> {
    const { area, vintage } = context;
    const belts = (await this.registry.visible(vintage)).filter(({ beltId }) => isIn(area, beltId));
    const areas = belts.map(beltArea);
    const columns: Awaited<ReturnType<typeof this.column>>[] = [];
    // One after the other: owners of all belts on one track are much to have in memory.
    for (const track of question.tracks) columns.push(await this.column(context, question, track, areas));
    const findings = findingsAmong(columns.flat().map(({ logGrowth }) => logGrowth));
    return belts.map((belt, at) => ({
      belt: beltNameOf(belt),
      tracks: columns.flatMap((column, place) => {
        const cell = column[at];
        if (!cell) return [];
        const { value, growth } = cell;
        return [{ value, growth, finding: findings[place * belts.length + at] ?? null }];
      }),
    }));
  }

  private async column(
    context: ComparisonContext,
    { measure }: Pick<TrackGrowthQuestion, 'measure'>,
    track: Track,
    areas: readonly ResolvedArea[],
  ) {
    const { compared, vintage } = context;
    const windows = [sharesOf(compared.now, vintage.loaded), sharesOf(compared.baseline, vintage.loaded)];
    const [figures, ofBelts] = await Promise.all([
      this.sums.byBelt(context, track, measure),
      this.owners.of(vintage, { track, measure }, areas, windows),
    ]);
    return turns.map(await Promise.all(areas.map(ofBelts)), (owners, at) => {
      const { amount, orders } = figures.belts.get(areas[at]?.id ?? '') ?? {
        amount: NOTHING,
        orders: NOTHING,
      };
      const { value, growth } = compare(
        measure,
        { ...amount, baselineOrders: orders.baseline },
        compared.conditions,
      );
      return { value, ...growthEstimate(growth, owners) };
    });
  }
}

export const trackGrowthAnswerer = answerWith(
  'trackGrowth',
  'ranking',
  TrackGrowthService,
  (service, context, question) => service.of(context, question),
);
