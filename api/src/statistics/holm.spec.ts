import { familyFindings } from './holm.ts';

test('the smallest is held against the rate for all of them, the next against that for one less', () => {
  expect(familyFindings([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
  expect(familyFindings([0.0125, 0.0166, 0.025, 0.05], 0.05)).toEqual([true, true, true, true]);
});

test('what follows one that is none is none, however small', () => {
  expect(familyFindings([0.013, 0.014, 0.015, 0.016], 0.05)).toEqual([false, false, false, false]);
  expect(familyFindings([], 0.05)).toEqual([]);
});
