import type { Track } from '@beltline/contract';
import { type KeptArea, releasedArea } from './released-area.ts';

const kept = (values: readonly number[] | null | 'none', beltIds = ['a', 'b']): KeptArea => ({
  level: 'city',
  area: 'p/c',
  about: { name: { zh: 'c', en: 'c' }, belts: beltIds.length, beltIds },
  cells: values === 'none' ? [] : [{ track: 'custom', values }],
});
const of = (track: Track, ...asked: Parameters<typeof releasedArea>) =>
  releasedArea(...asked).cells.find((cell) => cell.track === track);
const growth = (now: (KeptArea | null)[], base: (KeptArea | null)[]) =>
  of('custom', kept([30_000, 3, 90]), { now, base }, 50)?.growth;

const WITHHELD = { value: null, flag: 'suppressed', reason: 'confidential' };

test('shown, withheld, none and not known are four things', () => {
  const none = { now: [], base: [] };
  expect(of('custom', kept([12_345, 3, 7]), none, 0)).toMatchObject({
    state: 'shown',
    gmv: { value: 123.45, flag: 'final', reason: null },
    pieces: { value: 3 },
    orders: { value: 7 },
  });
  expect(of('custom', kept(null), none, 0)).toMatchObject({
    state: 'suppressed',
    gmv: WITHHELD,
    growth: WITHHELD,
  });
  expect(of('custom', kept('none'), none, 0)).toMatchObject({
    state: 'zero',
    gmv: { value: 0 },
    orders: { value: 0 },
  });
  const unknown = { value: null, flag: 'not-available', reason: 'no-data' };
  expect(of('custom', { ...kept('none'), cells: null }, none, 0)).toMatchObject({
    ...{ state: 'no-data', gmv: unknown, growth: unknown },
  });
});

test('a rate needs all of its months, shown, and says why it is none', () => {
  const [now, base] = [kept([30_000, 3, 90]), kept([20_000, 2, 60])];
  expect(growth([now], [base])).toEqual({ value: 0.5, flag: 'final', reason: null });
  expect(growth([now], [kept(null)])).toEqual(WITHHELD);
  expect(growth([kept(null), now], [base, base])).toEqual(WITHHELD);
  expect(growth([now, now], [base, kept(null)])).toEqual(WITHHELD);
  expect(growth([now], [null])?.reason).toBe('no-baseline');
  expect(growth([now], [kept('none')])?.reason).toBe('baseline-zero');
  expect(growth([now], [kept([20_000, 2, 49])])?.flag).toBe('base-too-small');
});

test('a level is of all orders, against the reference months: 300 of 200 is 150', () => {
  const sold = (values: readonly number[] | null): KeptArea => ({
    ...kept('none'),
    cells: [{ track: 'all', values }],
  });
  const [now, reference] = [sold([30_000, 3, 90]), sold([20_000, 2, 60])];
  const level = (ofNow: KeptArea, of: (KeptArea | null)[]) =>
    releasedArea(ofNow, { now: [ofNow], base: [], reference: of }, 50).level;
  expect(level(now, [reference])).toEqual({ value: 150, flag: 'final', reason: null });
  expect(level(now, [sold(null)])).toEqual(WITHHELD);
  expect(level(sold(null), [reference])).toEqual(WITHHELD);
  expect(level(now, [sold([20_000, 2, 49])])?.flag).toBe('base-too-small');
  expect(level(now, [{ ...reference, about: { ...reference.about, beltIds: ['x'] } as never }])?.reason).toBe(
    'no-baseline',
  );
  expect(releasedArea(now, { now: [now], base: [reference] }, 50)).not.toHaveProperty('level');
});

test('January and February have one rate, and none before both are there', () => {
  const [now, base] = [kept([30_000, 3, 90]), kept([20_000, 2, 60])];
  expect(growth([now, kept([10_000, 1, 9])], [base, base])?.value).toBe(0);
  expect(growth([now, null], [base, base])?.reason).toBe('other-month-incomplete');
});

test('an area of other belts is another one, though it has as many', () => {
  const now = kept([30_000, 3, 90]);
  expect(growth([now], [kept([20_000, 2, 60], ['a', 'c'])])?.reason).toBe('no-baseline');
});

test.each([
  ['another province', { adcode: '440305', province: 'Q', city: 'd' }],
  ['another city', { adcode: '330203', province: 'p', city: 'd' }],
  ['another county, which may be somebody else’s', { adcode: '330111', province: 'p', city: 'c' }],
])('a belt that lay in %s is compared with nothing: its base was told to whom it lay with', (_, before) => {
  const belt = (values: readonly number[], place: object): KeptArea => ({
    ...{ level: 'belt', area: 'a', cells: [{ track: 'custom', values }] },
    about: { name: { zh: 'a', en: 'a' }, belts: 1, adcode: '330110', province: 'p', city: 'c', ...place },
  });
  const rateAfter = (place: object) =>
    of(
      'custom',
      belt([30_000, 3, 90], {}),
      { now: [belt([30_000, 3, 90], {})], base: [belt([20_000, 2, 60], place)] },
      50,
    )?.growth;
  expect(rateAfter({})?.value).toBe(0.5);
  expect(rateAfter(before)).toEqual({ value: null, flag: 'not-available', reason: 'no-baseline' });
});

