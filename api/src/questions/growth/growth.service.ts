import { Inject, Injectable } from '@nestjs/common';
import {
  type GrowthAnswer,
  type GrowthByBeltAnswer,
  type GrowthByBeltQuestion,
  type GrowthQuestion,
  isDistinct,
  TRACKS,
} from '@beltline/contract';
import { areaOf, isIn } from '../../data/areas/area.ts';
import { beltNameOf, BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { NOTHING, ofMeasures, UNKNOWN } from '../../core/amounts.ts';
import { compare } from '../../core/compare.ts';
import { shareOf } from '../../core/ratio.ts';
import { ComparedSumsService, type Measured } from '../../data/sums/compared-sums.service.ts';
import { answerWith } from '../indicator.ts';
import { rank } from './ranking.ts';

@Injectable()
export class GrowthService {
  constructor(
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(ComparedSumsService) private readonly sums: ComparedSumsService,
  ) {}

  /** The headline: every track by the measures asked for, of an area. */
  async headline(context: ComparisonContext, question: GrowthQuestion): Promise<GrowthAnswer> {
    const { compared, area } = context;
    const figures = await this.sums.byTrack(context, question.measures);
    return {
      meta: compared.meta,
      area: areaOf(area),
      tracks: TRACKS.map((track) => {
        const amounts = figures[track];
        const baselineOrders = amounts.orders.baseline;
        return {
          track,
          measures: ofMeasures(question.measures, (measure) =>
            compare(measure, { ...amounts[measure], baselineOrders }, compared.conditions),
          ),
        };
      }),
    };
  }

  /** A ranking of the belts of an area on one track and measure; belts without orders are in it with 0. */
  async byBelt(context: ComparisonContext, question: GrowthByBeltQuestion): Promise<GrowthByBeltAnswer> {
    const { compared, area } = context;
    const { track, measure } = question;
    const visible = await this.registry.visible(context.vintage);
    const belts = visible.filter((belt) => isIn(area, belt.beltId));
    const figures = await this.sums.byBelt(context, track, measure);
    const comparedOf = ({ amount, orders }: Measured) =>
      compare(measure, { ...amount, baselineOrders: orders.baseline }, compared.conditions);
    const total = comparedOf(figures.whole);
    const isUnknown = compared.distinct === 'unknown' && isDistinct(measure);
    const none = { amount: isUnknown ? UNKNOWN : NOTHING, orders: NOTHING };
    const rows = belts.map((belt) => {
      const compared = comparedOf(figures.belts.get(belt.beltId) ?? none);
      return { belt: beltNameOf(belt), compared, share: shareOf(compared.value, total.value) };
    });
    const ranked = rank(rows, question.sort, question.order);
    return {
      meta: compared.meta,
      area: areaOf(area),
      track,
      measure,
      sort: question.sort,
      order: question.order,
      total,
      rows: ranked.slice(0, question.limit),
      count: rows.length,
    };
  }
}

export const growthAnswerer = answerWith(
  'growth',
  'comparison',
  GrowthService,
  (service, context, question) => service.headline(context, question),
);

export const growthByBeltAnswerer = answerWith(
  'growthByBelt',
  'ranking',
  GrowthService,
  (service, context, question) => service.byBelt(context, question),
);
