import { Inject, Injectable } from '@nestjs/common';
import type { ConcentrationAnswer, ExplanationQuestion, Period, Reason, Unit } from '@beltline/contract';
import { turns } from '../../platform/turns.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { frameOf } from '../decomposition/decomposition-context.ts';
import { answerWith } from '../indicator.ts';
import { periodFigure } from '../decomposition/figures.ts';
import { MerchantValuesService, NO_MERCHANTS } from '../../data/sums/merchant-values.service.ts';
import { gini, hhi, lorenz, topShare } from '../../statistics/concentration.ts';

/** The part of the merchants whose share is told. */
export const TOP = 0.2;
/** Of fewer merchants the top is not one whole merchant, and its share says nothing: of one it is the fifth itself. */
const FEWEST = 1 / TOP;

/** How the value of a period is spread over the merchants that were active in it. */
@Injectable()
export class ConcentrationService {
  constructor(@Inject(MerchantValuesService) private readonly merchants: MerchantValuesService) {}

  async concentration(
    context: ComparisonContext,
    question: ExplanationQuestion,
  ): Promise<ConcentrationAnswer> {
    const frame = frameOf(context, question);
    const { compared } = context;
    const { period, baseline } = frame.meta;
    const { nothingLoaded } = compared.conditions;
    const isWhole = compared.now.partMonths.length === 0 && !nothingLoaded;
    const reason = nothingLoaded ? 'not-loaded' : isWhole ? 'no-merchants' : 'part-month';
    const values = isWhole ? await this.merchants.of(context, question.track) : NO_MERCHANTS;
    const now = await turns.finish(spread(values.period, period, isWhole, reason));
    const before = await turns.finish(spread(values.baseline, baseline, isWhole, reason));
    return {
      ...frame,
      merchants: now.merchants,
      hhi: now.hhi,
      gini: now.gini,
      topFifth: now.topFifth,
      baselineHhi: before.hhi,
      baselineGini: before.gini,
      baselineTopFifth: before.topFifth,
      lorenz: now.lorenz,
      baselineLorenz: before.lorenz,
    };
  }
}

/** In steps: each of them sorts every merchant of the area. */
function* spread(values: readonly number[], period: Period | null, isWhole: boolean, reason: Reason) {
  const active = values.filter((value) => value > 0);
  const figure = (definition: string, unit: Unit, value: number | null, why: Reason = reason) =>
    periodFigure(definition, unit, isWhole ? value : null, { period, reason: why });
  yield;
  const ofSquares = hhi(active);
  yield;
  // Of one merchant it would be 0, as if nothing could be more evenly spread than what is in one hand.
  const ofDifferences = active.length < 2 ? null : (gini(active)?.gini ?? null);
  yield;
  const ofTop = active.length < FEWEST ? null : topShare(active, TOP);
  yield;
  const why = active.length > 0 ? 'too-little-data' : reason;
  return {
    merchants: figure('merchants', 'merchants', active.length),
    hhi: figure('hhi', 'points', ofSquares),
    gini: figure('gini', 'index', ofDifferences, why),
    topFifth: figure('top-fifth', 'ratio', ofTop, why),
    lorenz: lorenz(active),
  };
}

export const concentrationAnswerer = answerWith(
  'concentration',
  'comparison',
  ConcentrationService,
  (service, context, question) => service.concentration(context, question),
);
