import type { Batch } from '@beltline/contract';
import { isKnownLoad, loadInView, ruleInView, stateTone } from './load-in-view.ts';

const load = (batchId: number, state: Batch['state']) => ({ batchId, state, source: 'demo' }) as Batch;

it('shows the load of the URL, else the newest that published, else the newest', () => {
  const loads = [load(9, 'checking'), load(8, 'refused'), load(7, 'committed')];
  expect(loadInView('3', loads)).toBe(3);
  for (const asked of ['3; drop', '-1', '0', '99999999999999999999'])
    expect(loadInView(asked, loads)).toBeNull();
  expect(loadInView(undefined, loads.slice(0, 2))).toBe(9);
  expect(loadInView(undefined, [])).toBeNull();
});

it('knows a load that is listed or has been answered, and no other', () => {
  const known = [load(9, 'committed'), load(3, 'refused'), null];
  expect(isKnownLoad(9, 'demo', known)).toBe(true);
  expect(isKnownLoad(3, 'demo', known)).toBe(true);
  expect(isKnownLoad(3, 'olist', known)).toBe(false);
  expect(isKnownLoad(999, 'demo', known)).toBe(false);
  expect(isKnownLoad(null, 'demo', known)).toBe(false);
});

it('narrows rejected rows to a rule that there is, and not to one that nothing was rejected by', () => {
  const rules = [{ rule: 'negative', field: 'amount', rows: 1 }];
  expect(ruleInView('negative', rules)).toBe('negative');
  expect(ruleInView('nope', rules)).toBeUndefined();
  expect(ruleInView('negative', [])).toBe('negative');
  expect(ruleInView(undefined, rules)).toBeUndefined();
});

it('colours what went wrong', () => {
  expect([
    stateTone('committed'),
    stateTone('refused'),
    stateTone('landing'),
    stateTone('unchanged'),
  ]).toEqual(['good', 'bad', 'warn', '']);
});
