import type { Track, TrackCondition } from '@beltline/contract';
import fc from 'fast-check';
import { isMet, sortedRows } from './track-rows.ts';

type Rows = Parameters<typeof sortedRows>[0];
const TRACKS: Track[] = ['all', 'cross-border', 'custom'];
const figure = (value: number | null, flag: 'final' | 'base-too-small' = 'final') =>
  ({ value, flag, reason: null, uncertainty: null, uncertaintyReason: null }) as const;
const cell = (finding: 'rises' | 'falls' | null, growth = figure(0.1), value = 10) => ({
  value: figure(value),
  growth,
  finding,
});
const row = (id: string, ...tracks: Rows[number]['tracks']): Rows[number] => ({
  belt: { beltId: id, name: { zh: id, en: id }, province: '' } as Rows[number]['belt'],
  tracks,
});

test('cross-border rises surely and custom does not', () => {
  const where: TrackCondition[] = ['cross-border:rises', 'custom:not-rises'];
  const rows = [
    row('wanted', cell(null), cell('rises'), cell(null)),
    row('falls', cell('rises'), cell('rises'), cell('falls')),
    row('both', cell('rises'), cell('rises'), cell('rises')),
    row('neither', cell('rises'), cell(null), cell(null)),
  ];
  const met = rows.filter((one) => where.every((condition) => isMet(condition, TRACKS, one)));
  expect(met.map(({ belt }) => belt.beltId)).toEqual(['wanted', 'falls']);
});

test('a condition and its opposite part all rows, and of a track that is not told none is met', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('rises' as const, 'falls' as const),
      fc.constantFrom(...TRACKS),
      fc.tuple(...TRACKS.map(() => fc.constantFrom('rises' as const, 'falls' as const, null))),
      (is, track, findings) => {
        const one = row('b', ...findings.map((finding) => cell(finding)));
        expect(isMet(`${track}:${is}`, TRACKS, one)).not.toBe(isMet(`${track}:not-${is}`, TRACKS, one));
        expect(isMet(`wholesale:not-${is}`, TRACKS, one)).toBe(false);
      },
    ),
  );
});

test('rates over bases too small stand behind the others, and who has none last, whichever way it is turned', () => {
  const rows = [
    row('none', cell(null, figure(null))),
    row('small', cell(null, figure(9, 'base-too-small'))),
    row('high', cell(null, figure(2), 1)),
    row('low', cell(null, figure(-0.5), 99)),
    row('alike', cell(null, figure(2), 5)),
  ];
  const ids = (sort: Track | 'value', order: 'asc' | 'desc') =>
    sortedRows(rows, { sort, order, tracks: ['all'] }).map(({ belt }) => belt.beltId);
  expect(ids('all', 'desc')).toEqual(['alike', 'high', 'low', 'small', 'none']);
  expect(ids('all', 'asc')).toEqual(['low', 'alike', 'high', 'small', 'none']);
  expect(ids('value', 'desc')[0]).toBe('low');
});
