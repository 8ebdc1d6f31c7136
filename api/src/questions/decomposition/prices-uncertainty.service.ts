import { Inject, Injectable } from '@nestjs/common';
import type {
  BriefFigure,
  ExplanationQuestion,
  PricesUncertaintyAnswer,
  SureFigure,
} from '@beltline/contract';
import type { ComparisonContext } from '../../data/context/context.ts';
import { sure, uncertaintyOf } from '../../data/owners/figure-error.ts';
import { type ChainedPrice, PriceLevelsService } from '../../data/prices/price-levels.service.ts';
import { turns } from '../../platform/turns.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { priceRatio } from '../../statistics/price-level.ts';
import { answerWith } from '../indicator.ts';
import { frameOf } from './decomposition-context.ts';
import { assertAllTracks, PricesService } from './prices.service.ts';

/** How sure the price level of each month is: its owners move all the links that lead to it. */
@Injectable()
export class PricesUncertaintyService {
  constructor(
    @Inject(PricesService) private readonly prices: PricesService,
    @Inject(PriceLevelsService) private readonly levels: PriceLevelsService,
  ) {}

  /** @throws ProblemError as the prices themselves. @throws EngineError */
  async of(context: ComparisonContext, question: ExplanationQuestion): Promise<PricesUncertaintyAnswer> {
    assertAllTracks(question);
    const { meta, area, track } = frameOf(context, question);
    const chain = await this.prices.chain(context);
    const prices = await this.levels.chain(
      context.vintage,
      context.area,
      chain.map(({ month }) => month),
    );
    const first = chain.findIndex(({ index }) => index.value !== null);
    return {
      ...{ meta, area, track },
      chain: await turns.map([...chain.entries()], ([period, { month, index }]) => ({
        month,
        index: period === first ? firstLevel(index) : sureLevel(index, prices[period] ?? null),
      })),
    };
  }
}

/** The month that the others are compared with is 100 whatever was sold. */
const firstLevel = (index: BriefFigure): SureFigure => sure(index, { low: 100, high: 100, grade: 'A' });

/** Around the level that `/prices` tells. Owners are counted by what they sold in both months. */
function sureLevel(index: BriefFigure, price: ChainedPrice | null): SureFigure {
  if (price === null || index.value === null) return sure(index, 'too-few-matched');
  const error = ratioError(priceRatio(price, price.sizes));
  if (typeof error === 'string') return sure(index, error);
  return sure(
    index,
    uncertaintyOf({ ...error, ratio: index.value / 100 }, (ratio) => 100 * ratio),
  );
}

export const pricesUncertaintyAnswerer = answerWith(
  'pricesUncertainty',
  'comparison',
  PricesUncertaintyService,
  (service, context, question) => service.of(context, question),
);
