import { setTimeout as sleep } from 'node:timers/promises';
import type { Annotation, AnnotationsAnswer, GrowthAnswer, Health, Problem } from '@beltline/contract';
import { openEngine } from '@beltline/sql/engine';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const GROWTH = '/growth?from=2024-01&to=2024-02';
const PATHS = [
  GROWTH,
  '/growth/by-belt?from=2024-01&to=2024-02',
  '/contributions?by=belt&from=2024-01&to=2024-02',
  '/series?from=2024-01&to=2024-02',
  '/belts',
  '/sources',
  '/loads',
  '/lineage?from=2024-01&to=2024-02',
  '/data-versions',
];

test('an engine that is gone is said to be, and figures come back with the next one', async () => {
  const api: RunningApi = await startApi();
  try {
    await seedVersion(api.loader, GOLDEN);
    await sleep(1100);
    const before = await api.get<GrowthAnswer>(GROWTH);
    expect(before.status).toBe(200);

    await api.engine.close();
    await sleep(1100); // a version that was asked for just before is believed for a second
    for (const path of PATHS) {
      const { status, body, headers } = await api.get<Problem>(path);
      expect([path, status, body.code, headers.get('retry-after')]).toEqual([
        path,
        503,
        'engine-unavailable',
        '2',
      ]);
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|password/i);
    }
    expect(await api.get<Health>('/health')).toMatchObject({
      status: 503,
      body: { ready: false, checks: { clickhouse: 'down', postgres: 'up', data: 'unknown' } },
    });
    expect((await api.get('/health/live')).status).toBe(200);
    expect((await api.get('/definitions')).status).toBe(200);

    api.engine = await openEngine({ kind: 'embedded', dataDir: api.dataDir }, { as: 'serve' });
    expect((await api.get<GrowthAnswer>(GROWTH)).body).toEqual(before.body);
    expect((await api.get('/health')).status).toBe(200);
  } finally {
    await api.close();
  }
});

test('a PostgreSQL server that is gone takes the annotations along and nothing else', async () => {
  const postgres = await startPostgresServer();
  const api = await startApi({ environment: { DATABASE_URL: postgres.url } });
  try {
    await seedVersion(api.loader, GOLDEN);
    const note = {
      source: 'golden',
      beltId: null,
      kind: 'policy',
      day: '2024-02-29',
      lastDay: null,
      text: '补贴',
    };
    const added = await api.send<Annotation>('POST', '/annotations', note);
    expect(added).toMatchObject({ status: 201, body: note });

    await postgres.stop();
    for (const turn of [1, 2]) {
      expect([turn, await api.get<Problem>('/annotations')]).toMatchObject([
        turn,
        { status: 503, body: { code: 'store-unavailable' } },
      ]);
    }
    const refused = await api.send<Problem>('POST', '/annotations', note);
    expect(refused).toMatchObject({ status: 503, body: { code: 'store-unavailable' } });
    expect(JSON.stringify(refused.body)).not.toMatch(/127\.0\.0\.1|ECONN|secret/);
    const health = await api.get<Health>('/health');
    expect(health).toMatchObject({
      status: 200,
      body: { ready: true, checks: { clickhouse: 'up', postgres: 'down' } },
    });
    expect((await api.get(GROWTH)).status).toBe(200);

    await postgres.start();
    const { body } = await api.get<AnnotationsAnswer>('/annotations');
    expect(body.annotations.map((one) => [one.id, one.day])).toEqual([[added.body.id, '2024-02-29']]);
  } finally {
    await api.close();
    await postgres.close();
  }
});
