import { isFlow } from '@beltline/contract/measures';
import type { ComparedLevel, Comparison, FlowMeasure, Measure } from './vocabulary-types.ts';

/**
 * The vocabularies as values. Tracks and measures come from the contract's files without schemas; the levels are written again,
 * checked against the contract's type, because importing its schemas would bring their library into the first page.
 */
export { FLOW_MEASURES, isAdditive, MEASURES } from '@beltline/contract/measures';
export { PROGRAMME_TRACKS, TRACKS } from '@beltline/contract/tracks';

/** What every headline shows together: growth in orders alone says little about value. */
export const HEADLINE_MEASURES = [
  'orders',
  'pieces',
  'gmv',
  'merchants',
] as const satisfies readonly Measure[];
export const COMPARISONS = ['year-ago', 'previous'] as const satisfies readonly Comparison[];

export const LEVELS = ['belt', 'province', 'city', 'category'] as const satisfies readonly ComparedLevel[];

/** The measure in view where recovery can be measured by it, else GMV. */
export const flowMeasureOf = (measure: Measure): FlowMeasure => (isFlow(measure) ? measure : 'gmv');

/** This fails to compile when the contract grows a level that is not listed above. */
type AllListed<Unlisted extends never> = Unlisted;
export type UnlistedLevel = AllListed<Exclude<ComparedLevel, (typeof LEVELS)[number]>>;
