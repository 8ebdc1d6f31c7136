/** What is kept of a data version on a real PostgreSQL, and when it is not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres, type PostgresStore } from '@beltline/sql/postgres';
import { vi } from 'vitest';
import { readConfig } from '../../platform/config/config.ts';
import type { IntegrityService } from '../integrity/integrity.service.ts';
import { KeptSeries } from './kept-series.service.ts';
import { asSystem } from './vintage.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline kept series '));
let store: PostgresStore;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterEach(() => store.dataSource.query('DELETE FROM kept_series'));
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const KIND = { name: 'states', versions: 2 } as const;
const ASKED = { month: '2024-07' };
const version = (dataVersion: number, publishedAt = `2024-08-0${dataVersion}T00:00:00Z`) =>
  asSystem({ source: 's', scope: { source: 's', belts: [] as const }, dataVersion, publishedAt });
/** As states and quarters are: maps, numbers that JSON does not know, columns. */
const VALUE = new Map<string, object>([
  ['b1', { level: { value: -0, error: NaN, reason: null }, gone: undefined }],
  ['b2', { columns: Float64Array.of(0.1 + 0.2, Infinity) }],
]);

/** A program; `found`: tells it of damage, which stays until it is mended. */
function program({ settings = {}, compared = Promise.resolve() as Promise<unknown> } = {}) {
  let isDamaged = false;
  let listener: (source: string) => void = () => undefined;
  const integrity = {
    isCompared: true,
    whenCompared: async () => void (await compared),
    isSound: async () => !isDamaged,
    onDamaged: (one: typeof listener) => (listener = one),
  } as unknown as IntegrityService;
  return {
    kept: new KeptSeries(store.dataSource, integrity, readConfig(settings)),
    found: () => {
      isDamaged = true;
      listener('s');
    },
    mended: () => void (isDamaged = false),
  };
}
const rows = async () =>
  (await store.dataSource.query('SELECT data_version::int AS v FROM kept_series ORDER BY 1')) as {
    v: number;
  }[];

test('a program that is started later reads what was kept, to the last bit, of that version and question alone', async () => {
  await program().kept.keep(version(1), KIND, [[ASKED, VALUE]]);
  const { kept } = program();
  const [told, other] = await kept.read<typeof VALUE>(version(1), KIND, [ASKED, { month: '2024-06' }]);
  expect(told).toEqual(VALUE);
  expect(Object.is((told?.get('b1') as { level: { value: number } }).level.value, -0)).toBe(true);
  expect(other).toBeNull();
  expect(await kept.read(version(2), KIND, [ASKED])).toEqual([null]);
  // A store that was put back gave its next version the same number.
  expect(await kept.read(version(1, '2024-09-09T00:00:00Z'), KIND, [ASKED])).toEqual([null]);
  expect(await kept.read(version(1), { ...KIND, name: 'else' }, [ASKED])).toEqual([null]);
});

test('settings that figures are computed by tell programs apart; where things are does not', async () => {
  await program().kept.keep(version(1), KIND, [[ASKED, VALUE]]);
  const read = async (settings: Record<string, string>) =>
    (await program({ settings }).kept.read(version(1), KIND, [ASKED]))[0] !== null;
  const differ = { BELTLINE_MIN_BASE: '31', BELTLINE_DEAD_BAND: '0.03', BELTLINE_DISCLOSURE_OWNERS: '6' };
  for (const [name, value] of Object.entries(differ))
    expect([name, await read({ [name]: value })]).toEqual([name, false]);
  expect(
    await read({ PORT: '4711', LOG_LEVEL: 'error', BELTLINE_SUMS_MB: '512', BELTLINE_REPORT_DAY: '5' }),
  ).toBe(true);
});

test('of a kind the versions that were made last stay', async () => {
  const { kept } = program();
  for (const one of [1, 2, 3]) await kept.keep(version(one), KIND, [[ASKED, VALUE]]);
  expect(await rows()).toEqual([{ v: 2 }, { v: 3 }]);
  await kept.keep(version(1), { ...KIND, name: 'else' }, [[ASKED, VALUE]]);
  expect(await rows()).toHaveLength(3);
});

test('what another build made goes after a day', async () => {
  const { kept } = program();
  await program({ settings: { BELTLINE_MIN_BASE: '31' } }).kept.keep(version(3), KIND, [[ASKED, VALUE]]);
  await kept.keep(version(3), KIND, [[ASKED, VALUE]]);
  expect(await rows()).toHaveLength(2);
  await store.dataSource.query(`UPDATE kept_series SET made_at = made_at - interval '2 days'`);
  await kept.keep(version(3), KIND, [[{ month: '2024-06' }, VALUE]]);
  expect(await rows()).toHaveLength(2);
  expect(await kept.read(version(3), KIND, [ASKED])).toEqual([VALUE]);
});

test('of a source that was found damaged all is forgotten, and nothing kept that was computed before', async () => {
  let tell = (_: unknown): void => undefined;
  const compared = new Promise((resolve) => (tell = resolve));
  const { kept, found, mended } = program({ compared });
  await program().kept.keep(version(1), KIND, [[ASKED, VALUE]]);
  const keeping = kept.keep(version(2), KIND, [[ASKED, VALUE]]);
  found();
  mended(); // files were put back
  tell(null);
  await keeping;
  expect(await kept.read(version(1), KIND, [ASKED])).toEqual([null]);
  expect(await rows()).toEqual([]);
  await kept.keep(version(2), KIND, [[ASKED, VALUE]]);
  expect(await rows()).toEqual([{ v: 2 }]);
});

test('where PostgreSQL does not answer nothing is kept or read, and what is to be forgotten is before anything is read again', async () => {
  const { kept, found } = program();
  await kept.keep(version(1), KIND, [[ASKED, VALUE]]);
  const { dataSource } = store;
  const repository = vi.spyOn(dataSource, 'getRepository').mockImplementation(() => {
    throw new Error('the server refuses connections');
  });
  found();
  expect(await kept.read(version(1), KIND, [ASKED])).toEqual([null]);
  repository.mockRestore();
  expect(await rows()).toHaveLength(1);
  expect(await kept.read(version(1), KIND, [ASKED])).toEqual([null]);
  expect(await rows()).toEqual([]);
  await store.dataSource.query('ALTER TABLE kept_series RENAME TO elsewhere');
  await kept.keep(version(1), KIND, [[ASKED, VALUE]]);
  await store.dataSource.query('ALTER TABLE elsewhere RENAME TO kept_series');
  expect(await rows()).toEqual([]);
});
