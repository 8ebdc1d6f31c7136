import type { ContributionsQuestion } from '@beltline/contract';

export type { Comparison, Measure, ProgrammeTrack, Track } from '@beltline/contract';
export type AdditiveMeasure = ContributionsQuestion['measure'];
