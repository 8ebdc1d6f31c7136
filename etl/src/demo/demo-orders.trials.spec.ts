import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DOWNSTREAM_CHANNELS, ORDER_COLUMNS, STATUSES } from './codes.ts';
import {
  BELT_TRUTHS,
  type DemoManifest,
  type DemoTruth,
  type Measures,
  demoTruth,
  generateDemo,
} from './index.ts';

/**
 * Counts again from the files, with the contract of the columns and none of the generator's knowledge of what it
 * made: the manifest is the truth other tests lean on, so it must not be taken on trust itself.
 */
interface Line {
  updated: string;
  placed: string;
  dispatched: string;
  status: string;
  merchant: string;
  belt: string;
  tracks: string[];
  quantity: number;
  cents: number;
  refund: number;
}

interface Recount {
  read: number;
  bad: Record<string, number>;
  duplicates: number;
  goodQuantity: number;
  newest: Map<string, Line>;
  latest: string;
}

const COLUMNS = ORDER_COLUMNS.split(',');
const COUNTED = new Set(['paid', 'dispatched', 'delivered']);
const LINES = 120_000;

let folder = '';
let manifest: DemoManifest;
let truth: DemoTruth;
let recount: Recount;
/** Of the newest rows those that figures are made of. */
let counted: [string, Line][];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-orders-'));
  manifest = await generateDemo({ out: join(folder, 'demo'), lines: LINES });
  recount = await count(join(folder, 'demo'), manifest);
  counted = [...recount.newest].filter(([, { status }]) => COUNTED.has(status));
  truth = await demoTruth(LINES);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what was injected', () => {
  it('comes out of the files as the manifest says', () => {
    const superseded = recount.read - total(recount.bad) - recount.newest.size;
    expect(manifest.orderRows).toEqual({
      read: recount.read,
      distinct: recount.newest.size,
      superseded,
      bad: total(recount.bad),
    });
    expect(recount.bad).toEqual(manifest.injected.badRows);
    expect(recount.duplicates).toBe(manifest.injected.duplicates);
    expect(total(manifest.injected.laterRows)).toBe(superseded - recount.duplicates);
    expect(recount.goodQuantity).toBe(manifest.goodRowSums.quantity);
  });

  it('has the volume asked for, one bad row in a thousand and one to two per cent of late and corrected rows', () => {
    const { read, bad } = manifest.orderRows;
    expect(Math.abs(read / LINES - 1)).toBeLessThan(0.01);
    // So many of each rule, in whole rows.
    expect(Math.abs(bad / read - 0.001)).toBeLessThan(0.0001);
    const { laterRows, lateArrivals, duplicates } = manifest.injected;
    const late = (total(laterRows) + lateArrivals) / read;
    expect(late).toBeGreaterThan(0.01);
    expect(late).toBeLessThan(0.022);
    expect(duplicates / read).toBeCloseTo(0.0005, 4);
  });

  it('keeps oddities that may be true among the good rows', () => {
    const lines = [...recount.newest.values()];
    const odd = lines.filter((line) => line.dispatched !== '' && line.dispatched < line.placed).length;
    expect(odd).toBe(manifest.injected.dispatchedBeforePlaced);
    expect(odd).toBeGreaterThan(0);
  });

  it('ends with the last export', () => {
    expect(recount.latest <= '2025-02-11 02:00:00').toBe(true);
    const open = [...recount.newest.values()].filter((line) => line.placed.startsWith('2025-02'));
    expect(new Set(open.map((line) => line.status))).toEqual(new Set(STATUSES));
  });
});

describe('sums of the newest rows', () => {
  it('are those of the manifest', () => {
    const lines = [...recount.newest.values()];
    const sum = (value: (line: Line) => number): number => lines.reduce((all, line) => all + value(line), 0);
    expect(manifest.sums).toEqual({
      quantity: sum((line) => line.quantity),
      amountCents: sum((line) => line.cents),
      refundCents: sum((line) => line.refund),
    });
  });

  it('agree by month, track and belt', () => {
    const { months, years, belts } = manifest.counted;
    for (const month of ['2021-01', '2023-12', '2024-02', '2025-02']) {
      expect(measure((line) => line.placed.startsWith(month))).toEqual(months[month]);
    }
    for (const track of ['all', 'custom', 'cross_border', 'classic_wholesale'] as const) {
      expect(measure((line) => line.placed.startsWith('2024') && line.tracks.includes(track))).toEqual(
        years['2024']?.[track],
      );
    }
    for (const belt of ['B001', 'B094']) {
      expect(measure((line) => line.placed.startsWith('2023') && line.belt === belt)).toEqual(
        belts[belt]?.['2023'],
      );
    }
  });
});

