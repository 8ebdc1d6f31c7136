import { addDays, daysThrough } from '../core/calendar.ts';
import { dayKinds, SALES, SPECIALS } from '../core/day-kinds.ts';
import { sum } from '../core/vector.ts';
import { holidayOn, isMakeUpDay } from '../core/public-holidays.ts';
import { SPRING_FESTIVALS } from '../core/spring-festival.ts';
import { dayEffects, dayFactors } from './day-factors.ts';
import { normal, poisson, random } from './planted.ts';

const FIRST = '2021-01-01';
const DAYS = daysThrough(FIRST, '2024-12-31');
const kinds = dayKinds(FIRST, DAYS, SPRING_FESTIVALS);
const WEEK = [0.62, 1.14, 1.12, 1.1, 1.08, 1.06, 0.88];
const days = Array.from({ length: DAYS }, (_, index) => addDays(FIRST, index));
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
const isOff = (day: string) => {
  const holiday = holidayOn(day);
  return holiday !== undefined && holiday !== 'spring-festival';
};

test('kinds of days', () => {
  const kindOf = (day: string) => {
    const index = days.indexOf(day);
    return [kinds.weekday[index], SPECIALS[(kinds.special[index] ?? 0) - 1]];
  };
  expect(kindOf('2024-03-13')).toEqual([3, undefined]);
  expect(kindOf('2023-10-02')).toEqual([1, 'weekday-off']);
  expect(kindOf('2023-10-01')).toEqual([0, 'weekend-off']);
  expect(kindOf('2023-10-07')).toEqual([6, 'make-up']);
  expect(kindOf('2024-02-12')).toEqual([1, undefined]); // of the Spring Festival: compared by lunar days
  expect(SALES[kinds.sale[days.indexOf('2023-11-11')] ?? -1]).toBe('11-11');
  expect(kinds.sale[days.indexOf('2023-11-12')]).toBe(-1);
  const calmOn = (day: string) => kinds.calm[days.indexOf(day)];
  expect(['2023-06-01', '2024-01-10', '2024-02-10', '2024-03-01', '2024-03-20'].map(calmOn)).toEqual([
    2, 1, 0, 0, 1,
  ]);
});

/** A season, weekdays, holidays, make-up days and two sales; noise of a normal logarithm. */
function sold(noise: number, seed = 1): Float64Array {
  const draw = random(seed);
  return Float64Array.from(days, (day, index) => {
    const level = 1000 * Math.exp(0.0003 * index + 0.1 * Math.sin((2 * Math.PI * index) / 365.25));
    const off = weekday(day) % 6 > 0 ? 0.55 : 0.8;
    const week = (WEEK[weekday(day)] ?? 1) * (isOff(day) ? off : isMakeUpDay(day) ? 1.5 : 1);
    const sale = day.endsWith('-11-11') ? 2.2 : day.endsWith('-12-12') ? 1.5 : 1;
    return level * week * sale * Math.exp(noise * normal(draw));
  });
}

test('what was put in comes out', () => {
  const effects = dayEffects(sold(0.03), kinds);
  const { weekdays, specials, sales } = effects;
  const factors = dayFactors(effects, kinds);
  const near = (effect: number | undefined, factor: number, within: number) =>
    expect(Math.abs((effect ?? NaN) - Math.log(factor))).toBeLessThan(within);
  WEEK.forEach((factor, day) => near(weekdays[day]?.effect, factor, 0.02));
  [0.55, 0.8, 1.5].forEach((factor, kind) => near(specials[kind]?.effect, factor, 0.04));
  near(sales[SALES.indexOf('11-11')]?.effect, 2.2, 0.1);
  near(sales[SALES.indexOf('12-12')]?.effect, 1.5, 0.1);
  const saleOf = (date: string) => Math.exp(sales[SALES.indexOf(date)]?.effect ?? NaN);
  expect(['06-18', '11-10', '12-10'].map(saleOf)).toEqual([1, 1, 1]);
  expect(factors).toHaveLength(DAYS);
});

test('without noise, exactly', () => {
  const flat = Float64Array.from(
    days,
    (day) =>
      (WEEK[weekday(day)] ?? 1) *
      (day.endsWith('-11-11') ? 3 : 1) *
      (isOff(day) && weekday(day) % 6 > 0 ? 0.5 : 1),
  );
  const factors = dayFactors(dayEffects(flat, kinds), kinds);
  const rest = flat.map((value, index) => value / (factors[index] ?? NaN));
  for (const value of rest) expect(value / (rest[0] ?? NaN)).toBeCloseTo(1, 9);
});

