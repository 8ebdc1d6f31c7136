import type { AreaQuestion, Comparison, Measure, Meta, Track } from '@beltline/contract';
import type { Sight } from '../../access/viewer.ts';
import type { Month } from '../../core/calendar.ts';
import type { ResolvedArea } from '../areas/area.ts';
import type { Vintage } from '../versions/vintage.ts';
import type { PeriodComparison } from './period-comparison.ts';

/** What a question names to say of which data it is. */
export interface VersionQuestion {
  readonly source?: string | undefined;
  readonly asOf?: string | undefined;
}

/** `track`, `measure`: what the figures are of, where a question is of one; their past revisions tell whether they are final. */
type ComparisonQuestion = VersionQuestion &
  AreaQuestion & {
    readonly from: Month;
    readonly to: Month;
    readonly comparison: Comparison;
    readonly track?: Track | undefined;
    readonly measure?: Measure | undefined;
  };

/** The parameters of a question that the context is resolved from, by what the question needs. */
export interface QuestionOf {
  version: VersionQuestion;
  area: VersionQuestion & AreaQuestion;
  comparison: ComparisonQuestion;
  ranking: ComparisonQuestion;
}

/** `version`: which data. `area`: and of which area. `comparison`: and of which days, compared with which. `ranking`: the
 * same, where the area only says which belts are listed, so that part of it can be shown. */
export type Needs = keyof QuestionOf;

/**
 * A question, resolved once: who asks, what they may see, and which data, area and days it is about. Nothing below resolves
 * any of it again, so all figures of an answer come from one version, whatever is published meanwhile.
 */
export interface Context {
  readonly viewer: Sight;
  /** The source as of a data version, with the viewer's scope of it. */
  readonly vintage: Vintage;
  /** What every answer says of its data. */
  readonly meta: Meta;
}

export interface AreaContext extends Context {
  readonly area: ResolvedArea;
}

export interface ComparisonContext extends AreaContext {
  readonly compared: PeriodComparison;
}

/** The context that a question gets, by what it needs. */
export interface ContextOf {
  version: Context;
  area: AreaContext;
  comparison: ComparisonContext;
  ranking: ComparisonContext;
}
