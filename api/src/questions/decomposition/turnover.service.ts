import { Inject, Injectable } from '@nestjs/common';
import { type ExplanationQuestion, TURNOVER_GROUPS, type TurnoverAnswer } from '@beltline/contract';
import type { ComparisonContext } from '../../data/context/context.ts';
import { answerWith } from '../indicator.ts';
import { changeOf, frameOf, unavailableReason } from './decomposition-context.ts';
import { comparedFigure } from './figures.ts';
import { ComparedSumsService } from '../../data/sums/compared-sums.service.ts';
import { MerchantValuesService } from '../../data/sums/merchant-values.service.ts';
import { hasTooFewOrders, whyNoRatio } from '../../core/ratio.ts';
import { partOfChange } from '../../core/compare.ts';
import { missing } from '../../core/figure.ts';
import { turns } from '../../platform/turns.ts';
import { type TurnoverErrors, turnoverErrors } from '../../statistics/turnover-errors.ts';
import { bySeed } from '../../data/owners/owner-windows.ts';
import { changeWithError, rateWithError, withError } from '../../data/owners/figure-error.ts';
import { turnover } from '../../statistics/turnover.ts';
import { known } from '../../core/brief-figure.ts';

/** The change of GMV by what merchants did: entered, grew, shrank, left. */
@Injectable()
export class TurnoverService {
  constructor(
    @Inject(MerchantValuesService) private readonly merchants: MerchantValuesService,
    @Inject(ComparedSumsService) private readonly sums: ComparedSumsService,
  ) {}

  async turnover(context: ComparisonContext, question: ExplanationQuestion): Promise<TurnoverAnswer> {
    const frame = frameOf(context, question);
    const unavailable = unavailableReason(frame.meta);
    if (unavailable !== null) {
      return {
        ...frame,
        total: null,
        reason: unavailable,
        midpointGrowth: missing('turnover', 'ratio', unavailable),
        groups: [],
        allStore: missing('growth', 'ratio', unavailable),
        sameStore: missing('same-store', 'ratio', unavailable),
        sameStoreMerchants: 0,
      };
    }
    const [{ baseline, period, ownerSeeds, sameStoreOrders }, { [question.track]: amounts }] =
      await Promise.all([
        this.merchants.of(context, question.track),
        this.sums.byTrack(context, [], [question.track]),
      ]);
    await turns.next();
    const split = turnover(baseline, period);
    const { sameStore } = split;
    await turns.next();
    const errors = errorsOf(baseline, period, ownerSeeds);
    const total = changeOf({ value: split.after, baseline: split.before }, amounts.orders, context.compared);
    const isSmall = total.growth.flag === 'base-too-small';
    const whole = { baseline: split.before, total };
    const change = (split.after - split.before) / 100;
    const { minBase } = context.compared.conditions;
    const reason = whyNoRatio(split.before) ?? 'no-merchants';
    return {
      ...frame,
      total,
      reason: baseline.length === 0 ? 'no-merchants' : null,
      midpointGrowth: withError(
        comparedFigure('turnover', 'ratio', split.growth, frame.meta, {
          reason,
          sides: [change, (split.after / 100 + split.before / 100) / 2],
          isSmall,
        }),
        errorAround(split, errors.allStore),
        midpointOf,
      ),
      groups: TURNOVER_GROUPS.map((group) => {
        const { merchants, before, after, change, contribution } = split.groups[group];
        return {
          group,
          merchants,
          ...sureParts({ value: after, baseline: before, change }, whole, errors.contributions[group]),
          midpointContribution: known(contribution, reason),
        };
      }),
      allStore: rateWithError(
        comparedFigure('growth', 'ratio', total.growth.value, frame.meta, {
          reason,
          sides: [change, split.before / 100],
          isSmall,
        }),
        errors.allStore,
      ),
      sameStore: rateWithError(
        comparedFigure('same-store', 'ratio', sameStore.growth, frame.meta, {
          reason,
          sides: [(sameStore.after - sameStore.before) / 100, sameStore.before / 100],
          isSmall: isSmall || hasTooFewOrders(sameStoreOrders, minBase),
        }),
        errors.sameStore,
      ),
      sameStoreMerchants: sameStore.merchants,
    };
  }
}

/** Midpoint growth of a ratio of two periods. */
const midpointOf = (ratio: number): number => (2 * (ratio - 1)) / (ratio + 1);

/** The error of all-store growth around the exact ratio of both periods, of which midpoint growth is a function. */
const errorAround = (
  { after, before }: { after: number; before: number },
  error: TurnoverErrors['allStore'],
): TurnoverErrors['allStore'] => (typeof error === 'string' ? error : { ...error, ratio: after / before });

/** Merchants in the order of their owners, so that an error is the same in whatever order they come. */
function errorsOf(before: readonly number[], after: readonly number[], seeds: readonly number[]) {
  const pairs = before.flatMap((value, merchant) => [value, after[merchant] ?? 0]);
  const owners = bySeed(seeds, pairs, 2);
  const [base = new Float64Array(), now = new Float64Array()] = owners.sums;
  return turnoverErrors(base, now, { ownerOf: owners.ownerOf, owners: owners.seeds.length });
}

/** A part of the change, with how sure its contribution is. */
function sureParts(
  sides: Parameters<typeof partOfChange>[0],
  whole: Parameters<typeof partOfChange>[1],
  error: TurnoverErrors['contributions']['entrants'],
) {
  const part = partOfChange(sides, whole);
  return { ...part, contribution: changeWithError(part.contribution, error, 1) };
}

export const turnoverAnswerer = answerWith(
  'turnover',
  'comparison',
  TurnoverService,
  (service, context, question) => service.turnover(context, question),
);
