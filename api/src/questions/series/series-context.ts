import type { SeriesQuestion, Track } from '@beltline/contract';
import { TRACK_BIT } from '../../core/tracks.ts';
import { areaBelts } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';

/** The context, with what is asked on which tracks. */
export interface SeriesContext extends AreaContext {
  readonly question: SeriesQuestion;
  readonly tracks: readonly Track[];
}

export const parametersOf = ({ vintage, area, tracks }: SeriesContext) => ({
  data_version: vintage.dataVersion,
  ...areaBelts(area),
  track_bits: tracks.map((track) => TRACK_BIT[track]),
});
