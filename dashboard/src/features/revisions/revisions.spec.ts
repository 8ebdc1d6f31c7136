import type { AdjustmentAnswer, BriefFigure, LagRevisions, RevisionsAnswer } from '@beltline/contract';
import { createNumberFormat } from '../../format/number-format.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import {
  adjustmentSentences,
  monthsRevised,
  revisionClass,
  type RevisionsOf,
  revisionsSummary,
} from './revisions-summary.ts';

const told = (value: number | null): BriefFigure =>
  value === null
    ? { value, flag: 'not-available', reason: 'too-little-data' }
    : { value, flag: 'final', reason: null };

const lag = (
  no: number,
  [mean, low, high, p95]: readonly (number | null)[],
  rest: Partial<LagRevisions> = {},
) => ({
  ...{ lag: no, months: 14, finality: 'provisional' as const, spread: told(0.002) },
  ...{ mean: told(mean ?? null), low: told(low ?? null), high: told(high ?? null), p95: told(p95 ?? null) },
  ...rest,
});
const RULE = { months: 12, seenFor: 3, limit: 0.01, lastLag: 12 };
const answerOf = (levels: LagRevisions[]) =>
  ({ rule: RULE, levels, growth: levels }) as unknown as RevisionsAnswer;

async function summary(levels: LagRevisions[], locale: 'zh-CN' | 'en' = 'en', of: RevisionsOf = 'levels') {
  const numbers = createNumberFormat(locale, { currency: 'CNY', exactNumbers: false });
  return revisionsSummary(answerOf(levels), of, { numbers, t: await translatorOf(locale) });
}

const HIGH = [-0.0035, -0.005, -0.002, 0.012] as const;
const LOW = [0.004, 0.001, 0.007, 0.02] as const;
const EVEN = [0.0002, -0.001, 0.0014, 0.004] as const;

test('first figures that were revised downward were too high, in both languages', async () => {
  expect(await summary([lag(0, HIGH), lag(3, EVEN, { finality: 'final' })])).toBe(
    'First figures of 14 months were on average 0.35% too high; 95% were revised by no more than 1.20%. Figures are final from month 3 after the month’s end on, and provisional before.',
  );
  expect(await summary([lag(0, HIGH)], 'zh-CN')).toBe(
    '14 个月的初值平均偏高 0.35%；95% 的月份改动不超过 1.20%。还没有哪个月龄的数字改动小到可以称为最终。',
  );
});

test('what chance could have done has no direction, and is final where it is small', async () => {
  expect(await summary([lag(0, EVEN, { finality: 'final' })])).toBe(
    'First figures of 14 months were on average revised by +0.02%, which cannot be told from nothing (-0.10% to +0.14%); 95% were revised by no more than 0.40%. First figures are final.',
  );
  expect(await summary([lag(0, LOW, { finality: 'unknown', months: 5 })])).toContain(
    '0.40% too low; 95% were revised by no more than 2.00%. Which are final nobody can say yet: that takes at least 12',
  );
});

test('growth is told in points', async () => {
  expect(await summary([lag(0, HIGH)], 'en', 'growth')).toContain(
    'on average 0.35 points too high; 95% were revised by no more than 1.20 points.',
  );
});

test('figures that are final only when they are older than a year, and too few months', async () => {
  expect(await summary([lag(0, HIGH), lag(13, EVEN, { finality: 'final' })])).toContain(
    'Figures are final after month 12 from the month’s end',
  );
  expect(await summary([lag(0, [null, null, null, null], { months: 2 })])).toBe(
    'How figures are revised cannot be told yet: few first figures (until now 2) have been seen for long enough (in months: 3).',
  );
  expect(await summary([])).toContain('(until now 0)');
});

test('a cell has a colour by its side and size, none where hardly anything was revised', () => {
  expect([null, 0, 0.0009, 0.001, -0.004, 0.005, -0.02].map(revisionClass)).toEqual([
    ...[undefined, undefined, undefined],
    ...['up-1', 'down-1', 'up-2', 'down-3'],
  ]);
});

test('months of which one figure alone is known are not in the triangle; the newest comes first', () => {
  const month = (name: string, revised: number | null, growth: number | null) => ({
    ...{ month: name, revised: told(revised), growthRevised: told(growth) },
  });
  const answer = {
    months: [month('2024-01', -0.01, null), month('2024-02', 0, 0.01), month('2024-03', null, null)],
  } as unknown as RevisionsAnswer;
  expect(monthsRevised(answer, 'levels').map((one) => one.month)).toEqual(['2024-02', '2024-01']);
  expect(monthsRevised(answer, 'growth').map((one) => one.month)).toEqual(['2024-02']);
});

const SPANS = { count: 3, length: 36, limit: 0.03, badFactors: 0.25, badChanges: 0.4 };
async function sentences(answer: Partial<AdjustmentAnswer>): Promise<string[]> {
  const numbers = createNumberFormat('en', { currency: 'CNY', exactNumbers: false });
  const test = { statistic: told(0), p: told(1) };
  const whole = {
    ...{ qs: test, ranks: test, hasResidualSeason: false, byLag: [] },
    spans: { ...SPANS, factors: told(0.11), changes: told(0.06) },
    ...answer,
  } as unknown as AdjustmentAnswer;
  return adjustmentSentences(whole, { numbers, t: await translatorOf('en') });
}

test('an adjustment that can be trusted, and what is left to say of it', async () => {
  const byLag = [
    { lag: 0, months: 14, adjusted: told(0.017), trend: told(0.05) },
  ] as AdjustmentAnswer['byLag'];
  expect(await sentences({ byLag })).toEqual([
    'No season is seen in the adjusted values (QS 0.0, p = 1.000; ranks p = 1.000).',
    'In 3 spans (length in months: 36), adjusted each by itself, the changes from month to month differ by more than 3% in 6% of the months (seasonal factors: 11%). That is within what is trusted.',
    'When a month has just come, its adjusted value is revised by 1.7% on average later, the trend by 5.0%.',
  ]);
});

test('one that cannot', async () => {
  const [season, spans] = await sentences({
    hasResidualSeason: true,
    qs: { statistic: told(19.2), p: told(0.00007) },
    spans: { ...SPANS, factors: told(0.53), changes: told(0.3) },
  });
  expect(season).toContain('still have a season (QS 19.2, p = <0.001');
  expect(spans).toContain('beyond what is trusted (changes 40%, factors 25%)');
  const none = await sentences({
    hasResidualSeason: null,
    spans: { ...SPANS, factors: told(null), changes: told(null) },
  });
  expect(none).toEqual([
    'There are too few months to look for a season that is left.',
    'There are too few months for two spans.',
  ]);
});
