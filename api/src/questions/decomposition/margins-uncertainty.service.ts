import { Inject, Injectable } from '@nestjs/common';
import type {
  BriefFigure,
  ExplanationQuestion,
  MarginName,
  MarginsUncertaintyAnswer,
  SureFigure,
} from '@beltline/contract';
import { contributionOf } from '../../core/ratio.ts';
import { isInTrack } from '../../core/tracks.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { changeWithError, sure, sureGrowth } from '../../data/owners/figure-error.ts';
import { OwnerCombinationsService } from '../../data/owners/owner-combinations.service.ts';
import type { IsOf } from '../../data/owners/owner-combinations.ts';
import { turns } from '../../platform/turns.ts';
import { type MarginErrors, marginErrors } from '../../statistics/margin-errors.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { answerWith } from '../indicator.ts';
import { MarginsService } from './margins.service.ts';

/** How sure the margins of a change of GMV are. */
@Injectable()
export class MarginsUncertaintyService {
  constructor(
    @Inject(MarginsService) private readonly margins: MarginsService,
    @Inject(OwnerCombinationsService) private readonly owners: OwnerCombinationsService,
  ) {}

  /** @throws EngineError */
  async of(context: ComparisonContext, question: ExplanationQuestion): Promise<MarginsUncertaintyAnswer> {
    const { meta, area, track, total, parts } = await this.margins.margins(context, question);
    const frame = { meta, area, track };
    if (total === null) return { ...frame, total: null, parts: [], ordersPerMerchant: null };
    const isSplit = parts.length > 0;
    const owners = await this.owners.of(context, ['gmv', 'orders']);
    await turns.next();
    const isOf: IsOf = (combination) => isInTrack(combination, track);
    const value = owners.sums(0, isOf);
    const sold = { merchants: owners.merchants(isOf), orders: owners.sums(1, isOf), value };
    await turns.next();
    const errors = marginErrors(sold);
    const changeOf = (margin: MarginName) => parts.find((part) => part.margin === margin)?.change.value ?? 0;
    const perMerchant = changeOf('buyers-per-merchant') + changeOf('orders-per-buyer');
    return {
      ...frame,
      total: sureGrowth(total.growth, ratioError({ ...value, scale: 'log' })),
      parts: parts.map(({ margin, contribution }) => ({
        margin,
        contribution: withErrorOf(margin, contribution, errors),
      })),
      ordersPerMerchant: isSplit
        ? changeWithError(
            contributionOf(perMerchant, total.baseline.value, total.growth.flag),
            errors.ordersPerMerchant,
            1,
          )
        : null,
    };
  }
}

function withErrorOf(margin: MarginName, contribution: BriefFigure, errors: MarginErrors): SureFigure {
  if (margin === 'merchants') return changeWithError(contribution, errors.merchants, 1);
  if (margin === 'value-per-order') return changeWithError(contribution, errors.valuePerOrder, 1);
  return sure(contribution, 'buyers-of-many-owners');
}

export const marginsUncertaintyAnswerer = answerWith(
  'marginsUncertainty',
  'comparison',
  MarginsUncertaintyService,
  (service, context, question) => service.of(context, question),
);
