import { Inject, Injectable } from '@nestjs/common';
import { type ExplanationQuestion, MARGINS, type MarginsAnswer, type Measure } from '@beltline/contract';
import type { Amount, Uncovered } from '../../core/amounts.ts';
import { toldUncovered } from '../../core/compare.ts';
import { contributionOf } from '../../core/ratio.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { ComparedSumsService } from '../../data/sums/compared-sums.service.ts';
import { answerWith } from '../indicator.ts';
import { lmdi } from '../../statistics/lmdi.ts';
import { changeOf, frameOf, unavailableReason } from './decomposition-context.ts';
import { known } from '../../core/brief-figure.ts';

const MEASURES: readonly Measure[] = ['gmv', 'orders', 'merchants', 'buyers'];

/** Of the GMV of either side, whose buyers may be unknown for it to be split by buyers. */
const MOST_UNCOVERED = 0.1;
const areBuyersTold = ({ value, baseline }: Uncovered) =>
  Math.max(value ?? 0, baseline ?? 0) <= MOST_UNCOVERED;

/** The change of GMV by its margins: merchants × buyers per merchant × orders per buyer × value per order. */
@Injectable()
export class MarginsService {
  constructor(@Inject(ComparedSumsService) private readonly sums: ComparedSumsService) {}

  async margins(context: ComparisonContext, question: ExplanationQuestion): Promise<MarginsAnswer> {
    const frame = frameOf(context, question);
    const unavailable = unavailableReason(frame.meta);
    if (unavailable !== null) return { ...frame, total: null, reason: unavailable, parts: [] };
    const amounts = (await this.sums.byTrack(context, MEASURES, [question.track]))[question.track];
    const sides = { value: side(amounts, 'value'), baseline: side(amounts, 'baseline') };
    const gmv = { value: amounts.gmv.value ?? 0, baseline: amounts.gmv.baseline ?? 0 };
    const total = changeOf(gmv, amounts.orders, context.compared);
    const { uncovered } = amounts.buyers;
    const told = uncovered && { uncovered: toldUncovered(uncovered, context.compared.conditions) };
    if (uncovered && !areBuyersTold(uncovered))
      return { ...frame, total, reason: 'not-told', parts: [], ...told };
    const [now, before] = [factorsOf(sides.value), factorsOf(sides.baseline)];
    const parts = lmdi(before, now);
    return {
      ...frame,
      total,
      reason: sides.value.merchants + sides.baseline.merchants === 0 ? 'no-merchants' : null,
      parts: MARGINS.map((margin, index) => ({
        margin,
        value: known(sides.value.merchants > 0 ? (now[index] ?? null) : null, 'no-merchants'),
        baseline: known(sides.baseline.merchants > 0 ? (before[index] ?? null) : null, 'no-merchants'),
        change: known(parts[index] ?? 0, 'no-merchants'),
        contribution: contributionOf(parts[index] ?? 0, gmv.baseline / 100, total.growth.flag),
      })),
      ...told,
    };
  }
}

interface Side {
  readonly gmv: number;
  readonly orders: number;
  readonly merchants: number;
  readonly buyers: number;
}

function side(amounts: Record<Measure, Amount>, which: keyof Uncovered): Side {
  const of = (measure: Measure) => (amounts[measure][which] ?? 0) / 100;
  return { gmv: of('gmv'), orders: of('orders'), merchants: of('merchants'), buyers: of('buyers') };
}

/** Their product is the GMV; where nothing was sold all are 0. */
function factorsOf({ gmv, orders, merchants, buyers }: Side): number[] {
  const ratio = (numerator: number, denominator: number) => (denominator > 0 ? numerator / denominator : 0);
  return [merchants, ratio(buyers, merchants), ratio(orders, buyers), ratio(gmv, orders)];
}

export const marginsAnswerer = answerWith(
  'margins',
  'comparison',
  MarginsService,
  (service, context, question) => service.margins(context, question),
);
