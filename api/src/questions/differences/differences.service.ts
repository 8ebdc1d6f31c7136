import { Inject, Injectable } from '@nestjs/common';
import type { DifferencesAnswer, DifferencesQuestion, RecoveryState } from '@beltline/contract';
import { addMonths, type Month } from '../../core/calendar.ts';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import type { Context } from '../../data/context/context.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { AreaOwners } from '../../data/owners/owner-windows.ts';
import { OwnerWindowsService } from '../../data/owners/owner-windows.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { answerWith } from '../indicator.ts';
import { ratiosOf, stateAt } from '../recovery/area-state.ts';
import { monthAsked } from '../recovery/month-asked.ts';
import { evidenceAt } from '../recovery/month-evidence.ts';
import { type RecoveryBasis, RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import { breadthPeriodOf, deadBandOf, figuresAt, placesOf, WindowList } from '../recovery/state-evidence.ts';
import {
  differencesAmong,
  FALSE_DISCOVERY_RATE,
  movesBy,
  type OwnedFigure,
  type ToldDifference,
} from './figure-differences.ts';

/** A state, and its figures with who moves them: level, growth, breadth. */
interface OwnedState {
  readonly area: ResolvedArea;
  readonly state: RecoveryState;
  readonly figures: readonly OwnedFigure[];
}

/** Areas side by side, and by how much they surely differ. */
@Injectable()
export class DifferencesService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(RecoveryBasisService) private readonly bases: RecoveryBasisService,
    @Inject(OwnerWindowsService) private readonly owners: OwnerWindowsService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws ProblemError where an area is not there or not the viewer's, or the month or year not completely loaded. @throws EngineError */
  async of(context: Context, question: DifferencesQuestion): Promise<DifferencesAnswer> {
    const { vintage, meta } = context;
    const { track, measure } = question;
    const areas = await this.contexts.areasNamed(context, question.areas);
    const basis = await this.bases.of(vintage, question);
    const month = monthAsked(basis.months, question.month);
    const end = month ?? addMonths(basis.months[0]?.month ?? '1970-01', -1);
    const states: OwnedState[] = [];
    // One after the other: owners of the nation are much to have in memory.
    for (const area of areas) states.push(await this.state(vintage, question, basis, area, end));
    const differences = differencesAmong(states.map(({ figures }) => figures));
    return {
      ...{ meta, track, measure, month, reference: basis.reference },
      falseDiscoveryRate: FALSE_DISCOVERY_RATE,
      areas: states.map(({ area, state }, place) => ({
        area: areaOf(area),
        ...state,
        against: areas.flatMap((other, at) => {
          const told = differences[place]?.[at];
          return told ? [{ area: areaOf(other), ...rowOf(told) }] : [];
        }),
      })),
    };
  }

  private async state(
    vintage: Vintage,
    { track, measure }: Pick<DifferencesQuestion, 'track' | 'measure'>,
    basis: RecoveryBasis,
    area: ResolvedArea,
    month: Month,
  ): Promise<OwnedState> {
    const days = basis.days(area);
    const windows = new WindowList();
    const places = placesOf(windows, vintage, days, month);
    const found = await this.owners.of(vintage, { track, measure }, [area], windows.all);
    const owners = new AreaOwners(await found(area));
    const evidence = evidenceAt(places, owners);
    const deadBand = deadBandOf(this.config);
    const figures = { ...figuresAt(days, month), breadthPeriod: breadthPeriodOf(vintage, month) };
    const state = await turns.finish(stateAt(figures, evidence, deadBand));
    await turns.next();
    const { level, growth, breadth } = ratiosOf(evidence, deadBand);
    const { seeds } = owners.windows;
    return {
      area,
      state,
      figures: [
        { figure: state.level, moves: movesBy(level, seeds), whole: (value) => value },
        { figure: state.growth, moves: movesBy(growth, seeds), whole: (value) => 1 + value },
        { figure: state.breadth, moves: movesBy(breadth, seeds), whole: (value) => value },
      ],
    };
  }
}

function rowOf([level, growth, breadth]: readonly ToldDifference[]) {
  if (!level || !growth || !breadth) throw new RangeError('three figures of each pair');
  return {
    ...{ level: level.by, levelFinding: level.finding },
    ...{ growth: growth.by, growthFinding: growth.finding },
    ...{ breadth: breadth.by, breadthFinding: breadth.finding },
  };
}

export const differencesAnswerer = answerWith(
  'differences',
  'version',
  DifferencesService,
  (service, context, question) => service.of(context, question),
);