describe('dominated belts', () => {
  it.each(BELT_TRUTHS.filter((belt) => belt.marks.includes('dominated')).map((belt) => belt.id))(
    '%s has one factory with more than half of its value',
    (id) => {
      const byMerchant = new Map<string, number>();
      const lines = select((line) => line.belt === id);
      for (const { merchant, cents } of lines)
        byMerchant.set(merchant, (byMerchant.get(merchant) ?? 0) + cents);
      const value = [...byMerchant.values()];
      expect(Math.max(...value) / value.reduce((sum, cents) => sum + cents, 0)).toBeGreaterThan(0.5);
    },
  );
});

describe('2024 against 2023', () => {
  const growth = (track: string): number =>
    100 * (inYear(track, '2024').orders / inYear(track, '2023').orders - 1);

  it.each([
    ['distribution', 70, 0.5],
    ['cross_border', 70, 0.5],
    ['overseas_local', 50, 1],
    ['custom', 200, 2],
    ['classic_wholesale', 4, 0.5],
  ])('%s orders grow by %d %% within %d points', (track, expected, tolerance) => {
    expect(Math.abs(growth(track) - expected)).toBeLessThan(tolerance);
  });

  it('has 30 % more merchants with distribution sales', () => {
    const merchants = (year: string): number =>
      new Set(
        select((line) => line.placed.startsWith(year) && line.tracks.includes('distribution')).map(
          (l) => l.merchant,
        ),
      ).size;
    expect(Math.abs(100 * (merchants('2024') / merchants('2023') - 1) - 30)).toBeLessThan(1);
    expect(merchants('2024')).toBe(manifest.counted.distributionMerchants['2024']);
  });

  it('has 1,000 pieces a wholesale and 1.5 a distribution order', () => {
    const pieces = (track: string): number => inYear(track, '2024').pieces / inYear(track, '2024').orders;
    expect(Math.abs(pieces('classic_wholesale') - 1_000)).toBeLessThan(30);
    expect(Math.abs(pieces('distribution') - 1.5)).toBeLessThan(0.02);
  });
});

describe('what was expected', () => {
  /** The last three complete months, and the same days of earlier years: lunar days within a window about New Year. */
  const WINDOWS = {
    now: [['2024-11-01', '2025-01-31']],
    before: [['2023-11-01', '2023-12-31'], ['2024-01-13', '2024-02-12']],
    base: [['2021-11-01', '2021-12-31'], ['2021-01-15', '2021-02-14']],
  } as const; // prettier-ignore

  it.each(['now', 'before', 'base'] as const)('was drawn about its truth in the window %s', (window) => {
    const ordersOf = new Map<string, Set<string>>();
    const inside = (day: string): boolean => WINDOWS[window].some(([from, to]) => from <= day && day <= to);
    for (const [key, { belt }] of entries(({ placed }) => inside(placed.slice(0, 10))))
      ordersOf.set(belt, (ordersOf.get(belt) ?? new Set()).add(key.split('/')[0]!));
    const scores = Object.entries(truth.belts).map(([id, belt]) => {
      const { orders, variance } = belt.windows[window];
      return ((ordersOf.get(id)?.size ?? 0) - orders) / Math.sqrt(variance);
    });
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const variance = scores.reduce((sum, score) => sum + score * score, 0) / scores.length;
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(scores.length));
    expect(variance).toBeGreaterThan(0.6);
    expect(variance).toBeLessThan(1.5);
    expect(scores.filter((score) => Math.abs(score) > 1).length).toBeGreaterThan(20);
  });

  it('has one giant order in the belt that is marked so', () => {
    const giant = BELT_TRUTHS.find((belt) => belt.marks.includes('giant'))!.id;
    const lines = entries((line) => line.belt === giant && line.placed.startsWith('2024-12'));
    const byOrder = new Map<string, { placed: string; cents: number }>();
    for (const [key, { placed, cents }] of lines) {
      const order = key.split('/')[0]!;
      byOrder.set(order, { placed, cents: (byOrder.get(order)?.cents ?? 0) + cents });
    }
    const [largest, second] = [...byOrder.values()].sort((x, y) => y.cents - x.cents);
    expect(largest!.placed.slice(0, 10)).toBe('2024-12-31');
    // At so few lines the second largest may come close by chance.
    expect(largest!.cents).toBeGreaterThan(second!.cents);
    const share = largest!.cents / lines.reduce((sum, [, { cents }]) => sum + cents, 0);
    // Three tenths of what is expected; at this volume the month itself is a handful of wholesale orders.
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });
});

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

function entries(where: (line: Line) => boolean): [string, Line][] {
  return counted.filter(([, line]) => where(line));
}

function select(where: (line: Line) => boolean): Line[] {
  return entries(where).map(([, line]) => line);
}

