import type { Batch } from '@beltline/contract';
import { isKnownLoad, loadInView, stateTone } from './load-in-view.ts';

const load = (batchId: number, state: Batch['state']) => ({ batchId, state }) as Batch;

it('shows the load of the URL, else the newest that published, else the newest', () => {
  const loads = [load(9, 'checking'), load(8, 'refused'), load(7, 'committed')];
  expect(loadInView('3', loads)).toBe(3);
  expect(loadInView('3; drop', loads)).toBe(7);
  expect(loadInView(undefined, loads.slice(0, 2))).toBe(9);
  expect(loadInView(undefined, [])).toBeNull();
});

it('knows a load that is listed or has been answered, and no other', () => {
  const listed = [load(9, 'committed')];
  expect(isKnownLoad(9, listed, null)).toBe(true);
  expect(isKnownLoad(3, listed, load(3, 'refused'))).toBe(true);
  expect(isKnownLoad(999, listed, load(3, 'refused'))).toBe(false);
  expect(isKnownLoad(null, listed, null)).toBe(false);
});

it('colours what went wrong', () => {
  expect([
    stateTone('committed'),
    stateTone('refused'),
    stateTone('landing'),
    stateTone('unchanged'),
  ]).toEqual(['good', 'bad', 'warn', '']);
});
