import { Inject, Injectable } from '@nestjs/common';
import type {
  ConcentrationUncertaintyAnswer,
  ExplanationQuestion,
  Figure,
  SureFigure,
} from '@beltline/contract';
import { brief, known } from '../../core/brief-figure.ts';
import { growthOf } from '../../core/ratio.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { sure, sureGrowth, uncertaintyOf } from '../../data/owners/figure-error.ts';
import { bySeed } from '../../data/owners/owner-windows.ts';
import { MerchantValuesService, NO_MERCHANTS } from '../../data/sums/merchant-values.service.ts';
import { turns } from '../../platform/turns.ts';
import { concentrationErrors } from '../../statistics/concentration-errors.ts';
import type { NoError, RatioError } from '../../statistics/owner-bootstrap.ts';
import { answerWith } from '../indicator.ts';
import { ConcentrationService, TOP } from './concentration.service.ts';

/** How sure the concentration of a period is, and that it is another than that of its baseline. */
@Injectable()
export class ConcentrationUncertaintyService {
  constructor(
    @Inject(ConcentrationService) private readonly concentration: ConcentrationService,
    @Inject(MerchantValuesService) private readonly merchants: MerchantValuesService,
  ) {}

  /** @throws EngineError */
  async of(
    context: ComparisonContext,
    question: ExplanationQuestion,
  ): Promise<ConcentrationUncertaintyAnswer> {
    const answer = await this.concentration.concentration(context, question);
    const { meta, area, track } = answer;
    const isTold = answer.hhi.value !== null;
    const values = isTold ? await this.merchants.of(context, track) : NO_MERCHANTS;
    const pairs = values.period.flatMap((now, merchant) => [now, values.baseline[merchant] ?? 0]);
    const { seeds, ownerOf, sums } = bySeed(values.ownerSeeds, pairs, 2);
    const [now = new Float64Array(), before = new Float64Array()] = sums;
    const owned = { ownerOf, owners: seeds.length };
    const errors = await turns.finish(
      concentrationErrors({ values: now, ...owned }, { values: before, ...owned }, TOP),
    );
    const { gini, topShare } = errors;
    const none = (figure: Figure) => sure(brief(figure), 'largest-decide');
    return {
      ...{ meta, area, track },
      hhi: none(answer.hhi),
      gini: level(answer.gini, gini.now),
      topFifth: level(answer.topFifth, topShare.now),
      baselineHhi: none(answer.baselineHhi),
      baselineGini: level(answer.baselineGini, gini.before),
      baselineTopFifth: level(answer.baselineTopFifth, topShare.before),
      hhiChange: sure(change(answer.hhi, answer.baselineHhi), 'largest-decide'),
      giniChange: sureGrowth(change(answer.gini, answer.baselineGini), gini.change),
      topFifthChange: sureGrowth(change(answer.topFifth, answer.baselineTopFifth), topShare.change),
    };
  }
}

/** A share or a coefficient with its interval; neither can be above 1. */
const level = (figure: Figure, error: RatioError | NoError): SureFigure =>
  sure(
    brief(figure),
    typeof error === 'string' ? error : uncertaintyOf(error, (ratio) => Math.min(1, ratio)),
  );

/** By what part a figure is more than that of the baseline. */
const change = (now: Figure, before: Figure) =>
  known(growthOf(now.value, before.value), now.reason ?? before.reason ?? 'baseline-zero', now.flag);

export const concentrationUncertaintyAnswerer = answerWith(
  'concentrationUncertainty',
  'comparison',
  ConcentrationUncertaintyService,
  (service, context, question) => service.of(context, question),
);
