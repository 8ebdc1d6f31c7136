import { Inject, Injectable } from '@nestjs/common';
import type { ContributionsAnswer, ContributionsQuestion } from '@beltline/contract';
import { areaOf, isIn } from '../../data/areas/area.ts';
import { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import type { Amount } from '../../core/amounts.ts';
import { compare } from '../../core/compare.ts';
import { ComparedSumsService, type Measured } from '../../data/sums/compared-sums.service.ts';
import { EXCLUSIVE_MASK, isInTrack } from '../../core/tracks.ts';
import { answerWith } from '../indicator.ts';
import { type Part, partsByBelt, presentParts, type Sides } from './parts.ts';

/** A whole, and what it is made of. */
interface Split {
  readonly whole: Measured;
  readonly parts: readonly Part[];
}

@Injectable()
export class ContributionsService {
  constructor(
    @Inject(BeltRegistry) private readonly registry: BeltRegistry,
    @Inject(ComparedSumsService) private readonly sums: ComparedSumsService,
  ) {}

  /** The change of a total, split. Without a baseline, or where the total is not known, there is nothing to split. */
  async split(context: ComparisonContext, question: ContributionsQuestion): Promise<ContributionsAnswer> {
    const { by, track, measure, limit } = question;
    const { compared, area } = context;
    const { whole, parts } = await (by === 'belt'
      ? this.byBelt(context, question)
      : this.byCombination(context, question));
    const total = compare(
      measure,
      { ...whole.amount, baselineOrders: whole.orders.baseline },
      compared.conditions,
    );
    const { baseline } = whole.amount;
    const answer = { meta: compared.meta, by, track, measure, area: areaOf(area), total };
    if (total.value.value === null || baseline === null || !compared.conditions.hasBaseline)
      return { ...answer, parts: [] };
    return { ...answer, parts: presentParts(parts, { baseline, total }, limit) };
  }

  private async byBelt(
    context: ComparisonContext,
    { track, measure }: ContributionsQuestion,
  ): Promise<Split> {
    const [belts, figures] = await Promise.all([
      this.registry.visible(context.vintage),
      this.sums.byBelt(context, track, measure),
    ]);
    const sides = [...figures.belts]
      .filter(([beltId]) => isIn(context.area, beltId))
      .map(([beltId, { amount }]): [string, Sides] => [beltId, sidesOf(amount)]);
    return {
      whole: figures.whole,
      parts: partsByBelt(sidesOf(figures.whole.amount), belts, new Map(sides)),
    };
  }

  /** Exclusive combinations of tracks; overseas local users are part of cross-border, not one of them. */
  private async byCombination(
    context: ComparisonContext,
    { track, measure }: ContributionsQuestion,
  ): Promise<Split> {
    const [{ [track]: amounts }, found] = await Promise.all([
      this.sums.byTrack(context, [measure], [track]),
      measure === 'merchants'
        ? this.sums.merchantsByCombination(context).then((rows) => rows.map(flat(measure)))
        : this.sums.byCombination(context).then((rows) => rows.map(flat(measure))),
    ]);
    const sides = new Map<number, { value: number; baseline: number }>();
    for (const { combination, amount } of found) {
      if (!isInTrack(combination, track)) continue;
      const key = combination & EXCLUSIVE_MASK;
      const side = sides.get(key) ?? { value: 0, baseline: 0 };
      sides.set(key, side);
      side.value += amount.value ?? 0;
      side.baseline += amount.baseline ?? 0;
    }
    const parts = [...sides].map(([combination, side]): Part => ({
      ...side,
      of: { kind: 'combination', combination },
    }));
    return { whole: { amount: amounts[measure], orders: amounts.orders }, parts };
  }
}

const sidesOf = ({ value, baseline }: Amount): Sides => ({ value: value ?? 0, baseline: baseline ?? 0 });

const flat =
  <M extends string>(measure: M) =>
  (row: { combination: number; amounts: Record<M, Amount> }): { combination: number; amount: Amount } => ({
    combination: row.combination,
    amount: row.amounts[measure],
  });

export const contributionsAnswerer = answerWith(
  'contributions',
  'comparison',
  ContributionsService,
  (service, context, question) => service.split(context, question),
);
