/** A source of which no month is complete yet has figures, but no states: that is an answer, and not a fault that passes. */
import type { ClockAnswer, RecoveryAnswer, StatesAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN, GOLDEN_LINES } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  const lines = GOLDEN_LINES.filter(({ day }) => day >= '2024-03-01');
  await seedVersion(api.loader, { ...GOLDEN, lines });
});
afterAll(() => api?.close());

test.each(['belt', 'province', 'nation'])(
  'states of every %s: none, at the end of no month',
  async (level) => {
    const answer = await asked<StatesAnswer>(api, `/recovery/states?level=${level}`);
    expect(answer).toMatchObject({ month: null, reference: null, rows: [] });
    expect(answer.counts.every(({ areas, before }) => areas === 0 && before === null)).toBe(true);
  },
);

test('recovery and clock say the same', async () => {
  expect(await asked<RecoveryAnswer>(api, '/recovery')).toMatchObject({
    month: null,
    state: { state: 'too-little-data' },
  });
  expect((await asked<ClockAnswer>(api, '/recovery/clock')).months).toEqual([]);
});
