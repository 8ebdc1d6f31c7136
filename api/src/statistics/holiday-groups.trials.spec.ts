import { monthsThrough } from '../core/calendar.ts';
import { at, mean, sum } from '../core/vector.ts';
import { centredHoliday, HOLIDAY_SHAPES, type HolidayEffect, pooledHolidayEffect } from './holiday-effect.ts';
import type { MonthlySeries } from './holiday-fit.ts';
import { holidayGroupSteps } from './holiday-groups.ts';
import { normal, random } from './planted.ts';
import { PUBLISHED_NEW_YEARS as newYears } from './published/new-years.ts';
import { atOnce } from './steps.ts';

const months = monthsThrough('2021-01', '2024-12');
const [SHAPE = []] = HOLIDAY_SHAPES;
const coefficientsOf = (betas: readonly number[]) =>
  SHAPE.map((window, index) => ({ window, beta: at(betas, index) }));

/** Four years of a belt with a season and noise of so many log points. */
function belt(draw: () => number, betas: readonly number[], noise: number, span = months): MonthlySeries {
  const holiday = centredHoliday(span, coefficientsOf(betas), newYears);
  const season = Array.from({ length: 12 }, () => 0.3 * normal(draw));
  const logs = span.map((_, index) => at(holiday, index) + at(season, index % 12) + noise * normal(draw));
  return { months: span, values: logs.map((log) => Math.exp(9 + log)) };
}

const NOISE = 0.08;
const spread = (errors: readonly number[]) => Math.sqrt(mean(errors.map((one) => one ** 2)) ?? NaN);
const effectsOf = (groups: ReadonlyMap<string, readonly MonthlySeries[]>) =>
  atOnce(holidayGroupSteps(groups, newYears));
const betaOf = (effect: HolidayEffect | undefined) => effect?.beta ?? NaN;

/** Categories of a belt or several, each with its own standstill, and how far the estimates are off. */
function planted(seed: number, { betas, belts }: { betas: readonly number[]; belts: number }) {
  const draw = random(seed);
  const groups = new Map(
    betas.map((beta, index) => [
      `C${index}`,
      Array.from({ length: belts }, () => belt(draw, [beta, 0.1, 0.05], NOISE)),
    ]),
  );
  const { pooled, ofGroup } = effectsOf(groups);
  const offBy = (estimate: (name: string) => number) =>
    spread(betas.map((beta, index) => estimate(`C${index}`) - beta));
  return {
    ofGroup,
    pooled: offBy(() => betaOf(pooled)),
    own: offBy((name) => betaOf(pooledHolidayEffect(groups.get(name) ?? [], newYears, [SHAPE]))),
    shrunk: offBy((name) => betaOf(ofGroup.get(name))),
  };
}

const even = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));

test('categories that stand still differently have effects of their own, nearer the truth than all together or each alone', () => {
  const runs = [1, 2, 3, 4, 5].map((seed) => planted(seed, { betas: even(-0.9, -0.5, 20), belts: 1 }));
  const off = (of: 'pooled' | 'own' | 'shrunk') => mean(runs.map((run) => run[of])) ?? NaN;
  expect(off('pooled')).toBeGreaterThan(0.11);
  expect(off('own')).toBeLessThan(0.1);
  expect(off('shrunk')).toBeLessThan(0.85 * off('own'));
});

test('where categories do not differ, all have nearly that of all', () => {
  const runs = [1, 2, 3, 4, 5].map((seed) => planted(seed, { betas: even(-0.75, -0.75, 20), belts: 1 }));
  const off = (of: 'pooled' | 'own' | 'shrunk') => mean(runs.map((run) => run[of])) ?? NaN;
  expect(off('own')).toBeGreaterThan(0.05);
  expect(off('shrunk')).toBeLessThan(0.4 * off('own'));
});

test('a category of many belts that is unlike all others keeps its own', () => {
  const draw = random(11);
  const groups = new Map<string, MonthlySeries[]>(
    even(-0.85, -0.65, 9).map((beta, index) => [`C${index}`, [belt(draw, [beta, 0.1, 0.05], NOISE)]]),
  );
  groups.set(
    'unlike',
    Array.from({ length: 12 }, () => belt(draw, [-0.3, 0.1, 0.05], NOISE / 4)),
  );
  const effect = effectsOf(groups).ofGroup.get('unlike');
  expect(betaOf(effect)).toBeCloseTo(-0.3, 1.5);
  expect(effect?.standardError).toBeLessThan(0.02);
});

test('residuals of planted Februaries are within 3 log points in every year and category', () => {
  const betas = even(-0.9, -0.5, 9);
  const draw = random(5);
  const groups = new Map(
    betas.map((beta, index) => [
      `C${index}`,
      Array.from({ length: 6 }, () => belt(draw, [beta, 0.1, 0.05], 0.02)),
    ]),
  );
  const { pooled, ofGroup } = effectsOf(groups);
  const februaries = months.flatMap((month, index) => (month.endsWith('-02') ? [index] : []));
  const worst = (of: (name: string) => HolidayEffect | undefined) =>
    Math.max(
      ...betas.flatMap((beta, index) => {
        const left = centredHoliday(months, of(`C${index}`)?.coefficients ?? [], newYears);
        const truth = centredHoliday(months, coefficientsOf([beta, 0.1, 0.05]), newYears);
        // Beyond the mean of the calendar month, which is the season's.
        const off = februaries.map((month) => 100 * (at(truth, month) - at(left, month)));
        return off.map((one) => Math.abs(one - sum(off) / off.length));
      }),
    );
  expect(worst(() => pooled)).toBeGreaterThan(20);
  expect(worst((name) => ofGroup.get(name))).toBeLessThan(3);
});

test('a category of two years, and each of three categories, have that of all', () => {
  const draw = random(3);
  const groups = new Map<string, MonthlySeries[]>(
    even(-0.9, -0.4, 8).map((beta, index) => [`C${index}`, [belt(draw, [beta, 0.1, 0], 0.02)]]),
  );
  groups.set('young', [belt(draw, [-0.3, 0.1, 0], 0.02, months.slice(-23))]);
  const { pooled, ofGroup } = effectsOf(groups);
  expect(ofGroup.get('young')).toEqual(pooled);
  expect(ofGroup.get('C0')).not.toEqual(pooled);
  const three = effectsOf(new Map([...groups].slice(0, 3)));
  for (const effect of three.ofGroup.values()) expect(effect).toEqual(three.pooled);
});

test('without a holiday that can be told there is none for any category', () => {
  const draw = random(4);
  const short = new Map(
    ['a', 'b', 'c', 'd', 'e'].map((name) => [name, [belt(draw, [-0.8, 0, 0], 0.02, months.slice(0, 14))]]),
  );
  const { pooled, ofGroup } = effectsOf(short);
  expect(pooled.reason).toBe('under-24-months');
  for (const effect of ofGroup.values()) expect(effect).toBe(pooled);
});
