import type { AreaLevel } from '@beltline/contract';

export type { Comparison, FlowMeasure, Measure, Track } from '@beltline/contract';
/** Levels at which areas are compared with one another; the nation is one area. */
export type ComparedLevel = Exclude<AreaLevel, 'nation'>;
