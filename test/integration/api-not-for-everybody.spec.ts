/** Answers that everybody gets tell each only what is theirs: no name of a source to nobody, no figure to an engineer. */
import type { Health, LineageAnswer } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const PASSWORD = 'brisk-otter-lamp-71';
let api: RunningApi;
let engineer: { cookie: string };
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, GOLDEN);
  await seedVersion(api.loader, { ...GOLDEN, source: 'secret', version: 9 });
  await api.addUser({ name: 'Eve', password: PASSWORD, roles: ['engineer'], sources: ['golden'] });
  engineer = { cookie: await signIn(new URL(api.url).origin, { name: 'Eve', password: PASSWORD }) };
});
afterAll(() => api?.close());

test('an engineer is told which batches brought the lines, and no GMV', async () => {
  const path = '/lineage?source=golden&from=2024-01&to=2024-02';
  const [all, theirs] = [await api.get<LineageAnswer>(path), await api.get<LineageAnswer>(path, engineer)];
  expect(all.body.batches.map(({ gmv }) => gmv)).not.toContain(null);
  expect(theirs.body.batches).toEqual(all.body.batches.map((batch) => ({ ...batch, gmv: null })));
});

test('health names a damaged source to who may see it, and to nobody else', async () => {
  await api.loader.command({
    query: `ALTER TABLE rollup_belt_month UPDATE gmv = gmv + 1 WHERE source = 'secret'`,
    clickhouse_settings: { mutations_sync: '2' },
  });
  await api.restart();
  let whole = await api.get<Health>('/health');
  for (let tries = 0; tries < 100 && whole.body.damage.length === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    whole = await api.get<Health>('/health');
  }
  expect([whole.status, whole.body.damage[0]?.source]).toEqual([503, 'secret']);
  for (const headers of [{ cookie: '' }, { cookie: 'beltline_session=x' }, engineer]) {
    const { status, body } = await api.get<Health>('/health', headers);
    expect([status, body.checks.figures, body.damage]).toEqual([503, 'damaged', []]);
    expect(JSON.stringify(body)).not.toContain('secret');
  }
  const { body } = await api.get<Health>('/health', { cookie: '' });
  expect(body.dataVersion).toBeNull();
});
