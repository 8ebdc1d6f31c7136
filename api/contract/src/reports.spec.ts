import { archiveQuestion, publicationNumber } from './reports.ts';

test('a number has one writing', () => {
  for (const number of ['BL-2026-0001', 'BL-2026-9999', 'BL-2026-10000', 'BL-2026-999999999'])
    expect([number, publicationNumber.safeParse(number).success]).toEqual([number, true]);
  for (const other of [
    'BL-2026-1',
    'BL-2026-00001',
    'BL-2026-000000001',
    'BL-2026-1000000000',
    'bl-2026-0001',
  ])
    expect([other, publicationNumber.safeParse(other).success]).toEqual([other, false]);
  // So that no archive holds a file twice under one name.
  const asked = { numbers: 'BL-2026-0001,BL-2026-00001', languages: 'zh', formats: 'pdf' };
  expect(archiveQuestion.safeParse(asked).success).toBe(false);
});
