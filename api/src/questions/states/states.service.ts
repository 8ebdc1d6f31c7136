import { Inject, Injectable } from '@nestjs/common';
import {
  type RecoveryState,
  type StateHistoryAnswer,
  type StateHistoryQuestion,
  STATES,
  type StatesAnswer,
  type StatesQuestion,
} from '@beltline/contract';
import { addMonths, monthsThrough } from '../../core/calendar.ts';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { answerWith } from '../indicator.ts';
import { hasStates, monthAsked } from '../recovery/month-asked.ts';
import { RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { VersionStatesService } from './version-states.service.ts';

/** The state of every area of a level, and what it was the month before. */
@Injectable()
export class StatesService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(VersionStatesService) private readonly ofVersion: VersionStatesService,
  ) {}

  async states(context: Context, question: StatesQuestion): Promise<StatesAnswer> {
    const { vintage } = context;
    const { track, measure, level } = question;
    const [areas, loaded] = await Promise.all([
      this.contexts.areas(context, level),
      this.bases.months(vintage, question),
    ]);
    const month = monthAsked(loaded.months, question.month);
    const before =
      month === null || !hasStates(loaded.months, addMonths(month, -1)) ? [] : [addMonths(month, -1)];
    const [states, statesBefore] = await this.ofVersion.of(
      vintage,
      question,
      loaded.reference,
      month === null ? [] : [month, ...before],
    );
    const rows = areas.flatMap((area) => {
      const now = states?.get(area.id);
      return now ? [rowOf(area, now, statesBefore?.get(area.id))] : [];
    });
    return {
      meta: context.meta,
      level,
      track,
      measure,
      month,
      reference: loaded.reference,
      counts: countsOf(rows.map(({ now }) => now)).map((count) => ({
        ...count,
        before: before.length === 0 ? null : rows.filter((row) => row.before === count.state).length,
      })),
      rows: rows.toSorted((a, b) => (b.now.probability ?? -1) - (a.now.probability ?? -1)),
    };
  }

  async history(context: Context, question: StateHistoryQuestion): Promise<StateHistoryAnswer> {
    const { vintage, meta } = context;
    const { track, measure, level } = question;
    const [areas, loaded] = await Promise.all([
      this.contexts.areas(context, level),
      this.bases.months(vintage, question),
    ]);
    const last = monthAsked(loaded.months, question.month);
    const asked = last === null ? [] : monthsThrough(addMonths(last, 1 - question.months), last);
    const months = asked.filter((one) => hasStates(loaded.months, one));
    const states = await this.ofVersion.of(vintage, question, loaded.reference, months);
    return {
      ...{ meta, level, track, measure, reference: loaded.reference },
      months: months.map((month, place) => ({
        month,
        counts: countsOf(areas.flatMap(({ id }) => states[place]?.get(id) ?? [])),
      })),
    };
  }
}

const countsOf = (states: readonly RecoveryState[]) =>
  STATES.map((state) => {
    const own = states.filter((one) => one.state === state);
    return { state, areas: own.length, sure: own.filter(({ certainty }) => certainty === 'sure').length };
  });

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

export const stateHistoryAnswerer = answerWith(
  'stateHistory',
  'version',
  StatesService,
  (service, context, question) => service.history(context, question),
);
