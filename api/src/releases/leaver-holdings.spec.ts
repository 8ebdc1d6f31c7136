import {
  growthMonthsOf,
  layElsewhere,
  leaverDifference,
  leaverMonths,
  leaverPieceOf,
  leaversMonthOf,
} from './leaver-holdings.ts';

const LOADED = { firstDay: '2023-01-01', dataThrough: '2025-03-31' };

test('January and February are looked at together, and kept beside February', () => {
  expect(growthMonthsOf('2025-01')).toEqual({ now: ['2025-01', '2025-02'], base: ['2024-01', '2024-02'] });
  expect(['2025-01', '2025-02', '2025-03'].map(leaversMonthOf)).toEqual(['2025-02', '2025-02', '2025-03']);
  expect(leaverMonths('2025-02', LOADED)).toEqual({
    ...{ from: '2025-01-01', to: '2025-03-01', base_from: '2024-01-01', base_to: '2024-03-01' },
    ...{ earlier_from: '2023-01-01', earlier_to: '2023-03-01' },
  });
});

test('where the year before the base is not loaded nobody is new in it, and without the base there is nothing', () => {
  const short = { ...LOADED, firstDay: '2024-01-01' };
  expect(leaverMonths('2025-03', short)).toEqual({
    ...{ from: '2025-03-01', to: '2025-04-01', base_from: '2024-03-01', base_to: '2024-04-01' },
    ...{ earlier_from: '2024-03-01', earlier_to: '2024-03-01' },
  });
  expect(leaverMonths('2024-12', short)).toBeNull();
});

test('of two months that were released by different maps nothing can be told together', () => {
  const name = { zh: 'a', en: 'a' };
  const belt = (area: string, place: object) => ({
    ...{ level: 'belt' as const, area },
    about: { name, belts: 1, adcode: '330110', province: 'p', city: 'c', ...place },
  });
  const [january, other] = [belt('a', {}), belt('b', {})];
  expect(layElsewhere([[january, other]])).toBe(false);
  // Their order tells nothing.
  expect(
    layElsewhere([
      [january, other],
      [other, january],
    ]),
  ).toBe(false);
  for (const place of [{ city: 'd' }, { province: 'q' }, { adcode: '330111' }, { goods: name }])
    expect(
      layElsewhere([
        [january, other],
        [belt('a', place), other],
      ]),
    ).toBe(true);
  expect(layElsewhere([[january], [january, other]])).toBe(true);
});

type Rows = Parameters<typeof leaverDifference>[0];
type Totals = Parameters<typeof leaverDifference>[1];
const row = {
  ...{ belt_id: 'a', month: '2024-03-01', side: 'seller' as const, owners: ['x', 'y'] },
  ...{ left_new: [5, 0], left_known: [0, 7], stayed_new: [0, 0], stayed_known: [0, 0], refunded: [1, 0] },
};
const other = { ...row, side: 'buyer' as const, owners: ['u'] };
const buyers = {
  ...other,
  left_new: [5],
  left_known: [7],
  stayed_new: [0],
  stayed_known: [0],
  refunded: [1],
};

test('what does not come to what is published is found', () => {
  const total = { belt_id: 'a', combination: 64, gmv: 12, pieces: 1, orders: 1, refund: 1, is_of_version: 1 };
  const totals = new Map([['2024-03', [total]]]) as unknown as Totals;
  expect(leaverDifference([row, buyers] as Rows, totals)).toBeNull();
  expect(leaverDifference([row] as Rows, totals)).toMatch(/1 sides of belts where 2/);
  expect(leaverDifference([{ ...row, left_known: [0, 8] }, buyers] as Rows, totals)).toMatch(
    /not what is published/,
  );
  const moved = { ...buyers, left_new: [4], stayed_new: [1] };
  expect(leaverDifference([row, moved] as Rows, totals)).toMatch(/other side/);
});

test('a row is a piece of its month', () => {
  expect(leaverPieceOf(row, ['2024-01', '2024-03'])).toEqual({
    ...{ of: 'leavers', at: 1, belt: 'a', combination: 0, side: 'seller', owners: ['x', 'y'] },
    values: [
      [5, 0],
      [0, 7],
      [0, 0],
      [0, 0],
      [1, 0],
    ],
  });
});
