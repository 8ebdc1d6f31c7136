import { Inject, Injectable } from '@nestjs/common';
import type { ConcentrationAnswer, ExplanationQuestion, Period, Unit } from '@beltline/contract';
import { ExplainedService } from './explained.service.ts';
import { periodFigure } from './figures.ts';
import { MerchantValuesService } from './merchant-values.service.ts';
import { gini, hhi, lorenz, topShare } from '../statistics/concentration.ts';

const TOP = 0.2;

/** How the value of a period is spread over the merchants that were active in it. */
@Injectable()
export class ConcentrationService {
  constructor(
    @Inject(ExplainedService) private readonly explained: ExplainedService,
    @Inject(MerchantValuesService) private readonly merchants: MerchantValuesService,
  ) {}

  async concentration(question: ExplanationQuestion): Promise<ConcentrationAnswer> {
    const explained = await this.explained.of(question);
    const { frame, compared } = explained;
    const { period, baseline } = frame.meta;
    const isWhole = compared.now.partMonths.length === 0;
    const values = isWhole
      ? await this.merchants.of(explained, question.track)
      : { baseline: [], period: [] };
    const now = spread(values.period, period, isWhole);
    const before = spread(values.baseline, baseline, isWhole);
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

function spread(values: readonly number[], period: Period | null, isWhole: boolean) {
  const active = values.filter((value) => value > 0);
  const reason = isWhole ? ('no-merchants' as const) : ('part-month' as const);
  const figure = (definition: string, unit: Unit, value: number | null) =>
    periodFigure(definition, unit, isWhole ? value : null, { period, reason });
  return {
    merchants: figure('merchants', 'merchants', active.length),
    hhi: figure('hhi', 'points', hhi(active)),
    gini: figure('gini', 'index', gini(active)?.gini ?? null),
    topFifth: figure('top-fifth', 'ratio', topShare(active, TOP)),
    lorenz: lorenz(active),
  };
}
