import { printAddress } from './print-address.ts';

const state = {
  source: 'demo',
  from: '2024-01',
  to: '2024-12',
  comparison: 'year-ago',
  month: undefined,
} as const;

it('writes out what the address leaves to defaults, and keeps what it says', () => {
  expect(printAddress('http://h/belts/B001?track=custom&from=2023-01', state, true)).toBe(
    'http://h/belts/B001?track=custom&from=2024-01&source=demo&to=2024-12&comparison=year-ago',
  );
  expect(printAddress('http://h/clock?area=B001', state, false)).toBe('http://h/clock?area=B001&source=demo');
  expect(printAddress('http://h/clock', { ...state, month: '2025-01' }, false)).toBe(
    'http://h/clock?source=demo&month=2025-01',
  );
});
