import { Inject, Injectable } from '@nestjs/common';
import type { RankingUncertaintyAnswer, RankingUncertaintyQuestion } from '@beltline/contract';
import { scaleOf } from '../../core/figure.ts';
import { beltArea } from '../../data/areas/area.ts';
import { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { sharesOf } from '../../data/owners/month-shares.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { ownerSums } from '../../data/owners/owner-windows.ts';
import { turns } from '../../platform/turns.ts';
import { answerWith } from '../indicator.ts';
import { GrowthService } from './growth.service.ts';
import { hasPlace } from './ranking.ts';
import { FALSE_DISCOVERY_RATE, type RankedBelt, totalGrowth, uncertainRows } from './ranking-estimates.ts';

@Injectable()
export class RankingUncertaintyService {
  constructor(
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(GrowthService) private readonly growth: GrowthService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
  ) {}

  /** How sure the figures and places of a ranking are. @throws EngineError */
  async of(
    context: ComparisonContext,
    question: RankingUncertaintyQuestion,
  ): Promise<RankingUncertaintyAnswer> {
    const { vintage, compared, area } = context;
    const { sort, order, track, measure } = question;
    const windows = [sharesOf(compared.now, vintage.loaded), sharesOf(compared.baseline, vintage.loaded)];
    const [ranking, visible] = await Promise.all([
      this.growth.byBelt(context, { ...question, limit: Infinity }),
      this.registry.visible(vintage),
    ]);
    const listed = new Set(ranking.rows.map(({ belt }) => belt.beltId));
    const areas = new Map(
      visible.flatMap((belt) => (listed.has(belt.beltId) ? [[belt.beltId, beltArea(belt)] as const] : [])),
    );
    const [ofBelts, ofWhole] = await Promise.all([
      this.owners.of(vintage, question, [...areas.values()], windows),
      this.owners.of(vintage, question, [area], windows),
    ]);
    const ofArea = await ofWhole(area);
    const [now, before] = ofArea.sums.map((sums) => ({ seeds: ofArea.seeds, sums: ownerSums(ofArea, sums) }));
    if (!now || !before) throw new RangeError('a ranking has two windows');
    const whole = { now, before, total: ranking.total };
    const belts: RankedBelt[] = [];
    for (const row of ranking.rows) {
      const place = areas.get(row.belt.beltId);
      if (place)
        belts.push({
          row,
          hasPlace: hasPlace(row, sort),
          owners: await ofBelts(place),
          scale: scaleOf(measure),
        });
    }
    return {
      meta: compared.meta,
      ...{ area: ranking.area, track, measure, sort, order },
      falseDiscoveryRate: FALSE_DISCOVERY_RATE,
      ranked: belts.filter((belt) => belt.hasPlace).length,
      total: totalGrowth(ranking.total.growth, ofArea),
      rows: await turns.finish(uncertainRows(belts, whole, question)),
    };
  }
}

export const rankingUncertaintyAnswerer = answerWith(
  'rankingUncertainty',
  'ranking',
  RankingUncertaintyService,
  (service, context, question) => service.of(context, question),
);
