import type { RecoveryState } from '@beltline/contract';
import { agreementOf } from './agreement.ts';

const state = (name: RecoveryState['state'], certainty: RecoveryState['certainty'] = null) =>
  ({ state: name, certainty }) as RecoveryState;

test('only two claims of different names disagree', () => {
  const pairs = [
    { now: state('recovered', 'sure'), other: state('recovered', 'likely') },
    { now: state('recovered', 'sure'), other: state('slipping', 'likely') },
    { now: state('undetermined'), other: state('slipping', 'sure') },
    { now: state('declining', 'likely'), other: state('undetermined') },
    { now: state('undetermined'), other: state('undetermined') },
    { now: state('undetermined'), other: state('undetermined') },
    { now: state('undetermined'), other: state('too-little-data') },
  ];
  const found = agreementOf(pairs);
  expect(found).toMatchObject({ belts: 7, statesDiffer: 4, both: 2, same: 1, differ: 1 });
  expect(found).toMatchObject({ onlyThis: 1, onlyOther: 1, neither: 3 });
  expect(found.cells[0]).toEqual({ state: 'undetermined', other: 'undetermined', belts: 2 });
  expect(found.cells.reduce((sum, { belts }) => sum + belts, 0)).toBe(7);
});

test('of no belts nothing is said', () => {
  expect(agreementOf([])).toMatchObject({ belts: 0, both: 0, differ: 0, cells: [] });
});
