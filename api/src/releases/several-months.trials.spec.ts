/**
 * What follows from several publications together: from two editions of a month, and from a quarter beside its months. The first attack is what one edition of each month is for, the
 * second what quarters and years are withheld for where a month is (ADR 42, 62).
 */
import { TRACK, TRACKS } from '@beltline/contract';
import { type Audit, audit } from '../disclosure-audit/audit.ts';
import { type Part, together } from '../disclosure-audit/together.ts';
import type { PublishedRow } from '../disclosure-audit/unknowns.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { LinkedTable } from '../disclosure/linked-table.ts';
import { plantedMonth, SMALL_SHAPE } from '../disclosure/planted-holdings.ts';
import { publish } from '../disclosure/publish.ts';
import { suppress } from '../disclosure/suppress.ts';
import { loadSolver } from '../statistics/linear-programme.ts';

const highs = await loadSolver();
const RULES = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const MEASURES = 4;
const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
const SEEDS = [31, 41];

/** Months in which the same belts sell, each otherwise. */
const monthsOf = (seed: number, count: number): { belts: readonly Belt[]; months: Holding[][] } => {
  const planted = Array.from({ length: count }, (_, no) => plantedMonth(seed + no, SMALL_SHAPE));
  return { belts: planted[0]?.belts ?? [], months: planted.map(({ holdings }) => [...holdings]) };
};

const tableOf = (belts: readonly Belt[], holdings: readonly Holding[]) =>
  new LinkedTable(new Holdings(belts, holdings, MEASURES, RULES), RULES, 'track');

/** By itself, as a month is released. */
function gated(belts: readonly Belt[], holdings: readonly Holding[]): PublishedRow[] {
  const table = tableOf(belts, holdings);
  return publish(table, suppress(highs, table));
}

const part = (
  name: string,
  belts: readonly Belt[],
  confidential: readonly Holding[],
  rows: PublishedRow[],
): Part => ({
  ...{ name, belts, rows, confidential },
});

const asked = (parts: readonly Part[], whole: readonly PublishedRow[]): Audit => {
  const { publication, confidential } = together({ tracks, measures: MEASURES }, parts, whole);
  return audit(highs, publication, confidential, RULES);
};

const nameOf = ({ level, area, by, key }: PublishedRow) => `${level}|${area}|${by}|${key}`;
const withheld = (rows: readonly PublishedRow[]): PublishedRow[] =>
  rows.map((row) => ({ ...row, values: null }));
const shownIn = (rows: readonly PublishedRow[]) => rows.filter(({ values }) => values !== null).length;

/** What each owner holds in several months together. */
function added(months: readonly (readonly Holding[])[]): Holding[] {
  const sums = new Map<string, Holding>();
  for (const one of months.flat()) {
    const key = [one.belt, one.combination, one.side, one.owner].join('|');
    const values = sums.get(key)?.values;
    sums.set(key, { ...one, values: one.values.map((value, at) => value + (values?.[at] ?? 0)) });
  }
  return [...sums.values()];
}

test('a late load that changes one cell: two editions of a month differ by one owner, and one edition by nothing', () => {
  let [both, one] = [0, 0];
  for (const seed of SEEDS) {
    const { belts, months } = monthsOf(seed, 1);
    const [first = []] = months;
    const sale = { belt: 'B0', combination: 64, values: [5_000, 100, 1, 1] };
    const late: Holding[] = [
      { ...sale, side: 'seller', owner: 'B0-1' },
      { ...sale, side: 'buyer', owner: 'U1' },
    ];
    const parts = [
      part('first', belts, first, gated(belts, first)),
      part('late', belts, late, withheld(publish(tableOf(belts, late), nothingShown))),
    ];
    const second = gated(belts, added([first, late]));
    both += asked(parts, second).breaches.length;
    one += asked(parts, withheld(second)).breaches.length;
  }
  process.stdout.write(`Two editions: ${both} breaches of ${SEEDS.length} months; one edition: ${one}.\n`);
  expect(both).toBeGreaterThan(5);
  expect(one).toBe(0);
});

test('a correction that takes orders back: the month before and after it differ by one owner, and one edition tells neither', () => {
  let [both, one] = [0, 0];
  for (const seed of SEEDS) {
    const { belts, months } = monthsOf(seed, 1);
    const [first = []] = months;
    const back = largestHalved(first, 'B0');
    const second = lessened(first, back);
    const parts = [
      part('corrected', belts, second, gated(belts, second)),
      part('back', belts, back, withheld(publish(tableOf(belts, back), nothingShown))),
    ];
    const told = gated(belts, first);
    both += asked(parts, told).breaches.length;
    const [corrected, taken] = parts as [Part, Part];
    one += asked([{ ...corrected, rows: withheld(corrected.rows) }, taken], told).breaches.length;
  }
  process.stdout.write(`A correction: ${both} breaches of ${SEEDS.length} months; one edition: ${one}.\n`);
  expect(both).toBeGreaterThan(5);
  expect(one).toBe(0);
});

