import { assertSettings, demoLines } from './settings.ts';

test.each([
  [{ BELTLINE_TIMEZONE: 'Europe/Berlin' }, 'BELTLINE_TIMEZONE: there is no such variable'],
  [{ BELTLINE_TIME_ZONE: 'Nowhere/At_All' }, 'BELTLINE_TIME_ZONE: is no IANA time zone'],
  [{ BELTLINE_TIME_ZONE: '+08:00' }, 'BELTLINE_TIME_ZONE: is no IANA time zone'],
  [{ BELTLINE_DEMO_LINES: '9999' }, 'BELTLINE_DEMO_LINES: must be a whole number from 10000 on'],
  [{ BELTLINE_DEMO_LINES: '2 million' }, 'BELTLINE_DEMO_LINES: must be a whole number from 10000 on'],
])('%j is refused with its name', (environment, message) => {
  expect(() => assertSettings(environment)).toThrow(message);
});

test('what is known, empty, or of other programs is not', () => {
  assertSettings({ BELTLINE_TIME_ZONE: 'Europe/Berlin', BELTLINE_DATA: '/x', BELTLINE_NO: '', PATH: '/bin' });
});

test('the size of the demo is that of the whole product', () => {
  expect(demoLines({ BELTLINE_DEMO_LINES: '20000' })).toBe(20_000);
  expect(demoLines({ BELTLINE_DEMO_LINES: '2e6' })).toBe(2_000_000);
  expect(demoLines({ BELTLINE_DEMO_LINES: '' })).toBeUndefined();
  expect(demoLines({})).toBeUndefined();
});
