import { Inject, Injectable } from '@nestjs/common';
import { STATES, type StatesAnswer, type StatesQuestion } from '@beltline/contract';
import { areaOf, type ResolvedArea } from '../areas/area.ts';
import { AreasService } from '../areas/areas.service.ts';
import { breadthMonths, BreadthService } from '../breadth/breadth.service.ts';
import { addMonths, type Month } from '../figures/calendar.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { turns } from '../platform/turns.ts';
import { KeptOfVintage } from '../sources/kept-of-vintage.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { metaOf, type Vintage } from '../sources/vintage.ts';
import { stateAt } from './area-facts.ts';
import { hasStates, monthAsked } from './month-asked.ts';
import { type RecoveryBasis, RecoveryBasisService } from './recovery-basis.service.ts';

/** Answers of some 150 KB. */
const KEPT = 100;

/** The state of every area of a level, and what it was the month before. */
@Injectable()
export class StatesService {
  readonly kept = new KeptOfVintage<StatesAnswer>(KEPT);

  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(AreasService) private readonly areas: AreasService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(BreadthService) private readonly breadths: BreadthService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async states(question: StatesQuestion): Promise<StatesAnswer> {
    const vintage = await this.vintages.of(question.source, question.asOf);
    return this.kept.of(vintage, question, () => this.compute(vintage, question));
  }

  private async compute(vintage: Vintage, question: StatesQuestion): Promise<StatesAnswer> {
    const { track, measure, level } = question;
    const [areas, basis] = await Promise.all([
      this.areas.all(vintage, level),
      this.bases.of(vintage, question),
    ]);
    const month = monthAsked(basis.months, question.month);
    const isFirst = month === null || !hasStates(basis.months, addMonths(month, -1));
    const rows = month === null ? [] : await this.rows(vintage, question, { areas, basis, month });
    return {
      meta: metaOf(vintage),
      level,
      track,
      measure,
      month,
      reference: basis.reference,
      counts: STATES.map((state) => ({
        state,
        areas: rows.filter((row) => row.now.state === state).length,
        before: isFirst ? null : rows.filter((row) => row.before === state).length,
      })),
      rows: rows.toSorted((a, b) => (b.now.sureness ?? -1) - (a.now.sureness ?? -1)),
    };
  }

  private async rows(
    vintage: Vintage,
    { track, measure }: StatesQuestion,
    { areas, basis, month }: { areas: readonly ResolvedArea[]; basis: RecoveryBasis; month: Month },
  ): Promise<StatesAnswer['rows']> {
    const before = addMonths(month, -1);
    const isFirst = !hasStates(basis.months, before);
    const known = breadthMonths(vintage).filter((one) => one === month || one === before);
    const breadth = await this.breadths.of(vintage, { track, measure }, areas, known);
    const deadBand = this.config.BELTLINE_DEAD_BAND;
    return turns.map(areas, (area) => {
      const days = basis.days(area);
      const now = stateAt(days, month, breadth(area, month), deadBand);
      const then = isFirst ? null : stateAt(days, before, breadth(area, before), deadBand).state;
      return { area: areaOf(area), now, before: then, changed: then !== null && now.state !== then };
    });
  }
}
