import type { Track } from '@beltline/contract';
import { queryText, type Query } from './view-state.ts';
import { TRACKS } from './vocabulary.ts';

/** The three tracks that the programme is first asked about. */
export const DEFAULT_TRACKS: readonly Track[] = ['distribution', 'cross-border', 'custom'];

/** The tracks of `?tracks=`, in their own order; at least one. */
export function chosenTracks(query: Query): readonly Track[] {
  const asked = queryText(query, 'tracks')?.split(',') ?? [];
  const known = TRACKS.filter((track) => asked.includes(track));
  return known.length > 0 ? known : DEFAULT_TRACKS;
}

/** The query value after switching one track; undefined brings the default back. The last one stays on. */
export function toggledTracks(tracks: readonly Track[], id: string): string | undefined {
  const next = TRACKS.filter((track) => (track === id ? !tracks.includes(track) : tracks.includes(track)));
  const kept = next.length > 0 ? next : tracks;
  const text = kept.join(',');
  return text === DEFAULT_TRACKS.join(',') ? undefined : text;
}
