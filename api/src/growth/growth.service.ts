import { Inject, Injectable } from '@nestjs/common';
import {
  type GrowthAnswer,
  type GrowthByBeltAnswer,
  type GrowthByBeltQuestion,
  type GrowthQuestion,
  TRACKS,
} from '@beltline/contract';
import { areaOf, isIn, resolveArea } from '../areas/area.ts';
import { AreasService } from '../areas/areas.service.ts';
import { BeltsService, beltNameOf } from '../belts/belts.service.ts';
import { NOTHING, ofMeasures, UNKNOWN } from '../figures/amounts.ts';
import { compare } from '../figures/compare.ts';
import { resolveCompared } from '../figures/compared.ts';
import { ratioOf } from '../figures/ratio.ts';
import { FiguresService, type Measured } from '../figures/figures.service.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { rank } from './ranking.ts';

@Injectable()
export class GrowthService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(AreasService) private readonly areas: AreasService,
    @Inject(BeltsService) private readonly belts: BeltsService,
    @Inject(FiguresService) private readonly figures: FiguresService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The headline: every track by the measures asked for, of an area. */
  async headline(question: GrowthQuestion): Promise<GrowthAnswer> {
    const vintage = await this.vintages.of(question.source, question.asOf);
    const compared = resolveCompared(vintage, question, this.config.BELTLINE_MIN_BASE);
    const area = await this.areas.of(vintage, question);
    const figures = await this.figures.byTrack(compared, area, question.measures);
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
  async byBelt(question: GrowthByBeltQuestion): Promise<GrowthByBeltAnswer> {
    const vintage = await this.vintages.of(question.source, question.asOf);
    const compared = resolveCompared(vintage, question, this.config.BELTLINE_MIN_BASE);
    const { track, measure } = question;
    const all = await this.belts.matching(vintage);
    const area = resolveArea(question, all);
    const belts = all.filter((belt) => isIn(area, belt.beltId));
    const figures = await this.figures.byBelt(compared, area, track, measure);
    const indicatorOf = ({ amount, orders }: Measured) =>
      compare(measure, { ...amount, baselineOrders: orders.baseline }, compared.conditions);
    const total = indicatorOf(figures.whole);
    const isUnknown = compared.distinct === 'unknown' && (measure === 'merchants' || measure === 'buyers');
    const none = { amount: isUnknown ? UNKNOWN : NOTHING, orders: NOTHING };
    const rows = belts.map((belt) => {
      const indicator = indicatorOf(figures.belts.get(belt.beltId) ?? none);
      const share = ratioOf(indicator.value, total.value);
      return { belt: beltNameOf(belt), indicator, share };
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
