/** The queue of jobs over both kinds of PostgreSQL, as releases use it: named jobs wait once, one is under way at a time, and what a killed process left is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { activeJobs, JOB_SCHEMA, jobDatabase, openPostgres } from '@beltline/sql/postgres';
import PgBoss from 'pg-boss';
import { DataSource } from 'typeorm';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';

const QUEUE = 'q';
const idOf = (no: number) => `00000000-0000-4000-8000-00000000000${no}`;

interface Opened {
  readonly store: DataSource;
  close(): Promise<void>;
}

async function embedded(): Promise<Opened> {
  const dataDir = mkdtempSync(join(tmpdir(), 'beltline jobs '));
  const { dataSource, close } = await openPostgres({ dataDir });
  return {
    store: dataSource,
    close: async () => {
      await close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function server(): Promise<Opened> {
  const { url, close } = await startPostgresServer();
  // The server of specs has one session.
  const store = await new DataSource({
    type: 'postgres',
    url,
    poolSize: 1,
    installExtensions: false,
  }).initialize();
  return {
    store,
    close: async () => {
      await store.destroy();
      await close();
    },
  };
}

async function startBoss(store: DataSource): Promise<PgBoss> {
  const boss = new PgBoss({ db: jobDatabase(store), schema: JOB_SCHEMA, schedule: false });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue(QUEUE, { name: QUEUE, policy: 'singleton' });
  return boss;
}

test.each([
  ['the embedded store', embedded],
  ['a server', server],
])('over %s', async (_, open) => {
  const { store, close } = await open();
  try {
    const boss = await startBoss(store);
    const send = (no: number) => boss.send(QUEUE, { no }, { id: idOf(no), priority: no });
    expect([await send(1), await send(1), await send(2), await send(3)]).toEqual([
      idOf(1),
      null,
      idOf(2),
      idOf(3),
    ]);
    // The highest first; while it is under way nobody gets another, also not another process.
    const other = await startBoss(store);
    const [taken] = await boss.fetch<{ no: number }>(QUEUE);
    expect(taken?.data.no).toBe(3);
    expect(await other.fetch(QUEUE)).toHaveLength(0);
    // Whoever had it was killed.
    expect(await activeJobs(store, QUEUE)).toEqual([idOf(3)]);
    await other.cancel(QUEUE, [idOf(3)]);
    await other.resume(QUEUE, [idOf(3)]);
    const done: number[] = [];
    await other.work<{ no: number }>(QUEUE, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
      done.push(job?.data.no ?? 0);
    });
    for (let tries = 0; done.length < 3 && tries < 200; tries++) await sleep(100);
    await sleep(1_000);
    expect(done).toEqual([3, 2, 1]);
    for (const one of [boss, other]) await one.stop({ graceful: false, close: false });
  } finally {
    await close();
  }
});
