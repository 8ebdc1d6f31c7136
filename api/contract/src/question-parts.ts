import { asOf, flowMeasure, sourceId, track } from './vocabulary.ts';

/** Parts that many questions have. `which`: of which data. */
export const which = { source: sourceId.optional(), asOf: asOf.optional() };
/** Of a track, by a measure that adds up over days. */
export const what = { track: track.default('all'), measure: flowMeasure.default('gmv') };
