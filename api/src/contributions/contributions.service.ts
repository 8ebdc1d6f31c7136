import { Inject, Injectable } from '@nestjs/common';
import type { ContributionsAnswer, ContributionsQuestion } from '@beltline/contract';
import { BeltsService } from '../belts/belts.service.ts';
import { compare } from '../figures/compare.ts';
import { type Compared, resolveCompared } from '../figures/compared.ts';
import { amountsOfTrack, type CombinationAmounts, FiguresService } from '../figures/figures.service.ts';
import { EXCLUSIVE_MASK, isInTrack } from '../figures/tracks.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { type Part, partsByBelt, presentParts, type Sides } from './parts.ts';

@Injectable()
export class ContributionsService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(BeltsService) private readonly belts: BeltsService,
    @Inject(FiguresService) private readonly figures: FiguresService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The change of a total, split. Without a baseline, or where the total is not known, there is nothing to split. */
  async split(question: ContributionsQuestion): Promise<ContributionsAnswer> {
    const { by, track, measure, limit } = question;
    const beltId = question.belt ?? null;
    const vintage = await this.vintages.of(question.source);
    const compared = resolveCompared(vintage, question, this.config.BELTLINE_MIN_BASE);
    const [combinations] = await Promise.all([
      this.figures.byCombination(compared, beltId, [measure]),
      this.belts.assertKnown(vintage, question.belt),
    ]);
    const amounts = amountsOfTrack(combinations, track, beltId, compared);
    const total = compare(
      measure,
      { ...amounts[measure], baselineOrders: amounts.orders.baseline },
      compared.conditions,
    );
    const { value, baseline } = amounts[measure];
    const answer = { meta: compared.meta, by, track, measure, beltId, total };
    if (value === null || baseline === null || !compared.conditions.hasBaseline)
      return { ...answer, parts: [] };
    const parts =
      by === 'belt'
        ? await this.byBelt(compared, question, { value, baseline })
        : byCombination(combinations, question);
    return { ...answer, parts: presentParts(parts, baseline, limit) };
  }

  private async byBelt(
    compared: Compared,
    { track, measure }: ContributionsQuestion,
    whole: Sides,
  ): Promise<Part[]> {
    const [belts, figures] = await Promise.all([
      this.belts.matching(compared.vintage),
      this.figures.byBelt(compared, track, measure),
    ]);
    const sides = [...figures].map(([beltId, { amount }]): [string, Sides] => [
      beltId,
      { value: amount.value ?? 0, baseline: amount.baseline ?? 0 },
    ]);
    return partsByBelt(whole, belts, new Map(sides));
  }
}

/** Exclusive combinations of tracks; overseas local users are part of cross-border, not one of them. */
function byCombination(
  combinations: readonly CombinationAmounts[],
  { track, measure }: ContributionsQuestion,
): Part[] {
  const sides = new Map<number, { value: number; baseline: number }>();
  for (const { combination, amounts } of combinations) {
    if (!isInTrack(combination, track)) continue;
    const key = combination & EXCLUSIVE_MASK;
    const side = sides.get(key) ?? { value: 0, baseline: 0 };
    sides.set(key, side);
    side.value += amounts[measure]?.value ?? 0;
    side.baseline += amounts[measure]?.baseline ?? 0;
  }
  return [...sides].map(([combination, side]) => ({ ...side, of: { kind: 'combination', combination } }));
}
