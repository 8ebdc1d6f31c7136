import { Inject, Injectable } from '@nestjs/common';
import {
  type FlowMeasure,
  MEASURE,
  type RecoveryQuestion,
  type RecoveryVolumeAnswer,
  type Span,
  type Track,
  type VolumeRecovery,
} from '@beltline/contract';
import { addMonths, type Month } from '../../core/calendar.ts';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { AreaOwners } from '../../data/owners/owner-windows.ts';
import { PriceLevelsService } from '../../data/prices/price-levels.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { stateAt } from './area-state.ts';
import { answerWith } from '../indicator.ts';
import { monthAsked } from './month-asked.ts';
import { evidenceAt } from './month-evidence.ts';
import { type RecoveryBasis, RecoveryBasisService } from './recovery-basis.service.ts';
import { breadthPeriodOf, deadBandOf, figuresAt, placesOf, WindowList } from './state-evidence.ts';
import {
  atPricesBefore,
  BASE_PERIODS,
  deflated,
  periodsOfGrowth,
  periodsSince,
  priceFigure,
  spanOfMonths,
} from './volume.ts';

/** The state of one area by volume, beside that by value. Of one at a time: prices are made from every item that was sold. */
@Injectable()
export class VolumeService {
  constructor(
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(PriceLevelsService) private readonly prices: PriceLevelsService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async answer(
    { vintage, area, meta }: AreaContext,
    question: RecoveryQuestion,
  ): Promise<RecoveryVolumeAnswer> {
    const { track, measure } = question;
    const basis = await this.bases.of(vintage, question);
    const month = monthAsked(basis.months, question.month);
    const end = month ?? addMonths(basis.months[0]?.month ?? '1970-01', -1);
    const isMoney = MEASURE[measure].unit === 'money';
    return {
      ...{ meta, area: areaOf(area), track, measure, month, reference: basis.reference },
      kind: isMoney ? 'deflated' : 'not-money',
      volume: isMoney ? await this.deflated(vintage, { track, measure }, basis, area, end) : null,
    };
  }

  private async deflated(
    vintage: Vintage,
    question: { track: Track; measure: FlowMeasure },
    basis: RecoveryBasis,
    area: ResolvedArea,
    month: Month,
  ): Promise<VolumeRecovery> {
    const days = basis.days(area);
    const windows = new WindowList();
    const places = placesOf(windows, vintage, days, month);
    const since = days.base && periodsSince(days.base.year, days.months, month);
    const pricesOver = (periods: Month[][], bases = 1) =>
      this.prices.of(vintage, area, question.track, periods, bases);
    const [found, levelOf, growthOf] = await Promise.all([
      this.owners.of(vintage, question, [area], windows.all),
      since && pricesOver(since, BASE_PERIODS),
      pricesOver(periodsOfGrowth(month)),
    ]);
    const owners = new AreaOwners(await found(area));
    const evidence = evidenceAt(places, owners);
    const { seeds } = owners.windows;
    const prices = { level: levelOf?.(seeds) ?? null, growth: growthOf(seeds) };
    const byValue = { ...figuresAt(days, month), breadthPeriod: breadthPeriodOf(vintage, month) };
    const state = await turns.finish(
      stateAt(
        deflated(byValue, prices),
        { ...evidence, prices, breadthNow: atPricesBefore(evidence.breadthNow, prices.growth) },
        deadBandOf(this.config),
      ),
    );
    const sizes = owners.sumsOf(evidence.now);
    const [before, now] = periodsOfGrowth(month).map(spanOfMonths) as [Span, Span];
    const base = spanOfMonths(since?.slice(0, BASE_PERIODS).flat() ?? []);
    return {
      state,
      priceSinceBase: priceFigure(prices.level, 'price-since-base', { period: now, baseline: base }, sizes),
      priceOfYear: priceFigure(prices.growth, 'price-index', { period: now, baseline: before }, sizes),
    };
  }
}

export const recoveryVolumeAnswerer = answerWith(
  'recoveryVolume',
  'area',
  VolumeService,
  (service, context, question) => service.answer(context, question),
);
