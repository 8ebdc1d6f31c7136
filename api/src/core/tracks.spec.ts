import { TRACKS } from '@beltline/contract';
import { isInTrack, tracksOf } from './tracks.ts';

test.each([
  [64, ['all', 'wholesale'], ['wholesale']],
  [65, ['all', 'wholesale', 'distribution'], ['wholesale', 'distribution']],
  [1, ['all', 'distribution'], ['distribution']],
  [34, ['all', 'cross-border', 'overseas-local'], ['cross-border']],
  [5, ['all', 'distribution', 'custom'], ['distribution', 'custom']],
  [24, ['all', 'factory-brand', 'offline'], ['factory-brand', 'offline']],
])('combination %i is in %j', (combination, tracks, names) => {
  expect(TRACKS.filter((track) => isInTrack(combination, track))).toEqual(tracks);
  expect(tracksOf(combination)).toEqual(names);
});
