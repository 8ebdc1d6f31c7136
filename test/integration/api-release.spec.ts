/**
 * Withholding, over the real answers of every indicator of the contract, also of one that is declared tomorrow: what a policy takes
 * out leaves no number behind, and what it lets through is the answer as it was.
 */
import {
  type Area,
  type BeltName,
  INDICATOR_PATHS,
  type IndicatorName,
  INDICATORS,
} from '@beltline/contract';
import { contributorsOf, withContributors } from '@beltline/api/contributors';
import { release, type ReleasePolicy } from '@beltline/api/release';
import type { z } from 'zod';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  const shape = { seed: 4, orders: 900, belts: SELLING_BELTS, firstDay: '2022-01-01', days: 1096 };
  const lines = randomLines(shape).map((line, index) => ({ ...line, sku: `s${index % 20}` }));
  await seedVersion(api.loader, {
    ...{ source: 'demo', version: 1, belts: PLACED_BELTS, lines, dataThrough: '2024-12-31' },
    publishedAt: '2025-01-05 03:00:00.000',
  });
});
afterAll(() => api?.close());

const NAMES = Object.keys(INDICATORS) as IndicatorName[];
const MANY = 40;

/** Every number of an answer with its path; indices are left out of it. */
function numbersOf(value: unknown, path: string[] = []): { path: string; number: number }[] {
  if (typeof value === 'number') return [{ path: path.join('.'), number: value }];
  if (Array.isArray(value)) return value.flatMap((one) => numbersOf(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => numbersOf(one, [...path, key]));
}

/** The objects of an answer that are figures: here by their fields, so that the gate's own way of finding them is not trusted. */
function figuresOf(value: unknown): Record<'value' | 'flag' | 'reason', unknown>[] {
  if (Array.isArray(value)) return value.flatMap(figuresOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('flag' in value) return [value as never];
  return Object.values(value).flatMap(figuresOf);
}

const isBelt = (place: Area | BeltName | null, id: string) =>
  place !== null && ('beltId' in place ? place.beltId === id : place.level === 'belt' && place.id === id);

describe.each(NAMES)('%s', (name) => {
  const { answer, example } = INDICATORS[name] as {
    answer: z.ZodObject;
    example: (typeof INDICATORS)[IndicatorName]['example'];
  };
  const ask = async (more: Record<string, string> = {}): Promise<unknown> => {
    const compared: Record<string, string> =
      example.over === 'compared' ? { from: '2024-01', to: '2024-06' } : {};
    const query = new URLSearchParams({ ...compared, ...example.query, ...more });
    const { status, body } = await api.get(`${INDICATOR_PATHS[name]}?${query}`);
    expect(status).toBe(200);
    return body;
  };
  /** As it is written: what the gate keeps to itself must not survive that. */
  const written = (body: unknown, policy: ReleasePolicy | null) =>
    JSON.parse(JSON.stringify(release(answer, body, policy))) as unknown;

  test('what is let through is the answer itself', async () => {
    const body = await ask();
    expect(written(body, null)).toEqual(body);
    expect(written(body, { name: 'nothing', withholds: () => false })).toEqual(body);
  });

  test('where every figure is withheld, only numbers that tell nothing of orders are left', async () => {
    const body = await ask();
    const left = written(body, { name: 'all', withholds: () => true });
    expect(answer.strict().safeParse(left).error).toBeUndefined();
    for (const figure of figuresOf(left))
      expect(figure).toMatchObject({ value: null, flag: 'suppressed', reason: 'confidential' });
    expect(figuresOf(left)).toHaveLength(figuresOf(body).length);
    const told = numbersOf(left).filter(({ path }) => !TELLS_NOTHING.test(path));
    expect(told).toEqual([]);
  });

  test('figures of few owners leave no number behind, and every other stays as it was', async () => {
    const body = await ask();
    let count = 0;
    // Whose orders they are, as if it had been read: one figure of forty is of two owners.
    const policy: ReleasePolicy = {
      name: 'few',
      withholds: ({ figure }) => (contributorsOf(figure)?.sellers.count ?? 0) < 3,
    };
    const contributed = mapFigures(body, (figure) => {
      const owners = { count: count++ % MANY === 0 ? 2 : 9, largest: 8_888.25, second: 7_777.25 };
      return withContributors(figure as never, { sellers: owners, buyers: owners });
    });
    const text = JSON.stringify(release(answer, contributed, policy));
    expect(text).not.toContain('8888.25');
    const left = JSON.parse(text) as unknown;
    expect(answer.strict().safeParse(left).error).toBeUndefined();
    const [before, after] = [figuresOf(body), figuresOf(left)];
    expect(after).toHaveLength(before.length);
    after.forEach((figure, index) => {
      if (index % MANY === 0) expect(figure).toMatchObject({ value: null, flag: 'suppressed' });
      else if (figure.flag !== 'suppressed') expect(figure).toEqual(before[index]);
      if (figure.flag === 'suppressed')
        expect(numbersOf(figure).filter(({ path }) => path !== 'coverage')).toEqual([]);
    });
  });

  test('figures of one belt are gone, wherever they stand', async () => {
    const isOfAreas = ['states', 'clock'].includes(name);
    const body = await ask(isOfAreas ? { level: 'belt' } : {});
    const policy: ReleasePolicy = { name: 'belt a', withholds: ({ place }) => isBelt(place, 'a') };
    const [before, after] = [placesOf(body), placesOf(written(body, policy))];
    expect(after.length).toBe(before.length);
    after.forEach(({ id, of }, index) => {
      if (id !== 'a') return expect(of).toEqual(before[index]?.of);
      for (const figure of figuresOf(of)) expect(figure).toMatchObject({ value: null, flag: 'suppressed' });
      return expect(numbersOf(of).filter(({ path }) => !TELLS_NOTHING.test(path))).toEqual([]);
    });
    if (['growthByBelt', 'contributions', 'states', 'clock'].includes(name))
      expect(after.filter(({ id }) => id === 'a')).toHaveLength(1);
  });
});

/** Versions, calendars, settings, positions, how much of a period is loaded; api/src/access/release.spec.ts lists them one by one. */
const COUNTS_OF_BELTS =
  '(accuracy|agreement|comparability)\\.(largest\\.)?(changed|claimsChanged|likely|tooLittleData|undetermined|withoutInterval|both|differ|neither|onlyOther|onlyThis|same|statesDiffer|alteredBelts|mappings|movedMerchants|tooFewOwners)';
const TELLS_NOTHING = new RegExp(
  `(^|\\.)(dataVersion|coverage|belts|rank|count|members|reference|deadBand|band|before|after|day|months|year|monthsSince|observations|areas|sure|ranked|falseDiscoveryRate|versions|lags|seenFor|limit|lastLag|settledAfter|age|lag|residualP|length|badFactors|badChanges|told|lagDays|longestGapDays)$|^completeness\\.loads\\.|^${COUNTS_OF_BELTS}$`,
);

/** Rows of an answer that are about one belt. */
function placesOf(value: unknown): { id: string; of: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(placesOf);
  if (typeof value !== 'object' || value === null) return [];
  const { belt, area } = value as { belt?: BeltName | null; area?: Area };
  if (belt) return [{ id: belt.beltId, of: value }];
  if (area?.level === 'belt') return [{ id: area.id, of: value }];
  return Object.values(value).flatMap(placesOf);
}

function mapFigures(value: unknown, of: (figure: object) => object): unknown {
  if (Array.isArray(value)) return value.map((one) => mapFigures(one, of));
  if (typeof value !== 'object' || value === null) return value;
  if ('flag' in value) return of(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapFigures(one, of)]));
}
