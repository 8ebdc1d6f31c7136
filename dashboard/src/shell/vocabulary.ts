import type {
  AdditiveMeasure,
  ComparedLevel,
  Comparison,
  FlowMeasure,
  Measure,
  ProgrammeTrack,
  Track,
} from './vocabulary-types.ts';

/**
 * The contract's vocabularies as values. They are written again here, checked against its types, because importing its
 * values would bring the schema library into the first page.
 */
export const TRACKS = [
  'all',
  'wholesale',
  'distribution',
  'cross-border',
  'overseas-local',
  'custom',
  'factory-brand',
  'offline',
] as const satisfies readonly Track[];

export const PROGRAMME_TRACKS = [
  'distribution',
  'cross-border',
  'custom',
  'factory-brand',
  'offline',
] as const satisfies readonly ProgrammeTrack[];

export const MEASURES = [
  'gmv',
  'net-gmv',
  'orders',
  'pieces',
  'merchants',
  'buyers',
] as const satisfies readonly Measure[];
/** What every headline shows together: growth in orders alone says little about value. */
export const HEADLINE_MEASURES = [
  'orders',
  'pieces',
  'gmv',
  'merchants',
] as const satisfies readonly Measure[];
export const COMPARISONS = ['year-ago', 'previous'] as const satisfies readonly Comparison[];

export const LEVELS = ['belt', 'province', 'city', 'category'] as const satisfies readonly ComparedLevel[];

/** What recovery is measured by: sums that are kept by day. */
export const FLOW_MEASURES = ['gmv', 'net-gmv', 'orders', 'pieces'] as const satisfies readonly FlowMeasure[];
/** The measure in view where recovery can be measured by it, else GMV. */
export const flowMeasureOf = (measure: Measure): FlowMeasure =>
  FLOW_MEASURES.find((flow) => flow === measure) ?? 'gmv';

const ADDITIVE: readonly Measure[] = [
  'orders',
  'pieces',
  'gmv',
  'net-gmv',
  'merchants',
] satisfies AdditiveMeasure[];
export const isAdditive = (measure: Measure): measure is AdditiveMeasure => ADDITIVE.includes(measure);

/** These fail to compile when the contract grows a track or a measure that is not listed above. */
type AllListed<Unlisted extends never> = Unlisted;
export type UnlistedTrack = AllListed<Exclude<Track, (typeof TRACKS)[number]>>;
export type UnlistedLevel = AllListed<Exclude<ComparedLevel, (typeof LEVELS)[number]>>;
export type UnlistedFlow = AllListed<Exclude<FlowMeasure, (typeof FLOW_MEASURES)[number]>>;
export type UnlistedMeasure = AllListed<Exclude<Measure, (typeof MEASURES)[number]>>;
