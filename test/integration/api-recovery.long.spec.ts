/** Every area, track and measure of recovery against a computation over the lines themselves, day by day. */
import { QUESTIONS, holdsDayByDay } from './api-recovery-kit.ts';
import type { BreadthAnswer } from '@beltline/contract';
import { AREAS } from '../fixtures/rollups/areas.ts';
import { breadthOf } from '../fixtures/rollups/naive-recovery.ts';
import { COMPLETE, DEAD_BAND, ask, linesOf } from './api-recovery-kit.ts';

test.each(QUESTIONS)('recovery of $query by $measure on $track, day by day', holdsDayByDay);

test.each(AREAS.slice(0, 5))('breadth of "%s", every month', async (query, isIn) => {
  for (const track of ['all', 'wholesale'] as const) {
    const { points } = await ask<BreadthAnswer>(`/breadth?source=chinese&track=${track}&${query}`);
    expect(points.map(({ month }) => month)).toEqual(COMPLETE.slice(14));
    const lines = linesOf(isIn, track);
    for (const { breadth, ...point } of points) {
      const truth = breadthOf(lines, point.month, DEAD_BAND);
      expect({ ...point, breadth: breadth.value }).toEqual({ month: point.month, ...truth });
      expect(breadth.reason).toBe(breadth.value === null ? 'no-merchants' : null);
    }
  }
});
