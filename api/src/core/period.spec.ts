import fc from 'fast-check';
import {
  addDays,
  addMonths,
  dayInMonth,
  daysThrough,
  firstDayOf,
  lastDayOf,
  monthsThrough,
} from './calendar.ts';
import { baselineOf, coveredPeriod, daysOf, isCut, isWholeNotLoaded, loadedRange } from './period.ts';

const LOADED = { firstDay: '2022-01-01', dataThrough: '2025-02-10' };

describe('calendar', () => {
  test.each([
    ['2024-02', '2024-02-29'],
    ['2023-02', '2023-02-28'],
    ['2100-02', '2100-02-28'],
    ['2024-12', '2024-12-31'],
  ])('%s ends on %s', (month, day) => expect(lastDayOf(month)).toBe(day));

  test('months and days are added across years', () => {
    expect([addMonths('2024-01', -1), addMonths('2024-11', 3), addMonths('2024-01', -13)]).toEqual([
      '2023-12',
      '2025-02',
      '2022-12',
    ]);
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(daysThrough('2024-01-01', '2024-12-31')).toBe(366);
    expect(monthsThrough('2023-11', '2024-02')).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
    expect([dayInMonth('2024-03-31', '2024-02'), dayInMonth('2024-02-10', '2023-02')]).toEqual([
      '2024-02-29',
      '2023-02-10',
    ]);
  });
});

describe('covered period', () => {
  test('is complete where all its days are loaded', () => {
    expect(coveredPeriod('2024-01', '2024-12', LOADED)).toEqual({
      from: '2024-01',
      to: '2024-12',
      firstDay: '2024-01-01',
      lastDay: '2024-12-31',
      coverage: 1,
      complete: true,
      without: [],
    });
  });
  test('ends with the data', () => {
    expect(coveredPeriod('2025-02', '2025-02', LOADED)).toMatchObject({
      lastDay: '2025-02-10',
      coverage: 10 / 28,
      complete: false,
    });
  });
  test('begins with the data', () => {
    const loaded = { firstDay: '2022-01-05', dataThrough: '2022-03-31' };
    expect(coveredPeriod('2022-01', '2022-02', loaded)).toMatchObject({
      firstDay: '2022-01-05',
      complete: false,
    });
  });
  test('is without the months that were never loaded, and so is what it is compared with', () => {
    const loaded = { firstDay: '2022-01-01', dataThrough: '2024-12-31', notLoaded: ['2024-06', '2024-07'] };
    const year = coveredPeriod('2024-01', '2024-12', loaded);
    expect(year).toMatchObject({ complete: false, coverage: 305 / 366, without: ['2024-06', '2024-07'] });
    const before = baselineOf(year, 'year-ago', loaded);
    expect(before).toMatchObject({ from: '2023-01', without: ['2023-06', '2023-07'] });
    for (const days of [daysOf(year), daysOf(before)]) {
      expect([days.months.length, days.partMonths]).toEqual([10, []]);
      expect(days.months.some((month) => /-0[67]-/.test(month))).toBe(false);
    }
    expect(baselineOf(coveredPeriod('2024-08', '2024-09', loaded), 'previous', loaded)).toBeNull();
    expect(baselineOf(coveredPeriod('2024-06', '2024-07', loaded), 'year-ago', loaded)).toBeNull();
    expect(isWholeNotLoaded(coveredPeriod('2024-06', '2024-07', loaded))).toBe(true);
    expect(isWholeNotLoaded(year)).toBe(false);
  });
  test('beside a gap a month has the days from its first to its last with lines; beside a loaded one all', () => {
    const span = (month: string, first: number, last: number) => ({
      month,
      firstDay: `${month}-${String(first).padStart(2, '0')}`,
      lastDay: `${month}-${last}`,
    });
    const spans = [
      span('2024-01', 5, 28), // nothing on the last three days, and the month after it is loaded
      span('2024-02', 3, 12), // the same of the first two; from the 13th on it is not known
      span('2024-04', 2, 29),
      span('2024-06', 1, 30), // whole, between a gap and the end
      span('2024-07', 4, 20),
    ];
    expect(loadedRange('2024-01-05', '2024-07-20', spans)).toEqual({
      firstDay: '2024-01-05',
      dataThrough: '2024-07-20',
      notLoaded: ['2024-03', '2024-05'],
      edges: [{ month: '2024-02', firstDay: '2024-02-01', lastDay: '2024-02-12' }, span('2024-04', 2, 29)],
    });
    expect(loadedRange('2024-01-05', '2024-02-12', spans).edges).toBeUndefined();
    // Nor does an edge reach beyond the range.
    const ends = [span('2024-01', 5, 28), span('2024-03', 4, 20)];
    expect(loadedRange('2024-01-05', '2024-03-20', ends).edges).toEqual(ends);
  });
  test('beside a gap counts the days that are known, and so does what it is compared with', () => {
    const edges = [
      { month: '2024-05', firstDay: '2024-05-01', lastDay: '2024-05-12' },
      { month: '2024-08', firstDay: '2024-08-05', lastDay: '2024-08-31' },
    ];
    const loaded = {
      ...{ firstDay: '2022-01-01', dataThrough: '2025-12-31' },
      ...{ notLoaded: ['2024-06', '2024-07'], edges },
    };
    const year = coveredPeriod('2024-01', '2024-12', loaded);
    expect(year).toMatchObject({ complete: false, coverage: (366 - 19 - 61 - 4) / 366, edges });
    expect(isCut(year)).toBe(true);
    expect(daysOf(year)).toMatchObject({ partMonths: ['2024-05-01', '2024-08-01'] });
    const before = baselineOf(year, 'year-ago', loaded);
    for (const days of [daysOf(year), daysOf(before)]) {
      expect([days.months.length, days.partDays.length]).toEqual([8, 12 + 27]);
    }
    expect(daysOf(before).partDays).not.toContain('2023-05-13');
    // At its own ends nothing is said twice.
    const may = coveredPeriod('2024-05', '2024-05', loaded);
    expect(may).toMatchObject({ lastDay: '2024-05-12', coverage: 12 / 31 });
    expect(may.edges).toBeUndefined();
    expect(coveredPeriod('2024-08', '2024-09', loaded)).toMatchObject({ firstDay: '2024-08-05' });
    // What would need the missing days has no baseline; what needs the others only has one.
    expect(baselineOf(coveredPeriod('2025-05', '2025-05', loaded), 'year-ago', loaded)).toBeNull();
    expect(baselineOf(coveredPeriod('2024-09', '2024-09', loaded), 'previous', loaded)).toBeNull();
    const running = { ...loaded, dataThrough: '2025-05-10' };
    expect(baselineOf(coveredPeriod('2025-05', '2025-05', running), 'year-ago', running)).toMatchObject({
      lastDay: '2024-05-10',
    });
  });
  test('needs data', () => expect(() => coveredPeriod('2025-03', '2025-04', LOADED)).toThrow(RangeError));
});

