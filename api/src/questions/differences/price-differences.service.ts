import { Inject, Injectable } from '@nestjs/common';
import { MEASURE, type PriceDifferencesAnswer, type PriceDifferencesQuestion } from '@beltline/contract';
import type { Month } from '../../core/calendar.ts';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { AreaOwners } from '../../data/owners/owner-windows.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import { PriceLevelsService } from '../../data/prices/price-levels.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { priceRatio } from '../../statistics/price-level.ts';
import { answerWith } from '../indicator.ts';
import { monthAsked } from '../recovery/month-asked.ts';
import { evidenceAt } from '../recovery/month-evidence.ts';
import { type RecoveryBasis, RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { placesOf, WindowList } from '../recovery/state-evidence.ts';
import { periodsOfGrowth, priceFigure, spanOfMonths } from '../recovery/volume.ts';
import { differencesAmong, FALSE_DISCOVERY_RATE, movesBy, type OwnedFigure } from './figure-differences.ts';

/** How differently prices of areas have changed: apart from the rest, because prices are made from every item that was sold. */
@Injectable()
export class PriceDifferencesService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(PriceLevelsService) private readonly prices: PriceLevelsService,
  ) {}

  /** @throws ProblemError where an area is not there or not the viewer's, or the month not completely loaded. @throws EngineError */
  async of(context: Context, question: PriceDifferencesQuestion): Promise<PriceDifferencesAnswer> {
    const { vintage, meta } = context;
    const { track, measure } = question;
    const areas = await this.contexts.areasNamed(context, question.areas);
    const basis = await this.bases.of(vintage, question);
    const month = monthAsked(basis.months, question.month);
    const hasPrices = month !== null && MEASURE[measure].unit === 'money';
    const prices: OwnedFigure[] = [];
    if (hasPrices)
      for (const area of areas) prices.push(await this.price(vintage, question, basis, area, month));
    const differences = differencesAmong(prices.map((price) => [price]));
    return {
      ...{ meta, track, measure, month },
      falseDiscoveryRate: FALSE_DISCOVERY_RATE,
      areas: prices.map(({ figure }, place) => ({
        area: areaOf(areas[place] as ResolvedArea),
        price: figure,
        against: areas.flatMap((other, at) => {
          const [told] = differences[place]?.[at] ?? [];
          return told ? [{ area: areaOf(other), price: told.by, priceFinding: told.finding }] : [];
        }),
      })),
    };
  }

  /** As `/recovery/volume` tells it of the area: by the same owners. */
  private async price(
    vintage: Vintage,
    { track, measure }: Pick<PriceDifferencesQuestion, 'track' | 'measure'>,
    basis: RecoveryBasis,
    area: ResolvedArea,
    month: Month,
  ): Promise<OwnedFigure> {
    const windows = new WindowList();
    const places = placesOf(windows, vintage, basis.days(area), month);
    const periods = periodsOfGrowth(month);
    const [found, priceOf] = await Promise.all([
      this.owners.of(vintage, { track, measure }, [area], windows.all),
      this.prices.of(vintage, area, track, periods),
    ]);
    const owners = new AreaOwners(await found(area));
    const { seeds } = owners.windows;
    const price = priceOf(seeds);
    const sizes = owners.sumsOf(evidenceAt(places, owners).now);
    const [baseline = null, period = null] = periods.map(spanOfMonths);
    return {
      figure: priceFigure(price, 'price-index', { period, baseline }, sizes),
      moves: movesBy(price && priceRatio(price, sizes), seeds),
      whole: (value) => value,
    };
  }
}

export const priceDifferencesAnswerer = answerWith(
  'priceDifferences',
  'version',
  PriceDifferencesService,
  (service, context, question) => service.of(context, question),
);
