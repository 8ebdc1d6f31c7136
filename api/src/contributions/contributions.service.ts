import { Inject, Injectable } from '@nestjs/common';
import type { ContributionsAnswer, ContributionsQuestion } from '@beltline/contract';
import { areaOf, isIn, type ResolvedArea } from '../areas/area.ts';
import { AreasService } from '../areas/areas.service.ts';
import { BeltsService } from '../belts/belts.service.ts';
import type { Amount } from '../figures/amounts.ts';
import { compare } from '../figures/compare.ts';
import { type Compared, resolveCompared } from '../figures/compared.ts';
import { FiguresService } from '../figures/figures.service.ts';
import { EXCLUSIVE_MASK, isInTrack } from '../figures/tracks.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { type Part, partsByBelt, presentParts, type Sides } from './parts.ts';

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
    const [{ [track]: amounts }, split] = await Promise.all([
      this.figures.byTrack(compared, area, [measure], [track]),
      by === 'belt'
        ? this.byBelt(compared, area, question)
        : this.byCombination(compared, area, question).then((parts) => () => parts),
    ]);
    const total = compare(
      measure,
      { ...amounts[measure], baselineOrders: amounts.orders.baseline },
      compared.conditions,
    );
    const { value, baseline } = amounts[measure];
    const answer = { meta: compared.meta, by, track, measure, area: areaOf(area), total };
    if (value === null || baseline === null || !compared.conditions.hasBaseline)
      return { ...answer, parts: [] };
    return { ...answer, parts: presentParts(split({ value, baseline }), baseline, limit) };
  }

  /** What the belts of an area are of a whole. */
  private async byBelt(
    compared: Compared,
    area: ResolvedArea,
    { track, measure }: ContributionsQuestion,
  ): Promise<(whole: Sides) => Part[]> {
    const [belts, figures] = await Promise.all([
      this.belts.matching(compared.vintage),
      this.figures.byBelt(compared, track, measure),
    ]);
    const sides = [...figures]
      .filter(([beltId]) => isIn(area, beltId))
      .map(([beltId, { amount }]): [string, Sides] => [
        beltId,
        { value: amount.value ?? 0, baseline: amount.baseline ?? 0 },
      ]);
    return (whole) => partsByBelt(whole, belts, new Map(sides));
  }

  /** Exclusive combinations of tracks; overseas local users are part of cross-border, not one of them. */
  private async byCombination(
    compared: Compared,
    area: ResolvedArea,
    { track, measure }: ContributionsQuestion,
  ): Promise<Part[]> {
    const found =
      measure === 'merchants'
        ? (await this.figures.merchantsByCombination(compared, area)).map(flat(measure))
        : (await this.figures.byCombination(compared, area)).map(flat(measure));
    const sides = new Map<number, { value: number; baseline: number }>();
    for (const { combination, amount } of found) {
      if (!isInTrack(combination, track)) continue;
      const key = combination & EXCLUSIVE_MASK;
      const side = sides.get(key) ?? { value: 0, baseline: 0 };
      sides.set(key, side);
      side.value += amount.value ?? 0;
      side.baseline += amount.baseline ?? 0;
    }
    return [...sides].map(([combination, side]) => ({ ...side, of: { kind: 'combination', combination } }));
  }
}

const flat =
  <M extends string>(measure: M) =>
  (row: { combination: number; amounts: Record<M, Amount> }): { combination: number; amount: Amount } => ({
    combination: row.combination,
    amount: row.amounts[measure],
  });
