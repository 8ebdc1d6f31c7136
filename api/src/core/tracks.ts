import { COMBINED_TRACKS, type CombinedTrack, TRACK, type Track, TRACKS } from '@beltline/contract';

/**
 * A track as a bit of a combination: a unit is in the track when its combination has the bit. The bits are those of
 * order_lines, which has room for sixteen; 0 = every unit.
 */
export const TRACK_BIT = Object.fromEntries(TRACKS.map((track) => [track, TRACK[track].bit])) as Record<
  Track,
  number
>;

/** The bits that exclusive combinations are made of: all but overseas local users, who are a part of cross-border. */
export const EXCLUSIVE_MASK = COMBINED_TRACKS.reduce((mask, track) => mask | TRACK_BIT[track], 0);

export const isInTrack = (combination: number, track: Track): boolean =>
  track === 'all' || (combination & TRACK_BIT[track]) !== 0;

/** The names of a combination's tracks. */
export const tracksOf = (combination: number): CombinedTrack[] =>
  COMBINED_TRACKS.filter((track) => isInTrack(combination, track));
