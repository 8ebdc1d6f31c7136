import { Inject, Injectable } from '@nestjs/common';
import { STATES, type StatesAnswer, type StatesQuestion } from '@beltline/contract';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { BreadthService } from '../breadth/breadth.service.ts';
import { addMonths, type Month } from '../../core/calendar.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { answerWith } from '../indicator.ts';
import { stateAt } from '../recovery/area-facts.ts';
import { hasStates, monthAsked } from '../recovery/month-asked.ts';
import { type RecoveryBasis, RecoveryBasisService } from '../recovery/recovery-basis.service.ts';

/** The state of every area of a level, and what it was the month before. */
@Injectable()
export class StatesService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(BreadthService) private readonly breadths: BreadthService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async states(context: Context, question: StatesQuestion): Promise<StatesAnswer> {
    const { vintage } = context;
    const { track, measure, level } = question;
    const [areas, basis] = await Promise.all([
      this.contexts.areas(context, level),
      this.bases.of(vintage, question),
    ]);
    const month = monthAsked(basis.months, question.month);
    const isFirst = month === null || !hasStates(basis.months, addMonths(month, -1));
    const rows = month === null ? [] : await this.rows(vintage, question, { areas, basis, month });
    return {
      meta: context.meta,
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
    const breadth = await this.breadths.of(vintage, { track, measure }, areas, [month, before]);
    const deadBand = this.config.BELTLINE_DEAD_BAND;
    return turns.map(areas, (area) => {
      const days = basis.days(area);
      const now = stateAt(days, month, breadth(area, month), deadBand);
      const then = isFirst ? null : stateAt(days, before, breadth(area, before), deadBand).state;
      return { area: areaOf(area), now, before: then, changed: then !== null && now.state !== then };
    });
  }
}

export const statesAnswerer = answerWith('states', 'version', StatesService, (service, context, question) =>
  service.states(context, question),
);