test('where weekdays and sales make no difference, factors are 1 in 19 of 20 draws at least, and never far from it', () => {
  const draw = random(7);
  let exact = 0;
  for (let trial = 0; trial < 40; trial++) {
    const even = Float64Array.from(days, () => 1000 * Math.exp(0.05 * normal(draw)));
    const effects = dayEffects(even, kinds);
    const { weekdays } = effects;
    const factors = dayFactors(effects, kinds);
    if (weekdays.every(({ effect }) => effect === 0)) exact++;
    expect(Math.max(...factors.map((factor) => Math.abs(Math.log(factor))))).toBeLessThan(0.15);
  }
  expect(exact).toBeGreaterThanOrEqual(38);
});

/** Value by day of a small belt: a few retail orders on every day, and now and then a large one, which is most of the value. */
function soldByFew(seed: number, ordersADay: number, factorOf: (index: number) => number): Float64Array {
  const draw = random(seed);
  return Float64Array.from(days, (_, index) => {
    const factor = factorOf(index);
    const retail = 40 * poisson(draw, 4) * Math.exp(0.3 * normal(draw));
    const large = Array.from({ length: poisson(draw, ordersADay * factor) }, () =>
      Math.exp(1.1 * normal(draw)),
    );
    return retail + 10_000 * sum(large);
  });
}

describe('where few orders are most of the value', () => {
  const weekOf = (index: number) => WEEK[kinds.weekday[index] ?? 0] ?? 1;

  test.each([0.3, 0.7, 1.5, 3])(
    'a day is not told by those on which there was none: %d a day',
    (ordersADay) => {
      // A median day sells no large order and the mean day does: by medians such kinds had a hundredth of an ordinary day.
      for (let seed = 1; seed <= 60; seed++) {
        const factors = dayFactors(dayEffects(soldByFew(seed, ordersADay, weekOf), kinds), kinds);
        const off = factors.map((factor, index) => Math.abs(Math.log(factor / weekOf(index))));
        expect([seed, Math.max(...off) < Math.log(2)]).toEqual([seed, true]);
      }
    },
  );

  test('what all days have in common is found where there is enough of it', () => {
    const { weekdays, specials } = dayEffects(
      soldByFew(3, 30, (index) => weekOf(index) * (kinds.special[index] === 1 ? 0.4 : 1)),
      kinds,
    );
    WEEK.forEach((factor, day) =>
      expect(Math.abs((weekdays[day]?.effect ?? NaN) - Math.log(factor))).toBeLessThan(0.12),
    );
    // Drawn back, so that it is told by less than it is and never by more.
    expect(specials[0]?.effect).toBeLessThan(Math.log(0.6));
    expect(specials[0]?.effect).toBeGreaterThan(Math.log(0.4));
  });
});

test('nothing to tell them from: no sales, a few weeks, days that sold nothing', () => {
  const ones = (values: ArrayLike<number>) =>
    expect([...dayFactors(dayEffects(values, kinds), kinds)].every((factor) => factor === 1)).toBe(true);
  ones([]);
  ones(new Float64Array(DAYS));
  ones(sold(0).subarray(0, 5));
  ones(Float64Array.from(days, (_, index) => (index % 3 === 0 ? 5 : 0)));
  // Less than one order a day: two sales of the same date would agree by chance, with no weekday to say how much chance there is.
  const draw = random(5);
  for (let trial = 0; trial < 20; trial++)
    ones(Float64Array.from(days, () => poisson(draw, 0.7) * Math.exp(normal(draw))));
});

describe('weekdays on which nothing is sold', () => {
  const open = (of: (index: number) => number) =>
    dayEffects(
      Float64Array.from(days, (_, index) => of(index)),
      kinds,
    );

  test('are closed, and the others are told apart as ever', () => {
    const week = [0, 1_200, 1_000, 1_000, 1_000, 800, 0];
    const { weekdays } = open((index) => week[kinds.weekday[index] ?? 0] ?? 0);
    expect([0, 6].map((one) => weekdays[one]?.effect)).toEqual([-Infinity, -Infinity]);
    expect(Math.exp((weekdays[1]?.effect ?? 0) - (weekdays[5]?.effect ?? 0))).toBeCloseTo(1.5, 6);
  });

  test('are none of a business that sells seldom, on whatever day', () => {
    const draw = random(11);
    const { weekdays } = open(() => poisson(draw, 0.4));
    expect(weekdays.map(({ effect }) => effect)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