describe('baseline', () => {
  const baseline = (from: string, to: string, comparison: 'year-ago' | 'previous', loaded = LOADED) => {
    const found = baselineOf(coveredPeriod(from, to, loaded), comparison, loaded);
    return found && [found.from, found.to, found.firstDay, found.lastDay, found.complete];
  };

  test.each([
    ['2024-01', '2024-12', ['2023-01', '2023-12', '2023-01-01', '2023-12-31', true]],
    ['2024-02', '2024-02', ['2023-02', '2023-02', '2023-02-01', '2023-02-28', true]],
    ['2025-02', '2025-02', ['2024-02', '2024-02', '2024-02-01', '2024-02-10', false]],
    ['2022-06', '2022-06', null],
    ['2023-01', '2024-12', ['2022-01', '2023-12', '2022-01-01', '2023-12-31', true]],
  ])('year-ago of %s…%s', (from, to, expected) => expect(baseline(from, to, 'year-ago')).toEqual(expected));

  test('29 February of an incomplete February meets the 28th; the whole of a short February meets the whole of a long one', () => {
    expect(
      baseline('2024-02', '2024-03', 'year-ago', { firstDay: '2023-01-01', dataThrough: '2024-02-29' }),
    ).toEqual(['2023-02', '2023-03', '2023-02-01', '2023-02-28', false]);
    expect(
      baseline('2025-02', '2025-02', 'year-ago', { firstDay: '2023-01-01', dataThrough: '2025-02-28' }),
    ).toEqual(['2024-02', '2024-02', '2024-02-01', '2024-02-29', true]);
  });

  test.each([
    ['2024-04', '2024-06', ['2024-01', '2024-03', '2024-01-01', '2024-03-31', true]],
    ['2024-12', '2025-02', ['2024-09', '2024-11', '2024-09-01', '2024-11-11', false]], // 31 + 31 + 10 days
    ['2022-01', '2022-01', null],
  ])('previous of %s…%s', (from, to, expected) => expect(baseline(from, to, 'previous')).toEqual(expected));

  test('previous never reaches into the period itself', () => {
    // 1 January … 30 March are 89 days of a leap year's quarter; the quarter before has 92.
    const loaded = { firstDay: '2023-01-01', dataThrough: '2023-05-30' };
    expect(baseline('2023-04', '2023-05', 'previous', loaded)).toEqual([
      '2023-02',
      '2023-03',
      '2023-02-01',
      '2023-03-31',
      true,
    ]);
  });
});

test('whole and part months together are the covered days, each once', () => {
  const month = fc.integer({ min: 0, max: 36 }).map((offset) => addMonths('2022-01', offset));
  fc.assert(
    fc.property(
      month,
      month,
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 401, max: 1130 }),
      (a, b, first, last) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const loaded = { firstDay: addDays('2022-01-01', first), dataThrough: addDays('2022-01-01', last) };
        fc.pre(firstDayOf(from) <= loaded.dataThrough && lastDayOf(to) >= loaded.firstDay);
        const period = coveredPeriod(from, to, loaded);
        const { months, partMonths, partDays } = daysOf(period);
        const { firstDay, lastDay } = period;
        const clipped = (monthDay: string) => {
          const end = lastDayOf(monthDay.slice(0, 7));
          return daysThrough(monthDay > firstDay ? monthDay : firstDay, end < lastDay ? end : lastDay);
        };
        const days = [...months, ...partMonths].reduce((sum, monthDay) => sum + clipped(monthDay), 0);
        expect(days).toBe(daysThrough(period.firstDay, period.lastDay));
        expect(partDays).toHaveLength(partMonths.reduce((sum, monthDay) => sum + clipped(monthDay), 0));
        expect(
          months.every(
            (monthDay) => clipped(monthDay) === daysThrough(monthDay, lastDayOf(monthDay.slice(0, 7))),
          ),
        ).toBe(true);
        expect(partMonths.length).toBeLessThanOrEqual(2);
        expect(period.complete).toBe(
          partMonths.length === 0 &&
            from === period.firstDay.slice(0, 7) &&
            to === period.lastDay.slice(0, 7),
        );
      },
    ),
  );
});