describe('who carries growth', () => {
  const sold = (value: number, newcomers: number | null | 'none'): KeptArea => ({
    ...{ level: 'city', area: 'p/c', about: { name: { zh: 'c', en: 'c' }, belts: 2, beltIds: ['a', 'b'] } },
    cells: [{ track: 'all', values: [value, 3, 900] }],
    carriers: newcomers === 'none' ? [] : [{ measure: 'newcomers', share: newcomers }],
  });
  const parts = (one: KeptArea, now: (KeptArea | null)[], base: (KeptArea | null)[]) => {
    const { fromNewcomers, fromOthers } = releasedArea(one, { now, base }, 50).carriers ?? {};
    return [fromNewcomers?.value, fromOthers?.value];
  };

  test('both parts add up to growth: a fifth of 300 over a base of 200, and the rest', () => {
    const [now, base] = [sold(30_000, 0.2), sold(20_000, null)];
    const [newcomers = NaN, others = NaN] = parts(now, [now], [base]) as number[];
    expect([newcomers, others]).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.2, 12)]);
    // Of January and February together, each with its own share.
    const [both] = parts(now, [now, sold(10_000, 0.5)], [base, base]) as number[];
    expect(both).toBeCloseTo((6_000 + 5_000) / 40_000, 12);
  });

  test('where newcomers or growth are withheld or not known, neither part is told', () => {
    const [now, base] = [sold(30_000, 0.2), sold(20_000, 0.1)];
    const withheld = releasedArea(sold(30_000, null), { now: [sold(30_000, null)], base: [base] }, 50);
    expect(withheld.carriers).toMatchObject({ fromNewcomers: WITHHELD, fromOthers: WITHHELD });
    // Also where it is the other month of the two.
    expect(
      releasedArea(now, { now: [sold(10_000, null), now], base: [base, base] }, 50).carriers,
    ).toMatchObject({
      fromNewcomers: WITHHELD,
    });
    expect(parts(now, [now], [null])).toEqual([null, null]);
    expect(parts(now, [now, sold(10_000, 'none')], [base, base])).toEqual([null, null]);
    expect(parts(now, [now], [{ ...base, cells: [{ track: 'all', values: [20_000, 2, 49] }] }])).toEqual([
      null,
      null,
    ]);
  });

  test('the same shops: four fifths of 300 against nine tenths of 200, where all of it is told', () => {
    const [now, base] = [sold(30_000, 0.2), sold(20_000, null)];
    const sameStore = (one: KeptArea, before: KeptArea | null, left: [string, number | null][]) =>
      releasedArea(one, { now: [one], base: [before] }, 50, new Map(left)).carriers?.sameStore;
    expect(sameStore(now, base, [['city:p/c', 0.1]])).toEqual({
      leavers: { state: 'shown', share: { value: 0.1, flag: 'final', reason: null } },
      growth: { value: expect.closeTo(240 / 180 - 1, 12) as number, flag: 'final', reason: null },
    });
    // Withheld of this area, and of one that is not in it at all.
    for (const left of [[['city:p/c', null]], []] as [string, null][][])
      expect(sameStore(now, base, left)).toEqual({
        leavers: { state: 'suppressed', share: WITHHELD },
        growth: WITHHELD,
      });
    const hidden: KeptArea = { ...base, cells: [{ track: 'all', values: null }] };
    expect(sameStore(now, hidden, [['city:p/c', 0.1]])?.leavers.state).toBe('suppressed');
    // Who is new is not told: those who left are, and what follows of both is not.
    expect(sameStore(sold(30_000, null), base, [['city:p/c', 0.1]])).toMatchObject({
      ...{ leavers: { state: 'shown' }, growth: WITHHELD },
    });
    expect(
      sameStore(now, { ...base, about: { ...now.about, beltIds: ['x'] } as never }, [['city:p/c', 0.1]]),
    ).toMatchObject({ leavers: { state: 'no-data' }, growth: { value: null, flag: 'not-available' } });
    expect(releasedArea(now, { now: [now], base: [base] }, 50).carriers).not.toHaveProperty('sameStore');
  });

  test('what is withheld in all has no share, and an area of which none is kept has no such field', () => {
    const hidden: KeptArea = { ...sold(30_000, 0.2), cells: [{ track: 'all', values: null }] };
    const told = releasedArea(hidden, { now: [hidden], base: [] }, 50).carriers;
    expect(told?.shares.map(({ state, share }) => [state, share])).toEqual([
      ['suppressed', WITHHELD],
      ['suppressed', WITHHELD],
    ]);
    expect(releasedArea(kept([1, 1, 1]), { now: [], base: [] }, 50)).not.toHaveProperty('carriers');
  });
});
