import { EXPORTED, exportedRow, filterOf } from './audit-filter.ts';

it('a day is whole on the reader’s clock, the last one included', () => {
  const { from = '', to = '' } = filterOf({ since: '2026-03-01', until: '2026-03-01' });
  expect(Date.parse(to) - Date.parse(from)).toBe(24 * 3_600_000);
  expect(new Date(from).getHours()).toBe(0);
});

it('what is no event, no day and no name filters nothing', () => {
  expect(filterOf({ event: 'crowned', since: '2026-13-01', until: 'x', who: ' ' })).toEqual({});
  expect(filterOf({ event: 'refused', who: ' wei ' })).toEqual({ event: 'refused', actor: 'wei' });
});

it('an export has a cell for each head', () => {
  const none = { actor: null, subject: null, address: null, requestId: null, detail: null };
  const row = exportedRow({ position: '1', at: '2026-01-01T00:00:00.000Z', event: 'refused', ...none });
  expect(row).toHaveLength(EXPORTED.length);
});
