import { addMonths } from '../../core/calendar.ts';
import { ENOUGH_REVISIONS, evidenceOf, finalityAt, lagOf, mayBeKnown, settledAfter } from './evidence.ts';
import { LATER, type Print } from './prints.ts';

const print = (month: string, lag: number, publishedIn: string): Print => ({
  ...{ month, lag, version: 1, publishedOn: `${publishedIn}-03`, madeBy: 1, yearAgoMadeBy: null },
});
const LATEST = '2026-01';
const MONTHS = Array.from({ length: 24 }, (_, index) => addMonths('2024-01', index));
/** First prints, and prints of the third month, of two years of months; the revisions of each lag are alike. */
const outcomes = (bySize: Record<number, number>, months = MONTHS) =>
  months.flatMap((month) =>
    Object.entries(bySize).map(([lag, size]) => ({
      print: print(month, Number(lag), addMonths(month, Math.max(1, Number(lag)))),
      latest: print(month, 99, LATEST),
      revision: size,
    })),
  );

test('a print is looked back on after three months', () => {
  const [first] = evidenceOf(outcomes({ 0: 0.02 }));
  // Those of September 2025 were printed in October, three months before the latest.
  expect(first).toMatchObject({ lag: 0, count: MONTHS.filter((month) => month <= '2025-09').length });
});

test('what is no number, or of too few orders, counts as nothing', () => {
  const none = outcomes({ 0: 0 }).map((one, index) => (index % 2 ? one : { ...one, revision: null }));
  expect(evidenceOf(none)[0]?.count).toBe(10);
});

test('final is what was hardly revised at its age or a younger one', () => {
  const evidence = evidenceOf(outcomes({ 0: 0.03, 3: 0.004 }));
  expect([0, 1, 2, 3, 4, 30].map((age) => finalityAt(evidence, age))).toEqual([
    ...['provisional', 'provisional', 'provisional'],
    ...['final', 'final', 'final'],
  ]);
  expect(settledAfter(evidence)).toBe(3);
  expect(settledAfter(evidenceOf(outcomes({ 0: 0.001 })))).toBe(0);
});

test('nothing is known of few months: neither final nor provisional', () => {
  const few = MONTHS.slice(0, ENOUGH_REVISIONS - 1);
  const evidence = evidenceOf(outcomes({ 0: 0.03, 3: 0 }, few));
  expect([0, 3, LATER].map((age) => finalityAt(evidence, age))).toEqual(['unknown', 'unknown', 'unknown']);
  expect(settledAfter(evidence)).toBeNull();
  expect(evidence[0]?.statistics).not.toBeNull();
});

test('what is revised a lot when it is old is revised when it is young, and what hardly is tells nothing of younger ones', () => {
  expect(finalityAt(evidenceOf(outcomes({ 6: 0.05 })), 1)).toBe('provisional');
  expect(finalityAt(evidenceOf(outcomes({ 6: 0.005 })), 1)).toBe('unknown');
});

test('one that is revised twice the limit among twenty is the five in a hundred', () => {
  const months = Array.from({ length: 40 }, (_, index) => addMonths('2022-01', index));
  const mixed = (every: number) =>
    evidenceOf(
      outcomes({ 0: 0.002 }, months).map((one, index) => (index % every ? one : { ...one, revision: -0.02 })),
    );
  expect(finalityAt(mixed(20), 0)).toBe('final');
  expect(finalityAt(mixed(15), 0)).toBe('provisional');
});

test('whether anything can be known is told by what was published alone', () => {
  const months = (count: number) =>
    MONTHS.slice(0, count).map((month) => ({
      month,
      prints: [print(month, 0, addMonths(month, 1))],
      latest: print(month, 99, LATEST),
    }));
  expect(mayBeKnown(months(ENOUGH_REVISIONS - 1))).toBe(false);
  expect(mayBeKnown(months(ENOUGH_REVISIONS))).toBe(true);
});

test('early in a month a figure is like the print at the end of the month before', () => {
  const endOfMonth = outcomes({ 1: 0.002, 2: 0.001 }).map(({ print, ...rest }) => ({
    ...rest,
    print: { ...print, publishedOn: print.publishedOn.replace(/03$/, '28') },
  }));
  const evidence = evidenceOf(endOfMonth);
  expect(evidence[0]?.publishedOn).toBe(28);
  expect(lagOf(evidence, 2, '2026-01-05')).toBe(1);
  expect(lagOf(evidence, 2, '2026-01-28')).toBe(2);
  expect(lagOf(evidence, 1, '2026-01-05')).toBe(0);
  expect(lagOf(evidence, 7, '2026-01-05')).toBe(7);
});
