import { BENCHMARK_MEASURE, BENCHMARK_MEASURES, type BenchmarkMeasureAnswer } from '@beltline/contract';
import { countLeagues, isRecovery, leagueOf, meritOf, verdictOf } from './verdict.ts';

type Measure = BenchmarkMeasureAnswer['measure'];
const NONE = { value: null, flag: 'not-available', reason: 'no-data' } as const;
const rowOf = (measure: Measure, value: number | null, place: number | null): BenchmarkMeasureAnswer => ({
  measure,
  ...BENCHMARK_MEASURE[measure],
  value: value === null ? NONE : { value, flag: 'final', reason: null },
  band: place === null ? null : { place, of: 5 },
  quartiles: { lower: NONE, median: NONE, upper: NONE },
  trend: [],
});
const pageOf = (told: Partial<Record<Measure, readonly [value: number | null, place: number | null]>>) => ({
  measures: BENCHMARK_MEASURES.map((measure) => rowOf(measure, ...(told[measure] ?? ([1, null] as const)))),
});

it('says how far back somebody is by the first of the measures that is known', () => {
  expect(verdictOf(pageOf({})).headline?.row.measure).toBe('recovery-level');
  expect(verdictOf(pageOf({ 'recovery-level': [null, null] })).headline?.row.measure).toBe('growth-aligned');
  const none = pageOf({
    'recovery-level': [null, null],
    'growth-aligned': [null, null],
    growth: [null, null],
  });
  expect(verdictOf(none).headline?.row.measure).toBe('gmv');
  // Which is how much, and not how far back: where months of the year before were never loaded nobody knows that.
  const said = [pageOf({}), none].map((page) => verdictOf(page).headline?.row);
  expect(said.map((row) => row && isRecovery(row))).toEqual([true, false]);
  const small = pageOf({});
  for (const row of small.measures.filter(
    ({ measure }) => measure === 'recovery-level' || measure === 'growth-aligned',
  ))
    row.value = { value: 1, flag: 'base-too-small', reason: null };
  expect(verdictOf(small).headline?.row.measure).toBe('growth');
  for (const row of small.measures.filter(({ measure }) => measure === 'growth'))
    row.value = { value: 1, flag: 'base-too-small', reason: null };
  expect(verdictOf(small).headline?.row.measure).toBe('recovery-level');
  expect(verdictOf({ measures: [] })).toEqual({ headline: null, best: null, worst: null });
});

it('counts places from the worst, and knows none where no direction is better', () => {
  expect(meritOf(rowOf('on-time', 0.9, 4))).toEqual({ place: 4, of: 5 });
  expect(meritOf(rowOf('refund-rate', 0.1, 4))).toEqual({ place: 2, of: 5 });
  expect([meritOf(rowOf('skus', 9, 4)), meritOf(rowOf('on-time', 0.9, null))]).toEqual([null, null]);
  expect([1, 2, 3, 4, 5].map((place) => leagueOf({ place, of: 5 }))).toEqual([
    'behind',
    'behind',
    'middle',
    'ahead',
    'ahead',
  ]);
  expect([1, 2, 3, 4].map((place) => leagueOf({ place, of: 4 }))).toEqual([
    'behind',
    'behind',
    'ahead',
    'ahead',
  ]);
});

it('names what is best and what is worst, and neither size nor what has no better direction', () => {
  const page = pageOf({
    gmv: [1, 5],
    orders: [1, 5],
    skus: [1, 5],
    'on-time': [0.9, 4],
    'refund-rate': [0.1, 5],
    hits: [1, 3],
  });
  const { best, worst } = verdictOf(page);
  expect([best?.row.measure, worst?.row.measure]).toEqual(['on-time', 'refund-rate']);
  const alike = verdictOf(pageOf({ 'on-time': [0.9, 3], hits: [1, 3] }));
  expect([alike.best, alike.worst]).toEqual([null, null]);
  expect(countLeagues(page.measures)).toEqual({ ahead: 3, behind: 1 });
});
