/** What the specs of merchants' pages work on: an API over made-up peers, and merchants who ask it. */
import type { BenchmarkAnswer, BenchmarkMeasureAnswer } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { naiveMeasures, naiveOwners } from '../fixtures/rollups/naive-peers.ts';
import { naivePositions } from '../fixtures/rollups/naive-positions.ts';
import { ownerOfPeer, PEER_BELTS, peerLines, sizeOfPeer } from '../fixtures/rollups/peer-lines.ts';
import { insertLines } from '../fixtures/rollups/region-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

export const PASSWORD = 'brisk-otter-lamp-71';
export const LINES = peerLines(5);
export const OWNERS = [...new Set(LINES.map(({ merchant }) => ownerOfPeer(merchant)))];
export const QUARTERS = [
  ...['2024-Q1', '2023-Q4', '2023-Q3', '2023-Q2', '2023-Q1'],
  ...['2022-Q4', '2022-Q3', '2022-Q2', '2022-Q1'],
];

export interface Cookie extends Record<string, string> {
  readonly cookie: string;
}

export const startPeers = async (): Promise<RunningApi> => {
  const api = await startApi({ signsIn: false });
  await seedPeers(api, 'peers', 1, LINES);
  return api;
};

/** `months`: that it brings; left out, those of its lines. */
export async function seedPeers(
  api: RunningApi,
  source: string,
  version: number,
  lines: readonly SeedLine[],
  { dataThrough = '2024-03-31', months }: { dataThrough?: string; months?: readonly string[] } = {},
): Promise<void> {
  await insertLines(api.loader, source, version, lines);
  await seedVersion(api.loader, {
    ...{ source, version, belts: PEER_BELTS, lines, dataThrough, ownerOf: ownerOfPeer, sizeOf: sizeOfPeer },
    ...(months ? { months: months.map((month) => `${month}-01`) } : {}),
  });
}

let users = 0;
export async function addMerchant(
  api: RunningApi,
  owners: readonly string[],
  source = 'peers',
): Promise<Cookie> {
  const name = `merchant ${users++}`;
  const given = owners.map((owner) => `${source}:${owner}`);
  await api.addUser({ name, password: PASSWORD, roles: ['merchant'], sources: [source], owners: given });
  return { cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }) };
}

/** What somebody is told of an owner of theirs. @throws Error where they are refused */
export async function toldOf(
  api: RunningApi,
  as: Cookie,
  owner: string,
  quarter?: string,
): Promise<BenchmarkAnswer> {
  const query = new URLSearchParams({ owner, ...(quarter ? { quarter } : {}) });
  const { status, body } = await api.get<BenchmarkAnswer>(`/benchmark?${query.toString()}`, as);
  if (status !== 200) throw new Error(`${owner}: ${status}`);
  return body;
}

export const groupSide = ({ group, measures }: BenchmarkAnswer) => ({
  group,
  quartiles: measures.map(({ measure, quartiles }) => [measure, quartiles]),
});
export const goodsOf = (belt: string): string | undefined =>
  PEER_BELTS.find(({ id }) => id === belt)?.category;
export const PERCENT = 15;
/** Prices beside like goods, counted over the lines. */
export const positionsOf = (lines: readonly SeedLine[], quarter: string): Map<string, number | null> =>
  naivePositions(lines, quarter, ownerOfPeer, goodsOf, PERCENT);
export const linesOf = (owner: string): SeedLine[] =>
  LINES.filter(({ merchant: shop }) => ownerOfPeer(shop) === owner);
export const valuesOf = ({ quartiles: { lower, median, upper } }: BenchmarkMeasureAnswer) =>
  [lower, median, upper].map(({ value }) => value);

/** Told as rates. */
export const GROWTHS: readonly string[] = [
  'growth',
  'growth-aligned',
  'growth-same-store',
  'price-trend',
  'price-position',
];

/** Asked again and again, counted once. */
export const kept = <T>(make: (...of: string[]) => T) => {
  const known = new Map<string, T>();
  return (...of: string[]): T => {
    const key = of.join('|');
    if (!known.has(key)) known.set(key, make(...of));
    return known.get(key) as T;
  };
};
export const positionsIn = kept((quarter = '') => positionsOf(LINES, quarter));

/** Values of a measure by owner, as they are compared: growth as a ratio. */
const countedOf = new Map<string, ReturnType<typeof naiveMeasures>>();
export function valueIn(owner: string, measure: string, quarter: string): number | null {
  const key = `${owner} ${quarter}`;
  const counts = countedOf.get(key) ?? {
    ...naiveMeasures(linesOf(owner), quarter),
    'price-position': positionsIn(quarter).get(owner) ?? null,
  };
  countedOf.set(key, counts);
  const value = counts[measure] ?? null;
  return value !== null && GROWTHS.includes(measure) ? 1 + value : value;
}
export const ownersIn = kept((quarter = '') => naiveOwners(LINES, quarter, ownerOfPeer, sizeOfPeer));
