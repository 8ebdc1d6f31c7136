import fc from 'fast-check';
import { monthOfNumber, monthsThrough, numberOfMonth } from '../../core/calendar.ts';
import { bytesOf } from '../../platform/bytes-of.ts';
import {
  BYTES_A_CELL,
  type MerchantMonths,
  type MerchantSlice,
  merchantMonthsOf,
} from './merchant-months.ts';
import { type MonthShares, ownerSums, type OwnerWindows } from './owner-windows.ts';
import { ownerWindowsOf, windowParts } from './window-sums.ts';

/** A row of the rollup. */
interface Cell {
  readonly belt: string;
  readonly merchant: number;
  readonly month: string;
  readonly combination: number;
  readonly amount: number;
}

const MONTHS = monthsThrough('2023-11', '2024-04');
const BELTS = ['', 'a', 'b', 'c'];
/** Three merchants an owner. */
const seedOf = (merchant: number) => 1_000 - Math.floor(merchant / 3);

const cells = fc.array(
  fc.record({
    belt: fc.constantFrom(...BELTS),
    merchant: fc.nat(11),
    month: fc.constantFrom(...MONTHS),
    combination: fc.nat(3),
    amount: fc.integer({ min: -500, max: 5_000 }),
  }),
  { maxLength: 60 },
);
const window: fc.Arbitrary<MonthShares> = fc
  .array(
    fc.tuple(
      fc.constantFrom('2023-10', ...MONTHS, '2024-05'),
      fc.constantFrom(0, 1, 1, 0.5, 3 / 31, 28 / 30),
    ),
    {
      maxLength: 4,
    },
  )
  .map((shares) => new Map(shares));

/** As the engine gives them: belt by belt, merchants of two slices, a merchant's rows one after the other. */
function slicesOf(rows: readonly Cell[]): MerchantSlice[] {
  const keys = new Set(rows.map(({ belt, merchant }) => `${belt}/${merchant % 2}`));
  return [...keys].map((key) => {
    const own = rows.filter(({ belt, merchant }) => `${belt}/${merchant % 2}` === key);
    const merchants = [...new Set(own.map(({ merchant }) => merchant))];
    const sorted = merchants.flatMap((merchant) => own.filter((row) => row.merchant === merchant));
    return {
      belt_id: own[0]?.belt ?? '',
      merchant_keys: Float64Array.from(merchants),
      owner_seeds: Float64Array.from(merchants, seedOf),
      cell_counts: Uint32Array.from(merchants, (one) => own.filter((row) => row.merchant === one).length),
      month_nos: Uint32Array.from(sorted, ({ month }) => numberOfMonth(month)),
      combinations: Uint16Array.from(sorted, ({ combination }) => combination),
      amounts: Float64Array.from(sorted, ({ amount }) => amount),
    };
  });
}

interface Asked extends Pick<Parameters<typeof ownerWindowsOf>[1], 'beltIds' | 'trackBit'> {
  readonly windows: readonly MonthShares[];
}
const foundIn = (kept: MerchantMonths, asked: Asked): OwnerWindows =>
  finished(ownerWindowsOf(kept, { ...asked, windows: windowParts(kept, asked.windows) }));

/** Row by row, as the engine's query says it. */
function naive(
  rows: readonly Cell[],
  { beltIds, trackBit, windows }: Asked,
): [owner: number, sums: number[]][] {
  const sums = new Map<number, number[]>();
  for (const { belt, merchant, month, combination, amount } of rows) {
    if (beltIds !== null && !beltIds.includes(belt)) continue;
    if (trackBit !== 0 && (combination & trackBit) === 0) continue;
    const own = sums.get(merchant) ?? windows.map(() => 0);
    sums.set(
      merchant,
      own.map((total, at) => total + Math.floor(64 * amount * (windows[at]?.get(month) ?? 0) + 0.5) / 64),
    );
  }
  return [...sums]
    .filter(([, own]) => own.some((total) => total !== 0))
    .map(([merchant, own]): [number, number[]] => [seedOf(merchant), own])
    .sort(byValue);
}
const byValue = (a: [number, number[]], b: [number, number[]]) =>
  a[0] - b[0] || String(a[1]).localeCompare(String(b[1]));

function finished<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const listed = ({ seeds, ownerOf, sums }: OwnerWindows): [number, number[]][] =>
  [...ownerOf]
    .map((owner, at): [number, number[]] => [seeds[owner] ?? NaN, sums.map((values) => values[at] ?? NaN)])
    .sort(byValue);

test('windows are those of a count row by row, whichever belts, track and shares', async () => {
  await fc.assert(
    fc.asyncProperty(
      cells,
      fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'unknown'), { maxLength: 3 })),
      fc.nat(2),
      fc.array(window, { maxLength: 4 }),
      async (rows, beltIds, trackBit, windows) => {
        const kept = await merchantMonthsOf(slicesOf(rows));
        const asked = { beltIds, trackBit, windows };
        const found = foundIn(kept, asked);
        expect(listed(found)).toEqual(naive(rows, asked));
        expect([...found.seeds]).toEqual([...new Set(found.seeds)].sort((a, b) => a - b));
        expect(found.ownerOf).toEqual(found.ownerOf.toSorted());
      },
    ),
    { numRuns: 300 },
  );
});

test('a merchant of two belts of an area counts once, and of two owners with the same shop each', async () => {
  const row = { month: '2024-01', combination: 1, amount: 10 };
  const kept = await merchantMonthsOf(
    slicesOf([
      { ...row, belt: 'a', merchant: 1 },
      { ...row, belt: 'b', merchant: 1 },
      { ...row, belt: 'b', merchant: 9 },
    ]),
  );
  const windows = [new Map([['2024-01', 1]])];
  const found = foundIn(kept, { beltIds: ['a', 'b'], trackBit: 0, windows });
  expect(found.sums.map((values) => [...values])).toEqual([[10, 20]]);
  expect([...ownerSums(found, found.sums[0] ?? [])]).toEqual([10, 20]);
  expect([...found.seeds]).toEqual([seedOf(9), seedOf(1)]);
});

test('a cell takes the memory that it is said to take', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => ({
    ...{ belt: 'a', merchant: at % 10, combination: 1, amount: 1 },
    month: monthOfNumber(24_000 + (at % 12)),
  }));
  const kept = await merchantMonthsOf(slicesOf(rows));
  expect(bytesOf(kept) / rows.length).toBeCloseTo(BYTES_A_CELL, 0);
});
