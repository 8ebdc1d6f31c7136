import { Inject, Injectable } from '@nestjs/common';
import { type RecoveryState, STATES, type StatesAnswer, type StatesQuestion } from '@beltline/contract';
import { addMonths } from '../../core/calendar.ts';
import { at } from '../../core/vector.ts';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { answerWith } from '../indicator.ts';
import { hasStates, monthAsked } from '../recovery/month-asked.ts';
import { RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { StateService } from '../recovery/state.service.ts';

/** The state of every area of a level, and what it was the month before. */
@Injectable()
export class StatesService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(StateService) private readonly stateService: StateService,
  ) {}

  async states(context: Context, question: StatesQuestion): Promise<StatesAnswer> {
    const { vintage } = context;
    const { track, measure, level } = question;
    const [areas, basis] = await Promise.all([
      this.contexts.areas(context, level),
      this.bases.of(vintage, question),
    ]);
    const month = monthAsked(basis.months, question.month);
    const before =
      month === null || !hasStates(basis.months, addMonths(month, -1)) ? [] : [addMonths(month, -1)];
    const states =
      month === null
        ? []
        : await this.stateService.of(vintage, { track, measure }, basis, areas, [month, ...before]);
    const rows = states.map(([now, then], index) => rowOf(at(areas, index), now as RecoveryState, then));
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
        sure: rows.filter((row) => row.now.state === state && row.now.certainty === 'sure').length,
        before: before.length === 0 ? null : rows.filter((row) => row.before === state).length,
      })),
      rows: rows.toSorted((a, b) => (b.now.probability ?? -1) - (a.now.probability ?? -1)),
    };
  }
}

/** A change is one that is sure on both sides: of what is uncertain in between nobody knows. */
function rowOf(
  area: ResolvedArea,
  now: RecoveryState,
  then: RecoveryState | undefined,
): StatesAnswer['rows'][number] {
  const areSure = now.certainty === 'sure' && then?.certainty === 'sure';
  return {
    area: areaOf(area),
    now,
    before: then?.state ?? null,
    changed: areSure && now.state !== then.state,
  };
}

export const statesAnswerer = answerWith('states', 'version', StatesService, (service, context, question) =>
  service.states(context, question),
);
