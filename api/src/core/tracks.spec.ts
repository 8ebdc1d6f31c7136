import { TRACKS } from '@beltline/contract';
import { isInTrack, TRACK_BIT, tracksOf } from './tracks.ts';

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

test('each track has a bit of its own, of the sixteen that the columns have', () => {
  const bits = TRACKS.filter((track) => track !== 'all').map((track) => TRACK_BIT[track]);
  expect(new Set(bits).size).toBe(bits.length);
  for (const bit of bits) expect([bit, Math.log2(bit) % 1 === 0 && bit < 2 ** 16]).toEqual([bit, true]);
});