/** Of the largest seller of a belt, in the combination in which they sold most, half of what each of their buyers bought there is taken back. */
function largestHalved(holdings: readonly Holding[], belt: string): Holding[] {
  const sold = holdings.filter((one) => one.belt === belt && one.side === 'seller');
  const [largest] = [...sold].sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  if (!largest) throw new Error(`nobody sells in ${belt}`);
  const values = largest.values.map((value) => Math.floor(value / 2));
  const bought = holdings.filter(
    (one) => one.belt === belt && one.side === 'buyer' && one.combination === largest.combination,
  );
  // Whose orders they were is drawn from who bought most there, as far as that goes.
  const left = [...values];
  const from = [...bought]
    .sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0))
    .flatMap((one) => {
      const taken = one.values.map((value, at) => Math.min(value, left[at] ?? 0));
      taken.forEach((value, at) => (left[at] = (left[at] ?? 0) - value));
      return taken.some((value) => value > 0) ? [{ ...one, values: taken }] : [];
    });
  return [{ ...largest, values }, ...from];
}

/** What is left of a month. */
const lessened = (holdings: readonly Holding[], back: readonly Holding[]): Holding[] => {
  const keyOf = ({ belt, combination, side, owner }: Holding) => [belt, combination, side, owner].join('|');
  const taken = new Map(back.map((one) => [keyOf(one), one.values]));
  return holdings.map((one) => ({
    ...one,
    values: one.values.map((value, at) => value - (taken.get(keyOf(one))?.[at] ?? 0)),
  }));
};

test('a year less eleven months is the twelfth: told by itself it gives months away, told where all are it is no new figure', () => {
  const [seed = 0] = SEEDS;
  const { belts, months } = monthsOf(seed, 12);
  const parts = months.map((month, no) => part(`m${no}`, belts, month, gated(belts, month)));
  const year = gated(belts, added(months));
  const hidden = parts.map(({ rows }) => new Set(rows.filter(({ values }) => values === null).map(nameOf)));
  const withheldIn = (row: PublishedRow) => hidden.filter((names) => names.has(nameOf(row))).length;
  const told = (is: (withheldMonths: number) => boolean) =>
    year.map((row) => (is(withheldIn(row)) ? row : { ...row, values: null }));
  const twelfth = told((missing) => missing <= 1);
  const byRule = told((missing) => missing === 0);
  const subtracted = twelfth.filter((row) => row.values !== null && withheldIn(row) === 1).length;
  const [found, ofRule] = [twelfth, byRule].map((rows) => asked(parts, rows).breaches.length);
  process.stdout.write(
    `A year: ${subtracted} months follow by subtraction, ${found} breaches; ${ofRule} by the rule (${shownIn(byRule)} cells).\n`,
  );
  expect(subtracted).toBeGreaterThan(0);
  expect(found).toBeGreaterThan(0);
  expect(ofRule).toBe(0);
  expect(shownIn(byRule)).toBeGreaterThan(0);
});

test('a quarter beside its months: told by itself it tells of months, told where all months are it tells nothing more', () => {
  let [alone, byRule, byTwo, shown, shownTwo] = [0, 0, 0, 0, 0];
  for (const seed of SEEDS) {
    const { belts, months } = monthsOf(seed, 3);
    const parts = months.map((month, no) => part(`m${no}`, belts, month, gated(belts, month)));
    const whole = gated(belts, added(months));
    const hidden = parts.map(({ rows }) => new Set(rows.filter(({ values }) => values === null).map(nameOf)));
    const told = (is: (withheldMonths: number) => boolean) =>
      whole.map((row) =>
        is(hidden.filter((names) => names.has(nameOf(row))).length) ? row : { ...row, values: null },
      );
    const all = told((months) => months === 0);
    const two = told((months) => months !== 1);
    alone += asked(parts, whole).breaches.length;
    byRule += asked(parts, all).breaches.length;
    byTwo += asked(parts, two).breaches.length;
    shown += shownIn(all);
    shownTwo += shownIn(two);
  }
  process.stdout.write(
    `Quarters: ${alone} breaches alone, ${byTwo} where no single month follows (${shownTwo} cells), ${byRule} by the rule (${shown} cells).\n`,
  );
  expect(alone).toBeGreaterThan(5);
  expect(byRule).toBe(0);
  expect(shown).toBeGreaterThan(5);
  // Not even where two months and more are withheld may a quarter be told without a pattern of its own.
  expect(byTwo).toBeGreaterThan(5);
});

const nothingShown = { isShown: new Uint8Array(), isWhole: true };
