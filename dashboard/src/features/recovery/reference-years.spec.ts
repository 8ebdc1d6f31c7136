import { referenceYears } from './reference-years.ts';

const months = { from: '2021-11', to: '2025-01' };

it('offers the years with every month loaded, the latest first', () => {
  expect(referenceYears(months, '2025-02-10', undefined)).toEqual([2024, 2023, 2022]);
  expect(referenceYears({ from: '2023-01', to: '2023-12' }, undefined, undefined)).toEqual([2023]);
  expect(referenceYears({ from: '2023-02', to: '2024-11' }, undefined, undefined)).toEqual([]);
  expect(referenceYears(null, undefined, undefined)).toEqual([]);
});

it('leaves out years with months that were never loaded', () => {
  expect(referenceYears(months, '2025-02-10', undefined, ['2023-06'])).toEqual([2024, 2022]);
});

it('leaves out what an earlier vintage had not got yet', () => {
  expect(referenceYears(months, '2024-06-30', undefined)).toEqual([2023, 2022]);
  expect(referenceYears(months, '2023-12-31', undefined)).toEqual([2023, 2022]);
});

it('lists what is chosen, also a year that cannot be', () => {
  expect(referenceYears(months, undefined, 2023)).toEqual([2024, 2023, 2022]);
  expect(referenceYears(months, undefined, 1995)).toEqual([2024, 2023, 2022, 1995]);
  expect(referenceYears(null, undefined, 1995)).toEqual([1995]);
});
