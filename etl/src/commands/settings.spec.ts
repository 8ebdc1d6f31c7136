import { assertSettings } from './settings.ts';

test.each([
  [{ BELTLINE_TIMEZONE: 'Europe/Berlin' }, 'BELTLINE_TIMEZONE: there is no such variable'],
  [{ BELTLINE_TIME_ZONE: 'Nowhere/At_All' }, 'BELTLINE_TIME_ZONE: is no IANA time zone'],
  [{ BELTLINE_TIME_ZONE: '+08:00' }, 'BELTLINE_TIME_ZONE: is no IANA time zone'],
])('%j is refused with its name', (environment, message) => {
  expect(() => assertSettings(environment)).toThrow(message);
});

test('what is known, empty, or of other programs is not', () => {
  assertSettings({ BELTLINE_TIME_ZONE: 'Europe/Berlin', BELTLINE_DATA: '/x', BELTLINE_NO: '', PATH: '/bin' });
});