function measure(where: (line: Line) => boolean): Measures {
  const found = entries(where);
  return {
    orders: new Set(found.map(([key]) => key.split('/')[0])).size,
    lines: found.length,
    pieces: found.reduce((sum, [, line]) => sum + line.quantity, 0),
    gmvCents: found.reduce((sum, [, line]) => sum + line.cents, 0),
    refundCents: found.reduce((sum, [, line]) => sum + line.refund, 0),
  };
}

function inYear(track: string, year: string): Measures {
  return measure((line) => line.placed.startsWith(year) && line.tracks.includes(track));
}

async function count(demo: string, { files }: DemoManifest): Promise<Recount> {
  const memberships = await readMemberships(demo);
  const result: Recount = { read: 0, bad: {}, duplicates: 0, goodQuantity: 0, newest: new Map(), latest: '' };
  for (const { name, rows } of files.filter((file) => file.name.startsWith('orders-'))) {
    let seen = -1;
    for await (const row of createInterface({ input: createReadStream(join(demo, name)) })) {
      if (++seen === 0) expect(row).toBe(ORDER_COLUMNS);
      else take(row, memberships, result);
    }
    expect(seen).toBe(rows);
    result.read += rows;
  }
  return result;
}

type Memberships = Map<string, { belt: string; from: string; to: string }[]>;

async function readMemberships(demo: string): Promise<Memberships> {
  const memberships: Memberships = new Map();
  const [, ...rows] = (await readFile(join(demo, 'memberships.csv'), 'utf8')).trimEnd().split('\n');
  for (const row of rows) {
    const [merchant = '', belt = '', from = '', to = ''] = row.split(',');
    memberships.set(merchant, [...(memberships.get(merchant) ?? []), { belt, from, to: to || '9999' }]);
  }
  return memberships;
}

function take(row: string, memberships: Memberships, result: Recount): void {
  const fault = faultOf(row, memberships);
  if (fault) {
    result.bad[fault] = (result.bad[fault] ?? 0) + 1;
    return;
  }
  const f = Object.fromEntries(row.split(',').map((value, i) => [COLUMNS[i], value])) as Record<
    string,
    string
  >;
  const key = `${f['order_id']}/${f['line_no']}`;
  const updated = f['updated_at'] ?? '';
  const quantity = Number(f['quantity']);
  result.goodQuantity += quantity;
  if (updated > result.latest) result.latest = updated;
  const before = result.newest.get(key);
  if (before?.updated === updated) result.duplicates++;
  if (before && before.updated >= updated) return;
  const placed = f['placed_at'] ?? '';
  const merchant = f['merchant_id'] ?? '';
  result.newest.set(key, {
    updated,
    placed,
    dispatched: f['dispatched_at'] ?? '',
    status: f['status'] ?? '',
    merchant,
    belt: memberships.get(merchant)?.find(({ from, to }) => from <= placed && placed < to)?.belt ?? '',
    tracks: tracksOf(f),
    quantity,
    cents: Math.round(Number(f['amount']) * 100),
    refund: Math.round(Number(f['refund_amount']) * 100),
  });
}

function tracksOf(f: Record<string, string>): string[] {
  const tracks: string[] = [];
  if ((DOWNSTREAM_CHANNELS as readonly string[]).includes(f['channel'] ?? '')) tracks.push('distribution');
  if (f['buyer_country'] !== 'CN' || f['destination_country'] !== 'CN') tracks.push('cross_border');
  if (f['buyer_type'] === 'overseas_shop' || f['buyer_type'] === 'overseas_sme')
    tracks.push('overseas_local');
  if (f['options']?.includes('custom')) tracks.push('custom');
  if (f['options']?.includes('brand')) tracks.push('brand');
  if (f['channel'] === 'member_store' || f['channel'] === 'selection_centre') tracks.push('offline');
  return tracks.length === 0 ? ['all', 'classic_wholesale'] : ['all', ...tracks];
}

function faultOf(row: string, memberships: Memberships): string | undefined {
  const fields = row.split(',');
  const field = (name: string): string => fields[COLUMNS.indexOf(name)] ?? '';
  if (row.includes('"')) return 'text_after_quote';
  if (fields.length !== COLUMNS.length)
    return fields.length < COLUMNS.length ? 'missing_column' : 'extra_column';
  if (!(STATUSES as readonly string[]).includes(field('status'))) return 'unknown_status';
  if (!isTime(field('placed_at'))) return 'impossible_date';
  if (!/^\d+(\.\d{1,2})?$/.test(field('amount'))) return 'amount_decimals';
  if (/^-\d+$/.test(field('quantity'))) return 'quantity_negative';
  if (!/^\d+$/.test(field('quantity'))) return 'quantity_text';
  return memberships.has(field('merchant_id')) ? undefined : 'unknown_merchant';
}

function isTime(text: string): boolean {
  const time = new Date(`${text.replace(' ', 'T')}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.replace(' ', 'T');
}
