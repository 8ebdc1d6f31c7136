import type { SureFigure } from '@beltline/contract';
import { translatorOf } from '../i18n/language.fixture.ts';
import type { Translate } from '../i18n/translate.ts';
import { asSureAs, growthPhrase, growthWords, isSignSure, pointGrowth, unsure } from './growth-label.ts';
import { createNumberFormat } from './number-format.ts';

const numbers = createNumberFormat('zh-CN', { currency: 'CNY', exactNumbers: false });
let t: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
});

const between = (low: number, high: number) => ({ uncertainty: { low, high, grade: 'A' as const } });

it('shows a rate with arrow and sign', () => {
  const [rise, fall] = [between(0.5, 0.9), between(-0.3, -0.1)];
  expect(growthPhrase({ value: 0.7034, flag: 'final', reason: null, ...rise }, numbers, t)).toBe('▲+70.3%');
  expect(growthPhrase({ value: -0.2, flag: 'provisional', reason: null, ...fall }, numbers, t)).toBe(
    '▼-20.0%',
  );
});

it('calls flat what rounds to nothing, so that arrow and number agree', () => {
  const small = { value: 0.0004, flag: 'final', reason: null, ...between(0.0001, 0.0007) } as const;
  expect(growthWords(small, numbers, t)).toMatchObject({ direction: 'flat', arrow: '▬', text: '0.0%' });
});

it('says in words why there is no rate, and never shows one on too small a base', () => {
  expect(growthPhrase({ value: null, flag: 'not-available', reason: 'baseline-zero' }, numbers, t)).toBe(
    '基期为零',
  );
  expect(growthPhrase({ value: null, flag: 'not-available', reason: 'part-month' }, numbers, t)).toBe(
    '不完整月份不计去重数',
  );
  // January is over: what is not is the other month that it is compared together with.
  const january = {
    value: null,
    flag: 'not-available',
    reason: 'other-month-incomplete',
    merged: true,
  } as const;
  expect(growthPhrase(january, numbers, t)).toBe('一、二月合并，待两月完整');
  const small = growthWords({ value: 9.1, flag: 'base-too-small', reason: null }, numbers, t);
  expect(small).toEqual({ direction: 'none', arrow: '', text: '基数过小', rate: false });
});

it('says that a rate is withheld where it is, and is not known where it is not', () => {
  const withheld = { value: null, flag: 'suppressed', reason: 'confidential' } as const;
  expect(growthPhrase(withheld, numbers, t)).toBe('涉及商家太少，不予公布');
});

it('gives no direction to a rate that nobody has told an interval of', () => {
  const growth = { value: 0.2, flag: 'final', reason: null } as const;
  const tooFew = { ...growth, uncertainty: null, uncertaintyReason: 'too-few-owners' };
  for (const facts of [growth, tooFew, unsure(growth)])
    expect(growthWords(facts, numbers, t)).toMatchObject({ direction: 'flat', arrow: '±' });
});

it('gives no direction to a month or a day, which have no interval', () => {
  const growth = { value: 0.2, flag: 'final', reason: null } as const;
  expect(growthPhrase(pointGrowth({ growth, merged: false }), numbers, t)).toBe('±+20.0%');
  expect(growthPhrase(pointGrowth({ growth, merged: true }), numbers, t)).toContain('±+20.0%');
});

it('calls a sign sure only where there is an interval on one side of zero', () => {
  expect(
    [null, { uncertainty: null }, between(-1, 1), between(0.1, 1), between(-1, -0.1)].map(isSignSure),
  ).toEqual([false, false, false, true, true]);
});

it('says a rate as surely as its interval does: not known yet, none to have, on one side of zero, on both', () => {
  const growth = {
    value: 0.2,
    flag: 'final',
    reason: null,
    uncertainty: null,
    uncertaintyReason: null,
  } as const;
  const sure = (low: number): SureFigure => ({ ...growth, uncertainty: { low, high: 0.4, grade: 'C' } });
  const said = (interval: SureFigure | null) => growthPhrase(asSureAs(growth, interval), numbers, t);
  expect([null, growth, sure(0.1), sure(-0.1)].map(said)).toEqual([
    '±+20.0%',
    '±+20.0%',
    '▲+20.0%',
    '±+20.0%',
  ]);
});
