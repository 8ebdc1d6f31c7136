/** A line is in a track by its fields, and carries the bit that the contract declares for the track. */
import { type Track, TRACK, TRACKS } from '@beltline/contract';
import { type Bench, openBench, query } from './etl-harness.ts';
import { loadLines, type Row } from './etl-line-kit.ts';

/** A line of each track, and of no track that it is not a part of. */
const LINE_OF: Record<Track, { line: Row; alsoIn: readonly Track[] }> = {
  all: { line: {}, alsoIn: ['wholesale'] },
  wholesale: { line: { sales_mode: 'wholesale' }, alsoIn: [] },
  distribution: { line: { sales_mode: 'distribution', channel: 'taobao' }, alsoIn: [] },
  'cross-border': { line: { destination_country: 'US' }, alsoIn: [] },
  'overseas-local': {
    line: { buyer_country: 'US', destination_country: 'US', buyer_type: 'overseas_sme' },
    alsoIn: ['cross-border'],
  },
  custom: { line: { is_custom: '1' }, alsoIn: [] },
  'factory-brand': { line: { is_factory_brand: '1' }, alsoIn: [] },
  offline: { line: { sales_mode: 'offline', channel: 'member_store' }, alsoIn: [] },
};

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await loadLines(
    bench,
    'tracks',
    TRACKS.map((track) => LINE_OF[track].line),
  );
});
afterAll(() => bench.close());

test.each(TRACKS)('%s', async (track) => {
  const [row] = await query<{ combination: number }>(
    bench.client,
    `SELECT combination FROM order_lines WHERE source = 'tracks' AND order_id = 'T${TRACKS.indexOf(track)}'`,
  );
  const expected = [track, ...LINE_OF[track].alsoIn].reduce((bits, one) => bits | TRACK[one].bit, 0);
  expect(row?.combination).toBe(expected);
});

test('no two tracks share a bit', () => {
  const bits = TRACKS.map((track) => TRACK[track].bit).filter((bit) => bit !== 0);
  expect(new Set(bits).size).toBe(TRACKS.length - 1);
  for (const bit of bits) expect(Math.log2(bit) % 1).toBe(0);
});
