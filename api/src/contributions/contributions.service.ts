import { Inject, Injectable } from '@nestjs/common';
import type { ContributionsAnswer, ContributionsQuestion } from '@beltline/contract';
import { areaOf, isIn, type ResolvedArea } from '../areas/area.ts';
import { AreasService } from '../areas/areas.service.ts';
import { BeltsService } from '../belts/belts.service.ts';
import type { Amount } from '../figures/amounts.ts';
import { compare } from '../figures/compare.ts';
import { type Compared, resolveCompared } from '../figures/compared.ts';
import { FiguresService, type Measured } from '../figures/figures.service.ts';
import { EXCLUSIVE_MASK, isInTrack } from '../figures/tracks.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { type Part, partsByBelt, presentParts, type Sides } from './parts.ts';

/** A whole, and what it is made of. */
interface Split {
  readonly whole: Measured;
  readonly parts: readonly Part[];
}

@Injectable()
export class ContributionsService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(AreasService) private readonly areas: AreasService,
    @Inject(BeltsService) private readonly belts: BeltsService,
    @Inject(FiguresService) private readonly figures: FiguresService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The change of a total, split. Without a baseline, or where the total is not known, there is nothing to split. */
  async split(question: ContributionsQuestion): Promise<ContributionsAnswer> {
    const { by, track, measure, limit } = question;
    const vintage = await this.vintages.of(question.source, question.asOf);
    const compared = resolveCompared(vintage, question, this.config.BELTLINE_MIN_BASE);
    const area = await this.areas.of(vintage, question);
    const { whole, parts } = await (by === 'belt'
      ? this.byBelt(compared, area, question)
      : this.byCombination(compared, area, question));
    const total = compare(
      measure,
      { ...whole.amount, baselineOrders: whole.orders.baseline },
      compared.conditions,
    );
    const { baseline } = whole.amount;
    const answer = { meta: compared.meta, by, track, measure, area: areaOf(area), total };
    if (total.value === null || baseline === null || !compared.conditions.hasBaseline)
      return { ...answer, parts: [] };
    return { ...answer, parts: presentParts(parts, baseline, limit) };
  }

  private async byBelt(
    compared: Compared,
    area: ResolvedArea,
    { track, measure }: ContributionsQuestion,
  ): Promise<Split> {
    const [belts, figures] = await Promise.all([
      this.belts.matching(compared.vintage),
      this.figures.byBelt(compared, area, track, measure),
    ]);
    const sides = [...figures.belts]
      .filter(([beltId]) => isIn(area, beltId))
      .map(([beltId, { amount }]): [string, Sides] => [beltId, sidesOf(amount)]);
    return {
      whole: figures.whole,
      parts: partsByBelt(sidesOf(figures.whole.amount), belts, new Map(sides)),
    };
  }

  /** Exclusive combinations of tracks; overseas local users are part of cross-border, not one of them. */
  private async byCombination(
    compared: Compared,
    area: ResolvedArea,
    { track, measure }: ContributionsQuestion,
  ): Promise<Split> {
    const [{ [track]: amounts }, found] = await Promise.all([
      this.figures.byTrack(compared, area, [measure], [track]),
      measure === 'merchants'
        ? this.figures.merchantsByCombination(compared, area).then((rows) => rows.map(flat(measure)))
        : this.figures.byCombination(compared, area).then((rows) => rows.map(flat(measure))),
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
