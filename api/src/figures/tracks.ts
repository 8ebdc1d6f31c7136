import { PROGRAMME_TRACKS, type ProgrammeTrack, type Track } from '@beltline/contract';

/** A track as a condition on a combination of bits: `combination & mask = bits`. The bits are those of order_lines. */
export interface TrackBits {
  readonly mask: number;
  readonly bits: number;
}

const has = (bits: number): TrackBits => ({ mask: bits, bits });

/** Bits of the five tracks of the programme; the sixth bit, overseas local users, is part of cross-border. */
export const PROGRAMME_MASK = 31;

export const TRACK_BITS: Record<Track, TrackBits> = {
  all: { mask: 0, bits: 0 },
  wholesale: { mask: PROGRAMME_MASK, bits: 0 },
  distribution: has(1),
  'cross-border': has(2),
  'overseas-local': has(32),
  custom: has(4),
  'factory-brand': has(8),
  offline: has(16),
};

export const isInTrack = (combination: number, track: Track): boolean =>
  (combination & TRACK_BITS[track].mask) === TRACK_BITS[track].bits;

/** The names of a combination's tracks, in the order of their bits; none = classic wholesale. */
export const tracksOf = (combination: number): ProgrammeTrack[] =>
  PROGRAMME_TRACKS.filter((_, position) => (combination & (1 << position)) !== 0);
